import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Text } from '#ground/text.ts';
import type { Audience, Counts, Draft } from './mailing.ts';

type Db = Kysely<DB>;

export interface MailingRow {
  readonly id: string;
  readonly edition: EditionId;
  readonly editionSlug: string;
  readonly audience: Audience;
  readonly session: string | null;
  readonly sessionId: SessionId | null;
  readonly subject: Text;
  readonly body: Text;
  readonly revision: number;
  readonly writtenAt: Date;
  readonly releasedAt: Date | null;
  readonly stoppedAt: Date | null;
  readonly removedAt: Date | null;
  readonly counts: Counts;
}

const columns = sql`m.id, m.edition_id as edition, e.slug as "editionSlug", m.audience, s.code as session, m.session_id as "sessionId", m.subject, m.body,
  m.revision, m.written_at as "writtenAt", m.released_at as "releasedAt", m.stopped_at as "stoppedAt", m.removed_at as "removedAt",
  (select jsonb_build_object('waiting', count(*) filter (where l.sent_at is null and l.dropped_at is null),
    'left', count(*) filter (where l.sent_at is not null), 'dropped', count(*) filter (where l.dropped_at is not null))
   from letters l where l.mailing_id = m.id) as counts`;
const from = sql`from mailings m join editions e on e.id = m.edition_id left join sessions s on s.id = m.session_id`;

export async function mailingsOf(db: Db, edition: EditionId): Promise<readonly MailingRow[]> {
  const { rows } = await sql<MailingRow>`
    select ${columns} ${from} where m.edition_id = ${edition} and m.removed_at is null order by m.id desc limit 100`.execute(db);
  return rows;
}

export async function mailing(db: Db, id: string): Promise<MailingRow | null> {
  const { rows } = await sql<MailingRow>`select ${columns} ${from} where m.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Nobody else changes it until the transaction ends. */
export async function lock(db: Db, edition: EditionId, id: string): Promise<boolean> {
  const { rows } = await sql`select id from mailings where id = ${id} and edition_id = ${edition} for update`.execute(db);
  return rows.length > 0;
}

export interface New {
  readonly id: string;
  readonly edition: EditionId;
  readonly by: PersonId | null;
  readonly now: Date;
}
export async function insert(db: Db, { id, edition, by, now }: New, { audience, wordings }: Draft, session: SessionId | null): Promise<void> {
  const text = (part: 'subject' | 'body') => JSON.stringify({ nl: wordings.nl[part], en: wordings.en[part] });
  await sql`insert into mailings (id, edition_id, audience, session_id, subject, body, written_by, written_at)
    values (${id}, ${edition}, ${audience}, ${session}, ${text('subject')}::jsonb, ${text('body')}::jsonb, ${by}, ${now})`.execute(db);
}

/** False when somebody changed it meanwhile, or it has left. */
export async function update(
  db: Db,
  id: string,
  revision: number,
  { audience, wordings }: Draft,
  session: SessionId | null,
  by: New,
): Promise<boolean> {
  const text = (part: 'subject' | 'body') => JSON.stringify({ nl: wordings.nl[part], en: wordings.en[part] });
  const { rows } = await sql`
    update mailings set audience = ${audience}, session_id = ${session}, subject = ${text('subject')}::jsonb, body = ${text('body')}::jsonb,
      revision = revision + 1, written_by = ${by.by}, written_at = ${by.now}
    where id = ${id} and revision = ${revision} and released_at is null and removed_at is null returning id`.execute(db);
  return rows.length > 0;
}

export async function markRemoved(db: Db, id: string, at: Date | null): Promise<void> {
  await sql`update mailings set removed_at = ${at} where id = ${id} and released_at is null`.execute(db);
}

export async function markReleased(db: Db, id: string, by: PersonId | null, now: Date): Promise<void> {
  await sql`update mailings set released_at = ${now}, released_by = ${by} where id = ${id}`.execute(db);
}

/** Stops what did not leave yet, also what a postman has in hand and did not give to a mail server. */
export async function stop(db: Db, id: string, now: Date): Promise<void> {
  await sql`update mailings set stopped_at = ${now} where id = ${id}`.execute(db);
  await sql`update letters set held_for = 'stop' where mailing_id = ${id} and sent_at is null and dropped_at is null and held_for is null`.execute(
    db,
  );
}

export async function resume(db: Db, id: string, now: Date): Promise<void> {
  await sql`update mailings set stopped_at = null where id = ${id}`.execute(db);
  await sql`update letters set held_for = null, due_at = ${now}
    where mailing_id = ${id} and sent_at is null and dropped_at is null and held_for = 'stop'`.execute(db);
}

export interface Group {
  readonly audience: Audience;
  readonly edition: EditionId;
  readonly sessionId: SessionId | null;
}

/** Who belongs to a group now. */
export async function peopleIn(db: Db, group: Group): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`select distinct person from (${inGroup(group)}) g order by person limit 100000`.execute(db);
  return rows.map(({ person }) => person);
}

export async function isIn(db: Db, group: Group, person: PersonId): Promise<boolean> {
  const { rows } = await sql`select 1 from (${inGroup(group)}) g where person = ${person} limit 1`.execute(db);
  return rows.length > 0;
}

function inGroup({ audience, edition, sessionId }: Group): RawBuilder<unknown> {
  const chosen = sql`from seats x join sessions s on s.id = x.session_id where s.edition_id = ${edition} and s.state = 'published'`;
  switch (audience) {
    case 'participants':
      return sql`select x.person_id as person ${chosen}`;
    case 'few':
      return sql`select x.person_id as person ${chosen}
        group by x.person_id having count(*) filter (where x.standing = 'held') < (select at_least from editions where id = ${edition})`;
    case 'hosts':
      return sql`select r.person_id as person from roles r join sessions s on s.code = r.scope
        where r.role = 'host' and s.edition_id = ${edition} and s.state in ('accepted', 'scheduled', 'published')`;
    case 'proposers':
      return sql`select p.person_id as person from proposers p join proposals o using (session_id) join sessions s on s.id = p.session_id
        where s.edition_id = ${edition} and o.withdrawn_at is null`;
    case 'session':
      return sql`select x.person_id as person ${chosen} and s.id = ${sessionId}`;
  }
}

// The outbox of an edition

export type State = 'waiting' | 'left' | 'held' | 'dropped' | 'failed';

export interface OutboxRow {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly writtenAt: Date;
  readonly dueAt: Date;
  readonly tries: number;
  readonly state: State;
  readonly heldFor: 'review' | 'digest' | 'stop' | null;
  readonly leftAt: Date | null;
  readonly fault: string | null;
}

const isFault = sql`last_fault ~ '^(unknown|[A-Z0-9_]+( [0-9]{3})?)$'`;
const state = sql`case when sent_at is not null then 'left' when dropped_at is not null then case when ${isFault} then 'failed' else 'dropped' end
  when held_for is not null then 'held' else 'waiting' end`;

export async function outboxOf(
  db: Db,
  edition: EditionId,
  { which, recipient, from, limit }: { which: State | null; recipient: string | null; from: number; limit: number },
): Promise<OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    select id, kind, recipient, created_at as "writtenAt", due_at as "dueAt", tries, ${state} as state, held_for as "heldFor",
      sent_at as "leftAt", last_fault as fault
    from letters where edition_id = ${edition} ${which === null ? sql`` : sql`and ${state} = ${which}`}
      ${recipient === null ? sql`` : sql`and recipient = ${recipient}`}
    order by id desc offset ${from} limit ${limit}`.execute(db);
  return rows;
}

