import { sql, type Kysely } from 'kysely';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Text } from '#ground/text.ts';
import type { State } from '#rooms/programme/session.ts';
import type { Answers } from '../proposal.ts';
import { callOf } from '../queries.server.ts';
import type { WhyConflict } from './assign.ts';
import type { Decision, Scores } from './review.ts';

type Db = Kysely<DB>;

/** How an edition has its proposals judged; null when it has no call. */
export const judgingOf = callOf;

/** Handed in and not taken back. */
const counts = sql`p.submitted_at is not null and p.withdrawn_at is null and s.state in ('submitted', 'accepted', 'declined', 'scheduled', 'published')`;

/** Why a member cannot judge: as conflictOf in assign.ts, by what is known at this moment. */
const conflict = (session: ReturnType<typeof sql.ref>, person: ReturnType<typeof sql.ref>) => sql<WhyConflict | null>`case
    when exists (select from proposers o where o.session_id = ${session} and o.person_id = ${person}) then 'own'
    when exists (
      select from people me where me.id = ${person} and me.organisation_id is not null and (
        exists (select from session_organisations h where h.session_id = ${session} and h.organisation_id = me.organisation_id)
        or exists (select from proposers o join people one on one.id = o.person_id where o.session_id = ${session} and one.organisation_id = me.organisation_id)
      )) then 'organisation'
    when exists (select from conflicts c where c.session_id = ${session} and c.person_id = ${person}) then 'declared'
  end`;
const ofRow = conflict(sql.ref('a.session_id'), sql.ref('a.person_id'));

export interface ProposalRow {
  readonly id: SessionId;
  readonly code: string;
  readonly edition: string;
  readonly editionId: EditionId;
  readonly title: Text;
  readonly themes: readonly string[];
  readonly organisations: readonly string[];
  /** Slugs of where its proposers work. */
  readonly proposersOf: readonly string[];
  readonly proposers: readonly PersonId[];
  readonly state: State;
  readonly decision: Decision | null;
  readonly decidedAt: Date | null;
  readonly text: string;
  readonly releasedAt: Date | null;
}

const proposalColumns = sql`
  s.id, s.code, e.slug as edition, s.edition_id as "editionId", s.title, s.state, p.decision, p.decided_at as "decidedAt", coalesce(p.decision_text, '') as text, p.released_at as "releasedAt",
  array(select t.slug from session_themes st join themes t on t.id = st.theme_id where st.session_id = s.id order by st.position) as themes,
  array(select o.slug from session_organisations so join organisations o on o.id = so.organisation_id where so.session_id = s.id order by so.position) as organisations,
  array(select distinct o.slug from proposers m join people w on w.id = m.person_id join organisations o on o.id = w.organisation_id where m.session_id = s.id) as "proposersOf",
  array(select m.person_id from proposers m where m.session_id = s.id order by m.position) as proposers`;

/** Everything that was handed in for an edition, the first one first. */
export async function proposalsOf(db: Db, edition: EditionId): Promise<ProposalRow[]> {
  const { rows } = await sql<ProposalRow>`
    select ${proposalColumns} from proposals p join sessions s on s.id = p.session_id join editions e on e.id = s.edition_id
    where s.edition_id = ${edition} and ${counts} order by p.submitted_at, s.id limit 5000`.execute(db);
  return rows;
}

export async function proposalWith(db: Db, code: string): Promise<ProposalRow | null> {
  const { rows } = await sql<ProposalRow>`
    select ${proposalColumns} from proposals p join sessions s on s.id = p.session_id join editions e on e.id = s.edition_id
    where s.code = ${code} and ${counts}`.execute(db);
  return rows[0] ?? null;
}

/** The same by number, in whatever state: for a letter. */
export async function decidedWith(db: Db, id: string): Promise<ProposalRow | null> {
  const { rows } = await sql<ProposalRow>`
    select ${proposalColumns} from proposals p join sessions s on s.id = p.session_id join editions e on e.id = s.edition_id
    where s.id = ${id} and p.withdrawn_at is null`.execute(db);
  return rows[0] ?? null;
}

/** Until this transaction ends nobody else decides about it, assigns it or judges it. */
export async function hold(db: Db, sessions: readonly SessionId[]): Promise<void> {
  await sql`select from proposals where session_id = any(${sessions}::uuid[]) order by session_id for update`.execute(db);
}

/** One division of an edition at a time. */
export async function holdCall(db: Db, edition: EditionId): Promise<void> {
  await sql`select from calls where edition_id = ${edition} for update`.execute(db);
}

export interface AssignmentRow {
  readonly session: SessionId;
  readonly person: PersonId;
  readonly isByHand: boolean;
  readonly conflict: WhyConflict | null;
  /** What was written; null when nothing was. */
  readonly scores: Scores | null;
}

