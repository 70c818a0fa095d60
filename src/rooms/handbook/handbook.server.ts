// The door of the handbook: how far an edition is, seen from what is really there.
import { sql } from 'kysely';
import type { EditionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import { deeds, type Deed } from './chapter.ts';

/** What of an edition is done, in one look over all rooms: it only reads, and says yes or no of each. */
export async function doneIn(visit: Visit, { id, slug }: { readonly id: EditionId; readonly slug: string }): Promise<ReadonlySet<Deed>> {
  const { rows } = await sql<Record<Deed, boolean>>`
    select
      exists (select from themes where edition_id = ${id}) as themes,
      exists (select from roles where role = 'team' and scope = ${slug}) as team,
      exists (select from roles where role = 'manager') as organisations,
      exists (select from calls where edition_id = ${id} and opens_at <= ${visit.now}) as "call-open",
      exists (select from proposals p join sessions s on s.id = p.session_id where s.edition_id = ${id} and p.submitted_at is not null) as proposals,
      exists (select from calls where edition_id = ${id} and closes_at <= ${visit.now}) as "call-closed",
      exists (select from proposals p join sessions s on s.id = p.session_id where s.edition_id = ${id} and p.decided_at is not null)
        and not exists (select from proposals p join sessions s on s.id = p.session_id
          where s.edition_id = ${id} and s.state = 'submitted' and p.decided_at is null and p.withdrawn_at is null) as decided,
      exists (select from proposals p join sessions s on s.id = p.session_id where s.edition_id = ${id} and p.released_at is not null) as "told-proposers",
      exists (select from venues where edition_id = ${id} and removed_at is null) as venues,
      exists (select from placements where edition_id = ${id} and starts_at is not null)
        and not exists (select from sessions s left join placements p on p.session_id = s.id
          where s.edition_id = ${id} and s.state = 'accepted' and p.starts_at is null and s.starts_at is null) as placed,
      exists (select from releases where edition_id = ${id}) as released,
      exists (select from sessions where edition_id = ${id} and state = 'published') as published,
      exists (select from stories where edition_id = ${id} and state = 'published') as news,
      exists (select from wish_windows where edition_id = ${id}) as wishes,
      exists (select from seats t join sessions s on s.id = t.session_id where s.edition_id = ${id}) as seats,
      exists (select from seats t join sessions s on s.id = t.session_id where s.edition_id = ${id} and t.checked_in_at is not null) as came,
      exists (select from journal where edition_id = ${id} and what = 'goals-changed') as goals,
      exists (select from editions where id = ${id} and closed_at is not null) as closed`.execute(visit.db);
  return new Set(deeds.filter((deed) => rows[0]?.[deed]));
}
