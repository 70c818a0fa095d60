// What a new edition takes along of where an earlier one was.
import { sql } from 'kysely';
import { newId } from '#ground/chance.server.ts';
import type { EditionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';

/** Copies rooms and channels that are still in use. */
export async function copyVenues(visit: Visit, from: { readonly id: EditionId }, to: { readonly id: EditionId }): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from venues where edition_id = ${from.id} and removed_at is null order by position limit 1000`.execute(visit.db);
  for (const { id } of rows) {
    await sql`
      insert into venues (id, edition_id, name, kind, capacity, address, is_step_free, position)
      select ${newId<'venue'>(visit.now)}, ${to.id}, name, kind, capacity, address, is_step_free, position from venues where id = ${id}`.execute(
      visit.db,
    );
  }
}