/** Who reads what in an edition, with what they made of it. */
export async function assignmentsOf(db: Db, edition: EditionId): Promise<AssignmentRow[]> {
  const { rows } = await sql<AssignmentRow>`
    select a.session_id as session, a.person_id as person, a.is_by_hand as "isByHand", ${ofRow} as conflict, r.scores
    from assignments a join sessions s on s.id = a.session_id
    left join reviews r on r.session_id = a.session_id and r.person_id = a.person_id
    where s.edition_id = ${edition} order by a.assigned_at, a.session_id, a.person_id limit 50000`.execute(db);
  return rows;
}

export async function declaredOf(db: Db, edition: EditionId): Promise<{ proposal: string; reviewer: string }[]> {
  const { rows } = await sql<{ proposal: string; reviewer: string }>`
    select c.session_id as proposal, c.person_id as reviewer from conflicts c join sessions s on s.id = c.session_id
    where s.edition_id = ${edition} order by 1, 2 limit 50000`.execute(db);
  return rows;
}

export interface MemberRow {
  readonly id: PersonId;
  readonly email: string;
  readonly organisation: string | null;
}

/** The committee of an edition, by address. */
export async function membersOf(db: Db, edition: string): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select p.id, p.email, o.slug as organisation from roles r join people p on p.id = r.person_id left join organisations o on o.id = p.organisation_id
    where r.role = 'reviewer' and r.scope = ${edition} order by p.email limit 2000`.execute(db);
  return rows;
}

export async function insertAssignments(
  db: Db,
  pairs: readonly { readonly proposal: string; readonly reviewer: string }[],
  isByHand: boolean,
  now: Date,
): Promise<number> {
  if (pairs.length === 0) return 0;
  const { rows } = await sql`
    insert into assignments (session_id, person_id, is_by_hand, assigned_at)
    select s, p, ${isByHand}, ${now} from unnest(${pairs.map(({ proposal }) => proposal)}::uuid[], ${pairs.map(({ reviewer }) => reviewer)}::uuid[]) as one(s, p)
    on conflict do nothing returning 1`.execute(db);
  return rows.length;
}

export async function deleteAssignments(db: Db, pairs: readonly { readonly proposal: string; readonly reviewer: string }[]): Promise<number> {
  if (pairs.length === 0) return 0;
  const { rows } = await sql`
    delete from assignments where (session_id, person_id) in (
      select s, p from unnest(${pairs.map(({ proposal }) => proposal)}::uuid[], ${pairs.map(({ reviewer }) => reviewer)}::uuid[]) as one(s, p)) returning 1`.execute(
    db,
  );
  return rows.length;
}

export interface ToReadRow {
  readonly id: SessionId;
  readonly code: string;
  readonly title: Text;
  readonly themes: readonly string[];
  readonly conflict: WhyConflict | null;
  readonly decision: Decision | null;
  readonly scores: Scores | null;
}

/** What somebody was asked to read in an edition; titles and themes only, the first that was handed in first. */
export async function toRead(db: Db, edition: EditionId, person: PersonId): Promise<ToReadRow[]> {
  const { rows } = await sql<ToReadRow>`
    select s.id, s.code, s.title, p.decision, ${ofRow} as conflict, r.scores,
      array(select t.slug from session_themes st join themes t on t.id = st.theme_id where st.session_id = s.id order by st.position) as themes
    from assignments a join proposals p on p.session_id = a.session_id join sessions s on s.id = a.session_id
    left join reviews r on r.session_id = a.session_id and r.person_id = a.person_id
    where a.person_id = ${person} and s.edition_id = ${edition} and ${counts} order by p.submitted_at, s.id limit 2000`.execute(db);
  return rows;
}

export interface Standing {
  readonly id: SessionId;
  readonly code: string;
  readonly edition: string;
  readonly editionId: EditionId;
  readonly conflict: WhyConflict | null;
  readonly decision: Decision | null;
  readonly readers: readonly PersonId[];
}

/** How somebody stands to a proposal, before anything of it is read; null when there is none. */
export async function standing(db: Db, code: string, person: PersonId): Promise<Standing | null> {
  const { rows } = await sql<Standing>`
    select s.id, s.code, e.slug as edition, s.edition_id as "editionId", p.decision, ${conflict(sql.ref('s.id'), sql.ref('who.id'))} as conflict,
      array(select a.person_id from assignments a where a.session_id = s.id order by a.person_id) as readers
    from proposals p join sessions s on s.id = p.session_id join editions e on e.id = s.edition_id, (select ${person}::uuid as id) who
    where s.code = ${code} and ${counts}`.execute(db);
  return rows[0] ?? null;
}

/** What a reviewer reads of a proposal. Names are not asked for here, so that they cannot be told by mistake. */
export interface Content {
  readonly title: Text;
  readonly summary: Text;
  readonly description: Text;
  readonly format: string;
  readonly level: string | null;
  readonly languages: readonly string[];
  readonly themes: readonly string[];
  readonly answers: Answers;
  readonly note: string;
}
export async function contentOf(db: Db, session: SessionId): Promise<Content> {
  const { rows } = await sql<Content>`
    select s.title, s.summary, s.description, s.format, s.level, s.languages, p.answers, p.note,
      array(select t.slug from session_themes st join themes t on t.id = st.theme_id where st.session_id = s.id order by st.position) as themes
    from proposals p join sessions s on s.id = p.session_id where s.id = ${session}`.execute(db);
  return rows[0]!;
}

export interface Names {
  readonly speakers: readonly string[];
  readonly organisations: readonly Text[];
}
export async function namesIn(db: Db, session: SessionId): Promise<Names> {
  const { rows } = await sql<Names>`
    select s.speakers,
      array(select o.name from session_organisations so join organisations o on o.id = so.organisation_id where so.session_id = s.id order by so.position) as organisations
    from sessions s where s.id = ${session}`.execute(db);
  return rows[0]!;
}

export interface ReviewRow {
  readonly person: PersonId;
  readonly email: string;
  readonly organisation: string | null;
  readonly scores: Scores;
  readonly comment: string;
  readonly writtenAt: Date;
  readonly revision: number;
  readonly conflict: WhyConflict | null;
}

/** What was written about a proposal; the order says nothing about who. */
export async function reviewsOf(db: Db, session: SessionId): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select a.person_id as person, w.email, o.slug as organisation, a.scores, a.comment, a.written_at as "writtenAt", a.revision, ${ofRow} as conflict
    from reviews a join people w on w.id = a.person_id left join organisations o on o.id = w.organisation_id
    where a.session_id = ${session} order by md5(a.session_id::text || a.person_id::text) limit 200`.execute(db);
  return rows;
}

