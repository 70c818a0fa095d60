import { sql, type Kysely } from 'kysely';
import type { EditionId, LineId, PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';

type Db = Kysely<DB>;

/** Whose letters wait to go along with others, and who did not get today's yet. */
export async function withSomethingWaiting(db: Db, line: LineId): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select distinct l.person_id as person from letters l
    where l.held_for = 'digest' and l.digest_id is null and l.sent_at is null and l.dropped_at is null
      and not exists (select 1 from letters d where d.line_id = ${line} and d.kind = 'digest' and d.person_id = l.person_id)
    order by person limit 1000`.execute(db);
  return rows.map(({ person }) => person);
}

/** What waits for somebody goes along with this letter, when it is there. */
export async function takeAlong(db: Db, digest: string, person: PersonId): Promise<void> {
  await sql`update letters set digest_id = ${digest}
    where person_id = ${person} and held_for = 'digest' and digest_id is null and sent_at is null and dropped_at is null
      and exists (select 1 from letters where id = ${digest})`.execute(db);
}

/** Who has a place on a day of an edition and was not told so yet. */
export async function withSessionsOn(
  db: Db,
  { id, timeZone }: { readonly id: EditionId; readonly timeZone: string },
  day: string,
  line: LineId,
): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select distinct x.person_id as person from seats x join sessions s on s.id = x.session_id
    where s.edition_id = ${id} and s.state = 'published' and x.standing = 'held' and (s.starts_at at time zone ${timeZone})::date = ${day}::date
      and not exists (select 1 from letters l where l.line_id = ${line} and l.kind = 'sessions-tomorrow' and l.person_id = x.person_id)
    order by person limit 100000`.execute(db);
  return rows.map(({ person }) => person);
}
