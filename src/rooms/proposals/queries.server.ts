import { sql, type Kysely } from 'kysely';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Text } from '#ground/text.ts';
import type { Call, CallText, Criterion, Question } from './call.ts';
import type { Answers, Decision, Invitation, InvitationId, Proposer } from './proposal.ts';

type Db = Kysely<DB>;

// The call

interface CallRow extends Omit<Call, 'questions' | 'criteria'> {
  questions: Question[];
  criteria: Criterion[];
}

export async function callOf(db: Db, edition: EditionId): Promise<Call | null> {
  const { rows } = await sql<CallRow>`
    select edition_id as edition, opens_at as "opensAt", closes_at as "closesAt", text, questions, criteria, is_anonymous as "isAnonymous",
      reviews_each as "reviewsEach", review_until as "reviewUntil", revision
    from calls where edition_id = ${edition}`.execute(db);
  return rows[0] ?? null;
}

export async function insertCall(db: Db, edition: EditionId, call: CallText): Promise<boolean> {
  const { rows } = await sql`
    insert into calls (edition_id, opens_at, closes_at, text, questions, criteria, is_anonymous, reviews_each, review_until, revision)
    values (${edition}, ${call.opensAt}, ${call.closesAt}, ${JSON.stringify(call.text)}, ${JSON.stringify(call.questions)}, ${JSON.stringify(call.criteria)},
      ${call.isAnonymous}, ${call.reviewsEach}, ${call.reviewUntil}, 1)
    on conflict do nothing returning edition_id`.execute(db);
  return rows.length > 0;
}

/** False when another changed it meanwhile. */
export async function updateCall(db: Db, edition: EditionId, revision: number, call: CallText): Promise<boolean> {
  const { rows } = await sql`
    update calls set opens_at = ${call.opensAt}, closes_at = ${call.closesAt}, text = ${JSON.stringify(call.text)}, questions = ${JSON.stringify(call.questions)},
      criteria = ${JSON.stringify(call.criteria)}, is_anonymous = ${call.isAnonymous}, reviews_each = ${call.reviewsEach}, review_until = ${call.reviewUntil},
      revision = revision + 1
    where edition_id = ${edition} and revision = ${revision} returning edition_id`.execute(db);
  return rows.length > 0;
}

/** How many there are so far, in words of the call: by standing, by theme and by organisation; without who and what. */
export interface Counts {
  readonly drafts: number;
  readonly submitted: number;
  readonly withdrawn: number;
  readonly themes: readonly { readonly slug: string; readonly name: Text; readonly count: number }[];
  readonly organisations: readonly { readonly slug: string; readonly name: Text; readonly count: number }[];
}

export async function countsOf(db: Db, edition: EditionId): Promise<Counts> {
  const { rows } = await sql<Pick<Counts, 'drafts' | 'submitted' | 'withdrawn'>>`
    select count(*) filter (where p.submitted_at is null and p.withdrawn_at is null)::int as drafts,
      count(*) filter (where p.submitted_at is not null and p.withdrawn_at is null)::int as submitted,
      count(*) filter (where p.withdrawn_at is not null)::int as withdrawn
    from proposals p join sessions s on s.id = p.session_id where s.edition_id = ${edition}`.execute(db);
  const { rows: themes } = await sql<Counts['themes'][number]>`
    select t.slug, t.name, count(p.session_id)::int as count from themes t
    left join session_themes st on st.theme_id = t.id
    left join proposals p on p.session_id = st.session_id and p.submitted_at is not null and p.withdrawn_at is null
    where t.edition_id = ${edition} group by t.id order by t.position limit 200`.execute(db);
  const { rows: organisations } = await sql<Counts['organisations'][number]>`
    select o.slug, o.name, count(*)::int as count from proposals p
    join sessions s on s.id = p.session_id join session_organisations so on so.session_id = s.id join organisations o on o.id = so.organisation_id
    where s.edition_id = ${edition} and p.submitted_at is not null and p.withdrawn_at is null
    group by o.id order by count(*) desc, o.slug limit 1000`.execute(db);
  return { ...rows[0]!, themes, organisations };
}

// Proposals

/** A proposal beside its session. */
export interface ProposalRow {
  readonly session: SessionId;
  readonly answers: Answers;
  readonly note: string;
  readonly minutes: number | null;
  readonly submittedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly decision: Decision | null;
  readonly decisionText: string | null;
  readonly releasedAt: Date | null;
  readonly copiedFrom: string | null;
  readonly revision: number;
  readonly proposers: readonly Proposer[];
  readonly invitations: readonly Invitation[];
}

