// What the schedule says, told to everybody at once. Who calls this has made sure that the visitor may.
import { sql } from 'kysely';
import type { EditionId, SessionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import { recordAll } from '#rooms/journal';

export interface ToTell {
  readonly id: SessionId;
  readonly start: Date;
  readonly end: Date;
  readonly location: string | null;
}

/**
 * From now on these sessions are then and there: those that nobody knew yet become public, and of the others everybody
 * who comes is told what changed. Inside a transaction, in few statements whatever their number.
 */
export async function tellSchedule(visit: Visit, edition: EditionId, sessions: readonly ToTell[]): Promise<void> {
  const { rows } = await sql<{ id: SessionId; is_new: boolean; is_later: boolean; is_elsewhere: boolean }>`
    with asked as (
      select * from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) as a(id uuid, start timestamptz, "end" timestamptz, location text)
    ), was as (
      select s.id, s.state, s.starts_at, s.ends_at, s.location from sessions s join asked a on a.id = s.id
      where s.edition_id = ${edition} and s.state in ('accepted', 'scheduled', 'published') order by s.id for no key update of s
    )
    update sessions s set starts_at = a.start, ends_at = a.end, location = a.location, state = 'published', sequence = s.sequence + 1, updated_at = ${visit.now}
    from asked a, was w
    where s.id = a.id and w.id = a.id
    returning s.id, w.state <> 'published' as is_new, (w.starts_at, w.ends_at) is distinct from (a.start, a.end) as is_later, w.location is distinct from a.location as is_elsewhere`.execute(
    visit.db,
  );
  await recordAll(
    visit,
    rows.map(({ id, is_new, is_later, is_elsewhere }) => ({
      what: is_new ? ('session-published' as const) : ('session-changed' as const),
      edition,
      session: id,
      ...(!is_new && { details: { differences: [...(is_later ? ['time'] : []), ...(is_elsewhere ? ['place'] : [])] } }),
    })),
  );
}