export async function outboxCounts(db: Db, edition: EditionId): Promise<Readonly<Partial<Record<State, number>>>> {
  const { rows } = await sql<{ state: State; count: number }>`
    select ${state} as state, count(*)::int as count from letters where edition_id = ${edition} group by 1`.execute(db);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

export async function tryAgain(db: Db, edition: EditionId, id: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update letters set dropped_at = null, last_fault = null, tries = 0, due_at = ${now}
    where id = ${id} and edition_id = ${edition} and dropped_at is not null and sent_at is null and ${isFault} returning id`.execute(db);
  return rows.length > 0;
}

// Letters about changed sessions that wait until somebody looked at them

export interface ForReview {
  readonly session: SessionId;
  readonly code: string;
  readonly title: Text;
  readonly count: number;
  readonly since: Date;
}

export async function forReview(db: Db, edition: EditionId): Promise<ForReview[]> {
  const { rows } = await sql<ForReview>`
    select s.id as session, s.code, s.title, count(distinct l.person_id)::int as count, min(l.created_at) as since
    from letters l join sessions s on s.id = (l.details->>'session')::uuid
    where l.edition_id = ${edition} and l.held_for = 'review' and l.sent_at is null and l.dropped_at is null
    group by s.id order by s.starts_at, s.code limit 500`.execute(db);
  return rows;
}

/** One letter each leaves, or goes along with others of that day; what is said twice is said once. Answers how many. */
export async function letGo(db: Db, edition: EditionId, session: SessionId, now: Date): Promise<number> {
  await sql`update letters l set dropped_at = ${now}, held_for = null, last_fault = 'a later letter says it'
    where ${held(edition, session)} and exists (select 1 from letters later where later.person_id = l.person_id and later.kind = l.kind
      and later.details->>'session' = l.details->>'session' and later.held_for = 'review' and later.dropped_at is null and later.id > l.id)`.execute(
    db,
  );
  const { rows } = await sql`
    update letters l set due_at = ${now}, held_for = case when exists (
        select 1 from letter_choices c where c.person_id = l.person_id and c.topic = 'changes' and c.often = 'daily') then 'digest' end
    where ${held(edition, session)} returning l.id`.execute(db);
  return rows.length;
}

export async function keepBack(db: Db, edition: EditionId, session: SessionId, now: Date): Promise<number> {
  const { rows } = await sql`
    update letters l set dropped_at = ${now}, held_for = null, last_fault = 'the team kept it back' where ${held(edition, session)} returning l.id`.execute(
    db,
  );
  return rows.length;
}

const held = (edition: EditionId, session: SessionId) => sql`l.edition_id = ${edition} and l.held_for = 'review' and l.sent_at is null
  and l.dropped_at is null and l.details->>'session' = ${session}`;

export async function reviewsChanges(db: Db, edition: EditionId): Promise<boolean> {
  return (
    (await db.selectFrom('letter_rules').select('reviews_changes').where('edition_id', '=', edition).executeTakeFirst())?.reviews_changes ?? false
  );
}

export async function setReviewsChanges(db: Db, edition: EditionId, reviews: boolean): Promise<void> {
  await sql`insert into letter_rules (edition_id, reviews_changes) values (${edition}, ${reviews})
    on conflict (edition_id) do update set reviews_changes = excluded.reviews_changes`.execute(db);
}
