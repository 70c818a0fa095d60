import { sql, type Kysely } from 'kysely';
import type { EditionId, Id, LineId, PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Delivery, Told } from './event.ts';

type Db = Kysely<DB>;
export type WebhookId = Id<'webhook'>;

export interface Webhook {
  readonly id: WebhookId;
  readonly edition: EditionId;
  readonly madeBy: PersonId;
  readonly address: string;
  readonly types: readonly Told[];
  readonly isInternal: boolean;
  readonly createdAt: Date;
  readonly failingSince: Date | null;
  readonly pausedAt: Date | null;
}
/** With what it signs, for who delivers. */
export interface Signing extends Webhook {
  readonly secret: string;
  readonly earlierSecret: string | null;
  readonly earlierUntil: Date | null;
}

const columns = sql`id, edition_id as edition, made_by as "madeBy", address, types, is_internal as "isInternal", created_at as "createdAt",
  failing_since as "failingSince", paused_at as "pausedAt"`;

export async function webhooksOf(db: Db, edition: EditionId): Promise<Webhook[]> {
  const { rows } =
    await sql<Webhook>`select ${columns} from webhooks where edition_id = ${edition} and ended_at is null order by id limit 100`.execute(db);
  return rows;
}

/** How many an edition has. Whoever makes one takes turns. */
export async function countWebhooks(db: Db, edition: EditionId): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('webhooks ' || ${edition}, 0))`.execute(db);
  const { rows } = await sql<{ count: number }>`select count(*) as count from webhooks where edition_id = ${edition} and ended_at is null`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

export async function insertWebhook(db: Db, { id, edition, madeBy, address, types, isInternal, createdAt }: Webhook, secret: string): Promise<void> {
  await db
    .insertInto('webhooks')
    .values({ id, edition_id: edition, made_by: madeBy, address, types: [...types], is_internal: isInternal, secret, created_at: createdAt })
    .execute();
}

/** Ends it, forgets with what it signed, and drops what it was not told yet. */
export async function endWebhook(db: Db, id: WebhookId, now: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with ended as (update webhooks set ended_at = ${now}, secret = '', earlier_secret = null, earlier_until = null
      where id = ${id} and ended_at is null returning id),
    dropped as (update deliveries set given_up_at = ${now}
      where webhook_id in (select id from ended) and delivered_at is null and given_up_at is null)
    select id from ended`.execute(db);
  return rows.length > 0;
}

export async function rotateSecret(db: Db, id: WebhookId, secret: string, earlierUntil: Date): Promise<void> {
  await sql`update webhooks set earlier_secret = secret, earlier_until = ${earlierUntil}, secret = ${secret} where id = ${id}`.execute(db);
}

export async function pause(db: Db, id: WebhookId, now: Date): Promise<boolean> {
  const { rows } = await sql<{
    id: string;
  }>`update webhooks set paused_at = ${now} where id = ${id} and paused_at is null and ended_at is null returning id`.execute(db);
  return rows.length > 0;
}

/** Goes on, at once with what still waits. */
export async function resume(db: Db, id: WebhookId, now: Date): Promise<void> {
  await sql`with resumed as (update webhooks set paused_at = null, failing_since = null where id = ${id})
    update deliveries set due_at = ${now} where webhook_id = ${id} and delivered_at is null and given_up_at is null`.execute(db);
}

