import { sql, type Kysely } from 'kysely';
import type { EditionId, LineId, PersonId, SessionId } from '#ground/id.ts';
import type { DB, Json } from '#ground/tables.ts';
import type { Language } from '#ground/visit.ts';
import type { Kind } from './kinds.ts';
import { topicOf, unwanted } from './topics.ts';

type Db = Kysely<DB>;

/** A letter as it waits in the outbox. */
export interface Waiting {
  readonly id: string;
  readonly kind: Kind;
  readonly person: PersonId | null;
  readonly recipient: string;
  readonly language: Language;
  readonly details: { readonly [name: string]: Json | undefined };
  readonly createdAt: Date;
  /** The letter of a team that it is one of. */
  readonly mailing: string | null;
  /** How often it was taken out, this time included. */
  readonly tries: number;
}

export interface NewLetter {
  readonly id: string;
  readonly line: LineId;
  readonly kind: Kind;
  readonly details: Readonly<Record<string, Json>>;
}

/** One letter to an address that need not belong to anybody; a second time for the same line changes nothing. */
export async function insertLetter(db: Db, { id, line, kind, details }: NewLetter, recipient: string, language: Language, now: Date): Promise<void> {
  await db
    .insertInto('letters')
    .values({ id, line_id: line, kind, recipient, language, details: JSON.stringify(details), created_at: now, due_at: now })
    .onConflict((conflict) => conflict.columns(['line_id', 'kind', 'recipient']).doNothing())
    .execute();
}

/** The same letter to everybody of these, each in their own language. */
export async function insertLettersTo(
  db: Db,
  people: readonly { readonly letter: string; readonly person: PersonId }[],
  { line, kind, details, edition = null, mailing = null, session = null }: Omit<NewLetter, 'id'> & Of,
  now: Date,
): Promise<void> {
  await sql`
    with new as (
      select to_all.letter, p.id, p.email, p.language, coalesce(c.often, 'at-once') as often,
        coalesce(${edition}::uuid, (select edition_id from sessions where id = ${session}::uuid)) as edition
      from unnest(${people.map(({ letter }) => letter)}::uuid[], ${people.map(({ person }) => person)}::uuid[]) as to_all (letter, person)
      join people p on p.id = to_all.person
      left join letter_choices c on c.person_id = p.id and c.topic = ${topicOf(kind)})
    insert into letters (id, line_id, kind, person_id, recipient, language, details, created_at, due_at, edition_id, mailing_id, held_for, dropped_at, last_fault)
    select letter, ${line}, ${kind}, id, email, language, ${JSON.stringify(details)}::jsonb, ${now}, ${now}, edition, ${mailing},
      case when ${kind} = 'session-changed' and exists (select 1 from letter_rules r where r.edition_id = edition and r.reviews_changes) then 'review'
        when often = 'daily' then 'digest' end,
      case when often = 'never' then ${now}::timestamptz end, case when often = 'never' then ${unwanted} end
    from new
    on conflict (line_id, kind, recipient) do nothing`.execute(db);
}

/** What a letter is about, so that the team of its edition finds it. */
interface Of {
  readonly edition?: EditionId | null;
  readonly session?: SessionId | null;
  readonly mailing?: string | null;
}

const waiting = sql`id, kind, person_id as person, recipient, language, details, created_at as "createdAt", mailing_id as mailing, tries`;

/**
 * Takes letters out that are due, for `lease` seconds: whoever takes them and dies has them come back by themselves.
 * Two postmen never take the same one.
 */
export async function takeDue(db: Db, now: Date, leaseSeconds: number, most: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    update letters set tries = tries + 1, due_at = ${now}::timestamptz + ${leaseSeconds} * interval '1 second'
    where id in (
      select id from letters where sent_at is null and dropped_at is null and held_for is null and due_at <= ${now}
      order by due_at, id limit ${most} for update skip locked)
    returning ${waiting}`.execute(db);
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export async function markSent(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('letters').set({ sent_at: now, last_fault: null, held_for: null }).where('id', '=', id).execute();
}

export async function markDropped(db: Db, id: string, why: string, now: Date): Promise<void> {
  await db.updateTable('letters').set({ dropped_at: now, last_fault: why }).where('id', '=', id).execute();
}

export async function postpone(db: Db, id: string, fault: string, until: Date): Promise<void> {
  await db.updateTable('letters').set({ due_at: until, last_fault: fault }).where('id', '=', id).execute();
}

/** Whether nobody stopped a letter that a postman has in hand. */
export async function mayLeave(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from letters where id = ${id} and held_for is null and sent_at is null and dropped_at is null`.execute(db);
  return rows.length > 0;
}

/** A letter that was taken out and did not leave is as it was before. */
export async function putBack(db: Db, id: string, now: Date): Promise<void> {
  await sql`update letters set tries = tries - 1, due_at = ${now} where id = ${id} and sent_at is null and dropped_at is null`.execute(db);
}

/** The letters that go along with another one, in the order in which they were written. */
export async function alongWith(db: Db, digest: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select ${waiting} from letters where digest_id = ${digest} and sent_at is null and dropped_at is null order by id limit 200`.execute(db);
  return rows;
}

export async function hasBounced(db: Db, person: PersonId): Promise<boolean> {
  const { rows } = await sql`select 1 from people where id = ${person} and bounced_at is not null`.execute(db);
  return rows.length > 0;
}

export async function forgetLetter(db: Db, id: string): Promise<void> {
  await db.deleteFrom('letters').where('id', '=', id).execute();
}

/** Of these numbers of letters, those that are known. */
export async function knownAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select id from letters where id = any(${ids}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Letters with a code are not kept longer than a day, whoever they went to. */
export async function sweepCodeLetters(db: Db, now: Date): Promise<void> {
  await sql`delete from letters where id in (
    select id from letters where kind = 'sign-in-code' and created_at < ${now}::timestamptz - interval '1 day' order by created_at limit 100 for update skip locked)`.execute(
    db,
  );
}

/** Where a program listens, without what stands behind it; null when it is told nothing more. */
export async function hostOfWebhook(db: Db, id: string): Promise<string | null> {
  const found = await db.selectFrom('webhooks').select('address').where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst();
  return found ? new URL(found.address).host : null;
}

/** The code of the session that a journal line is about; the programme is opened by code. */
export async function codeOfSession(db: Db, id: string): Promise<string | null> {
  return (await db.selectFrom('sessions').select('code').where('id', '=', id).executeTakeFirst())?.code ?? null;
}
