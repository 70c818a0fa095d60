import { sql } from 'kysely';
import type { EditionId, LineId, PersonId, SessionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import type { Happening, Line, What } from './line.ts';

/**
 * Lines and their jobs in one statement; a job has the number of its line, so a line never has two. What pg-boss would
 * look up for each job stands here, which makes writing half as dear: eight tries, a second to an hour apart, then aside.
 * What somebody waits for at the door is followed up before everything else.
 */
export async function insertLinesWithJobs({ db, now, person }: Visit, lines: readonly (Happening & { readonly id: LineId })[]): Promise<void> {
  const written = lines.map((line) => ({
    id: line.id,
    what: line.what,
    by: line.by === undefined ? (person?.id ?? null) : line.by,
    person: line.person ?? null,
    edition: line.edition ?? null,
    session: line.session ?? null,
    ...apart(line.details ?? {}),
  }));
  await sql`
    with new as (
      select * from jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
        as new (id uuid, what text, by uuid, person uuid, edition uuid, session uuid, details jsonb, reason text)
    ), line as (
      insert into journal (id, happened_at, what, by_person, person_id, edition_id, session_id, details)
      select id, ${now}, what, by, person, edition, session, details from new
      returning id, what
    ), said as (
      insert into reasons (line_id, person_id, reason) select id, person, reason from new where reason is not null
    )
    ${insertJobsFrom} line`.execute(db);
}

const insertJobsFrom = sql`
    insert into pgboss.job (id, name, priority, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, deletion_seconds, dead_letter)
    select id, 'journal', case what when 'sign-in-code-asked' then 1 else 0 end, 'standard', 8, 1, true, 3600, 86400, 'journal-failed' from`;

/** The jobs of lines that were written before, in place of those they had. */
export async function renewJobs(db: Visit['db'], lines: readonly string[]): Promise<void> {
  await sql`delete from pgboss.job where name = 'journal' and id = any(${lines}::uuid[])`.execute(db);
  await sql`${insertJobsFrom} journal where id = any(${lines}::uuid[])`.execute(db);
}

/** A line stays as it was written; a reason, in somebody's own words, stands beside it and can be forgotten. */
const apart = (details: NonNullable<Happening['details']>) =>
  typeof details['reason'] === 'string' ? { details: { ...details, reason: true }, reason: details['reason'] } : { details, reason: null };

export interface About {
  readonly ids?: readonly string[];
  readonly person?: PersonId;
  readonly session?: SessionId;
}

/** The lines about something, the oldest first. */
export async function selectLines({ db }: Visit, { ids, person, session }: About, limit: number): Promise<Line[]> {
  let query = lineColumns(db);
  if (ids) query = query.where('id', 'in', ids);
  if (person) query = query.where('person_id', '=', person);
  if (session) query = query.where('session_id', '=', session);
  return (await query.orderBy('id').limit(limit).execute()).map(lineOf);
}

/** The lines about a session, the newest first, from the one before `before`. */
export async function newestLines(
  { db }: Visit,
  { session, before, byHand }: { readonly session: SessionId; readonly before: LineId | null; readonly byHand: boolean },
  limit: number,
): Promise<Line[]> {
  let query = lineColumns(db).where('session_id', '=', session);
  if (before !== null) query = query.where('id', '<', before);
  // What somebody did to another's place or to the places, with a reason or not: never what people did for themselves.
  if (byHand) query = query.where((or) => or.or([or('person_id', 'is', null), sql<boolean>`details ? 'reason'`]));
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(lineOf);
}

/** Every line, or those that somebody wrote about others or about the house, the newest first, with the seal it is in. */
export async function everyLine(
  { db }: Visit,
  { before, forOthers }: { readonly before: LineId | null; readonly forOthers: boolean },
  limit: number,
): Promise<(Line & { readonly seal: number | null })[]> {
  let query = lineColumns(db).select('sealed_in');
  if (before !== null) query = query.where('id', '<', before);
  if (forOthers) query = query.where('by_person', 'is not', null).where('by_person', 'is distinct from', (row) => row.ref('person_id'));
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map((row) => ({ ...lineOf(row), seal: row.sealed_in }));
}

const lineColumns = (db: Visit['db']) =>
  db
    .selectFrom('journal')
    .select(['id', 'happened_at', 'what', 'by_person', 'person_id', 'edition_id', 'session_id', 'details'])
    .select((row) => row.selectFrom('reasons').select('reason').whereRef('line_id', '=', 'journal.id').as('reason'));

const lineOf = (row: Awaited<ReturnType<ReturnType<typeof lineColumns>['execute']>>[number]): Line => ({
  id: row.id as LineId,
  happenedAt: row.happened_at,
  what: row.what as What,
  byPerson: row.by_person as PersonId | null,
  person: row.person_id as PersonId | null,
  edition: row.edition_id as EditionId | null,
  session: row.session_id as SessionId | null,
  details: { ...(row.details as Line['details']), ...(row.reason !== null && { reason: row.reason }) },
});

/** What would still follow from lines about somebody, or failed to, follows no more. */
export async function deleteJobsAbout({ db }: Visit, person: PersonId): Promise<void> {
  await sql`delete from pgboss.job where id in (select id from journal where person_id = ${person}) or source_id in (select id from journal where person_id = ${person})`.execute(
    db,
  );
}