/** The session that a line is about; sessions stand higher in the order and are opened by code. */
export async function subjectOf(db: Db, session: string): Promise<{ readonly edition: EditionId; readonly code: string } | null> {
  const { rows } = await sql<{ edition: EditionId; code: string }>`select edition_id as edition, code from sessions where id = ${session}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** The webhooks of an edition that want to know of one of these, with which of these they were told last about a subject. */
export async function interested(
  db: Db,
  edition: EditionId,
  types: readonly Told[],
  subject: string,
): Promise<(Webhook & { readonly last: Told | null })[]> {
  const { rows } = await sql<Webhook & { last: Told | null }>`
    select ${columns}, (select d.type from deliveries d where d.webhook_id = webhooks.id and d.subject = ${subject} and d.type = any(${types}::text[])
      order by d.sequence desc limit 1) as last
    from webhooks where edition_id = ${edition} and ended_at is null and types && ${types}::text[] order by id limit 100`.execute(db);
  return rows;
}

export interface NewDelivery extends Omit<Delivery, 'sequence'> {
  readonly webhook: WebhookId;
  readonly line: LineId;
}
/** A second time for the same line changes nothing. */
export async function insertDelivery(db: Db, { id, webhook, line, type, subject, happenedAt }: NewDelivery, now: Date): Promise<void> {
  await db
    .insertInto('deliveries')
    .values({ id, webhook_id: webhook, line_id: line, type, subject, created_at: happenedAt, due_at: now })
    .onConflict((conflict) => conflict.columns(['webhook_id', 'line_id']).doNothing())
    .execute();
}

export interface Due extends Delivery {
  readonly tries: number;
  readonly webhook: Signing;
}
/**
 * Takes out what is due, for `lease` seconds: whoever takes it and dies has it come back by itself. Of each subject only
 * the first in line, so that nobody hears of a change before the one that came before it.
 */
export async function takeDue(db: Db, now: Date, leaseSeconds: number, most: number): Promise<Due[]> {
  const { rows } = await sql<Omit<Due, 'webhook'> & { of: WebhookId }>`
    update deliveries set tries = tries + 1, due_at = ${now}::timestamptz + ${leaseSeconds} * interval '1 second'
    where id in (
      select d.id from deliveries d join webhooks w on w.id = d.webhook_id and w.paused_at is null and w.ended_at is null
      where d.delivered_at is null and d.given_up_at is null and d.due_at <= ${now}
        and not exists (select 1 from deliveries earlier where earlier.webhook_id = d.webhook_id and earlier.subject = d.subject
          and earlier.sequence < d.sequence and earlier.delivered_at is null and earlier.given_up_at is null)
      order by d.due_at, d.sequence limit ${most} for update of d skip locked)
    returning id, type, subject, sequence, created_at as "happenedAt", tries, webhook_id as of`.execute(db);
  if (rows.length === 0) return [];
  const { rows: webhooks } = await sql<Signing>`select ${columns}, secret, earlier_secret as "earlierSecret", earlier_until as "earlierUntil"
    from webhooks where id = any(${rows.map(({ of }) => of)}::uuid[])`.execute(db);
  const byId = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
  return rows.map(({ of, ...due }) => ({ ...due, webhook: byId.get(of)! })).toSorted((a, b) => a.sequence - b.sequence);
}

/** What came of a try: the status of the answer, or why there was none. */
export interface Outcome {
  readonly status: number | null;
  readonly fault: string | null;
}

export async function markDelivered(db: Db, { id, webhook }: Due, { status }: Outcome, now: Date): Promise<void> {
  await db.updateTable('deliveries').set({ delivered_at: now, last_status: status, last_fault: null }).where('id', '=', id).execute();
  await sql`update webhooks set failing_since = null where id = ${webhook.id} and failing_since is not null`.execute(db);
}

/** Answers since when this webhook fails. */
export async function postpone(db: Db, { id, webhook }: Due, { status, fault }: Outcome, until: Date, now: Date): Promise<Date> {
  await db.updateTable('deliveries').set({ due_at: until, last_status: status, last_fault: fault }).where('id', '=', id).execute();
  const { rows } = await sql<{ since: Date }>`
    update webhooks set failing_since = coalesce(failing_since, ${now}) where id = ${webhook.id} returning failing_since as since`.execute(db);
  return rows[0]?.since ?? now;
}

export async function giveUp(db: Db, { id }: Due, { status, fault }: Outcome, now: Date): Promise<void> {
  await db.updateTable('deliveries').set({ given_up_at: now, last_status: status, last_fault: fault }).where('id', '=', id).execute();
}

/** What a webhook was told, or not, for who leads its edition. */
export interface ToldRow extends Omit<Delivery, 'sequence'> {
  readonly dueAt: Date;
  readonly tries: number;
  readonly deliveredAt: Date | null;
  readonly givenUpAt: Date | null;
  readonly status: number | null;
  readonly fault: string | null;
}
export async function deliveriesOf(db: Db, webhook: WebhookId, before: string | null, limit: number): Promise<ToldRow[]> {
  const { rows } = await sql<ToldRow>`select id, type, subject, created_at as "happenedAt", due_at as "dueAt", tries, delivered_at as "deliveredAt",
      given_up_at as "givenUpAt", last_status as status, last_fault as fault
    from deliveries where webhook_id = ${webhook} and (${before}::uuid is null or sequence < (select sequence from deliveries where id = ${before}::uuid))
    order by sequence desc limit ${limit}`.execute(db);
  return rows;
}

/** Once more, with the tries of a new one. */
export async function again(db: Db, webhook: WebhookId, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ due_at: now, tries: 0, delivered_at: null, given_up_at: null })
    .where('id', '=', id)
    .where('webhook_id', '=', webhook)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What was told is kept for thirty days. */
export async function sweep(db: Db, now: Date): Promise<void> {
  await sql`delete from deliveries where id in (select id from deliveries where created_at < ${now}::timestamptz - interval '30 days'
    and (delivered_at is not null or given_up_at is not null) order by created_at limit 1000 for update skip locked)`.execute(db);
}