const proposalRows = (which: ReturnType<typeof sql>) => sql<Omit<ProposalRow, 'invitations'> & { invitations: Jsonned[] }>`
  select p.session_id as session, p.answers, p.note, p.minutes, p.submitted_at as "submittedAt", p.withdrawn_at as "withdrawnAt", p.decision,
    p.decision_text as "decisionText", p.released_at as "releasedAt", (select c.code from sessions c where c.id = p.copied_from) as "copiedFrom", p.revision,
    coalesce((select json_agg(json_build_object('person', e.id, 'email', e.email, 'organisation', (select o.slug from organisations o where o.id = e.organisation_id))
      order by r.position, e.id) from proposers r join people e on e.id = r.person_id where r.session_id = p.session_id), '[]') as proposers,
    coalesce((select json_agg(json_build_object('id', i.id, 'email', i.email, 'createdAt', i.created_at, 'expiresAt', i.expires_at) order by i.id)
      from proposer_invitations i where i.session_id = p.session_id and i.accepted_at is null and i.declined_at is null), '[]') as invitations
  from proposals p join sessions s on s.id = p.session_id
  where ${which} order by p.session_id limit 5000`;

/** Moments come out of a list as text. */
interface Jsonned extends Omit<Invitation, 'createdAt' | 'expiresAt'> {
  readonly createdAt: string;
  readonly expiresAt: string;
}
const read = (row: Omit<ProposalRow, 'invitations'> & { invitations: Jsonned[] }): ProposalRow => ({
  ...row,
  invitations: row.invitations.map((one) => ({ ...one, createdAt: new Date(one.createdAt), expiresAt: new Date(one.expiresAt) })),
});

export async function proposalByCode(db: Db, code: string): Promise<ProposalRow | null> {
  const { rows } = await proposalRows(sql`s.code = ${code}`).execute(db);
  return rows[0] ? read(rows[0]) : null;
}

export async function proposalsOfPerson(db: Db, person: PersonId, edition: EditionId | null): Promise<ProposalRow[]> {
  const inEdition = edition === null ? sql`true` : sql`s.edition_id = ${edition}`;
  const mine = sql`p.session_id in (select r.session_id from proposers r where r.person_id = ${person})`;
  return (await proposalRows(sql`${mine} and ${inEdition}`).execute(db)).rows.map(read);
}

export async function proposalsOfEdition(db: Db, edition: EditionId): Promise<ProposalRow[]> {
  return (await proposalRows(sql`s.edition_id = ${edition}`).execute(db)).rows.map(read);
}

/** Nobody else changes a proposal until the end; false when there is none. */
export async function hold(db: Db, code: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from proposals p join sessions s on s.id = p.session_id where s.code = ${code} for update of p`.execute(db);
  return rows.length > 0;
}

export async function insertProposal(
  db: Db,
  session: SessionId,
  it: { answers: Answers; note: string; minutes: number | null; copiedFrom: SessionId | null },
): Promise<void> {
  await sql`
    insert into proposals (session_id, answers, note, minutes, copied_from)
    values (${session}, ${JSON.stringify(it.answers)}, ${it.note}, ${it.minutes}, ${it.copiedFrom})`.execute(db);
}

export async function updateAsked(db: Db, session: SessionId, it: { answers: Answers; note: string; minutes: number | null }): Promise<void> {
  await sql`
    update proposals set answers = ${JSON.stringify(it.answers)}, note = ${it.note}, minutes = ${it.minutes}, revision = revision + 1
    where session_id = ${session}`.execute(db);
}

export async function updateStanding(db: Db, session: SessionId, it: { submittedAt: Date | null; withdrawnAt: Date | null }): Promise<void> {
  // What was decided and not told is about a proposal that stands.
  await sql`
    update proposals set submitted_at = ${it.submittedAt}, withdrawn_at = ${it.withdrawnAt}, revision = revision + 1,
      decision = case when ${it.withdrawnAt}::timestamptz is null then decision end,
      decided_at = case when ${it.withdrawnAt}::timestamptz is null then decided_at end,
      decided_by = case when ${it.withdrawnAt}::timestamptz is null then decided_by end,
      decision_text = case when ${it.withdrawnAt}::timestamptz is null then decision_text end
    where session_id = ${session}`.execute(db);
}

// Proposers

export async function insertProposer(db: Db, session: SessionId, person: PersonId, now: Date): Promise<void> {
  await sql`
    insert into proposers (session_id, person_id, position, joined_at)
    select ${session}, ${person}, coalesce(max(position) + 1, 0), ${now} from proposers where session_id = ${session}
    on conflict do nothing`.execute(db);
}

export async function deleteProposer(db: Db, session: SessionId, person: PersonId): Promise<void> {
  await sql`delete from proposers where session_id = ${session} and person_id = ${person}`.execute(db);
}

/** Asks an address again when it was asked before. */
export async function insertInvitation(
  db: Db,
  it: { id: InvitationId; session: SessionId; email: string; by: PersonId; now: Date; expiresAt: Date },
): Promise<void> {
  await sql`
    insert into proposer_invitations (id, session_id, email, invited_by, created_at, expires_at)
    values (${it.id}, ${it.session}, ${it.email}, ${it.by}, ${it.now}, ${it.expiresAt})
    on conflict (session_id, email) do update set id = excluded.id, invited_by = excluded.invited_by, created_at = excluded.created_at,
      expires_at = excluded.expires_at, accepted_at = null, declined_at = null`.execute(db);
}

export async function deleteInvitation(db: Db, session: SessionId, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from proposer_invitations where session_id = ${session} and id = ${id} and accepted_at is null returning id`.execute(db);
  return rows.length > 0;
}