export async function reviewBy(db: Db, session: SessionId, person: PersonId): Promise<Omit<ReviewRow, 'email' | 'organisation' | 'conflict'> | null> {
  const { rows } = await sql<ReviewRow>`
    select person_id as person, scores, comment, written_at as "writtenAt", revision from reviews where session_id = ${session} and person_id = ${person}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** False when somebody (oneself, in another window) wrote meanwhile. 0 is of a review that is not there yet. */
export async function putReview(
  db: Db,
  of: { readonly session: SessionId; readonly person: PersonId; readonly revision: number },
  { scores, comment }: { readonly scores: Scores; readonly comment: string },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into reviews as r (session_id, person_id, scores, comment, written_at, revision)
    select ${of.session}, ${of.person}, ${JSON.stringify(scores)}, ${comment}, ${now}, 1
    where ${of.revision} = 0 or exists (select from reviews where session_id = ${of.session} and person_id = ${of.person})
    on conflict (session_id, person_id) do update
      set scores = excluded.scores, comment = excluded.comment, written_at = excluded.written_at, revision = r.revision + 1
      where r.revision = ${of.revision}
    returning 1`.execute(db);
  return rows.length > 0;
}

export async function declare(db: Db, session: SessionId, person: PersonId, now: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into conflicts (session_id, person_id, declared_at) values (${session}, ${person}, ${now}) on conflict do nothing returning 1`.execute(db);
  return rows.length > 0;
}

export async function undeclare(db: Db, session: SessionId, person: PersonId): Promise<boolean> {
  const { rows } = await sql`delete from conflicts where session_id = ${session} and person_id = ${person} returning 1`.execute(db);
  return rows.length > 0;
}

export async function setDecision(
  db: Db,
  session: SessionId,
  it: { readonly decision: Decision | null; readonly text: string; readonly by: PersonId | null },
  now: Date,
): Promise<void> {
  const at = it.decision === null ? null : now;
  await sql`
    update proposals set decision = ${it.decision}, decided_at = ${at}, decided_by = ${at && it.by}, decision_text = ${it.text === '' ? null : it.text}, released_at = null
    where session_id = ${session}`.execute(db);
}

export async function setReleased(db: Db, sessions: readonly SessionId[], now: Date): Promise<void> {
  await sql`update proposals set released_at = ${now} where session_id = any(${sessions}::uuid[])`.execute(db);
}

export interface Proposer {
  readonly session: SessionId;
  readonly person: PersonId;
  readonly email: string;
  readonly language: 'nl' | 'en';
}

/** Who made these proposals, in their order. */
export async function proposersOf(db: Db, sessions: readonly SessionId[]): Promise<Proposer[]> {
  const { rows } = await sql<Proposer>`
    select m.session_id as session, m.person_id as person, w.email, w.language from proposers m join people w on w.id = m.person_id
    where m.session_id = any(${sessions}::uuid[]) order by m.session_id, m.position limit 20000`.execute(db);
  return rows;
}

/** What the committee wrote goes when an edition has been over for so long; what was decided stays. */
export async function forgetReviews(db: Db, now: Date, days: number): Promise<void> {
  const over = sql`select s.id from sessions s join editions e on e.id = s.edition_id
    where (e.ends_on + ${days}::int + 1)::timestamp at time zone e.time_zone < ${now}`;
  for (const table of ['reviews', 'assignments', 'conflicts']) await sql`delete from ${sql.table(table)} where session_id in (${over})`.execute(db);
}