/** An invitation as the one sees it who was asked. */
export interface Asked {
  readonly id: InvitationId;
  readonly session: SessionId;
  readonly code: string;
  /** The slug of the edition. */
  readonly edition: string;
  readonly title: Text;
  readonly email: string;
  readonly invitedBy: PersonId | null;
  readonly by: string | null;
  readonly expiresAt: Date;
}

const askedRows = (which: ReturnType<typeof sql>, now: Date) => sql<Asked>`
  select i.id, i.session_id as session, s.code, e.slug as edition, s.title, i.email, i.invited_by as "invitedBy",
    (select p.email from people p where p.id = i.invited_by) as by, i.expires_at as "expiresAt"
  from proposer_invitations i join sessions s on s.id = i.session_id join editions e on e.id = s.edition_id
  where i.accepted_at is null and i.declined_at is null and i.expires_at > ${now} and ${which} order by i.id limit 200`;

export async function invitationsOf(db: Db, email: string, now: Date): Promise<Asked[]> {
  return (await askedRows(sql`i.email = ${email}`, now).execute(db)).rows;
}

export async function invitationById(db: Db, id: string, now: Date): Promise<Asked | null> {
  return (await askedRows(sql`i.id = ${id}`, now).execute(db)).rows[0] ?? null;
}

export async function answerInvitation(db: Db, id: string, isYes: boolean, now: Date): Promise<void> {
  await sql`
    update proposer_invitations set accepted_at = ${isYes ? now : null}, declined_at = ${isYes ? null : now} where id = ${id}`.execute(db);
}

// What is over, and what is nearly

/** Proposals that are nothing without this person: theirs alone, and not accepted. */
export async function ofNobodyElse(db: Db, person: PersonId): Promise<SessionId[]> {
  const { rows } = await sql<{ id: SessionId }>`
    select p.session_id as id from proposals p join sessions s on s.id = p.session_id
    where s.state in ('draft', 'submitted', 'declined')
      and exists (select 1 from proposers r where r.session_id = p.session_id and r.person_id = ${person})
      and not exists (select 1 from proposers r where r.session_id = p.session_id and r.person_id <> ${person})`.execute(db);
  return rows.map(({ id }) => id);
}

/** Its session goes, and everything that hangs by it; nobody could have a seat in it. */
export async function deleteSessions(db: Db, sessions: readonly SessionId[]): Promise<void> {
  await sql`delete from places where session_id = any(${sessions}::uuid[])`.execute(db);
  await sql`delete from sessions where id = any(${sessions}::uuid[])`.execute(db);
}

/** Drafts of calls that close before a moment, of whose proposers nobody was reminded; noted that they are now. */
export async function takeUnreminded(db: Db, now: Date, before: Date): Promise<{ session: SessionId; edition: EditionId }[]> {
  const { rows } = await sql<{ session: SessionId; edition: EditionId }>`
    update proposals p set reminded_at = ${now} from sessions s, calls c
    where s.id = p.session_id and c.edition_id = s.edition_id and c.opens_at <= ${now} and c.closes_at > ${now} and c.closes_at <= ${before}
      and p.submitted_at is null and p.withdrawn_at is null and p.reminded_at is null
    returning p.session_id as session, s.edition_id as edition`.execute(db);
  return rows;
}

export async function proposersOf(db: Db, session: SessionId): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select person_id as person from proposers where session_id = ${session} order by position`.execute(db);
  return rows.map(({ person }) => person);
}

/** Codes of sessions in other editions that somebody is a proposer of. */
export async function earlierOf(db: Db, person: PersonId, edition: EditionId): Promise<SessionId[]> {
  const { rows } = await sql<{ id: SessionId }>`
    select s.id from proposers r join sessions s on s.id = r.session_id where r.person_id = ${person} and s.edition_id <> ${edition}
    union select s.id from roles r join sessions s on s.code = r.scope where r.role = 'host' and r.person_id = ${person} and s.edition_id <> ${edition}
    limit 200`.execute(db);
  return rows.map(({ id }) => id);
}
