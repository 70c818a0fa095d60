// The words of a team that a next edition begins with.
import { sql } from 'kysely';
import { newId } from '#ground/chance.server.ts';
import type { EditionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';

type Of = { readonly id: EditionId };

/** Copies the templates of letters that hold now. */
export async function copyLetters(visit: Visit, from: Of, to: Of): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from letter_templates where edition_id = ${from.id} and body is not null order by id limit 200`.execute(visit.db);
  for (const { id } of rows) {
    await sql`
      insert into letter_templates (id, edition_id, kind, language, subject, body, changed_at, changed_by)
      select ${newId<'letter template'>(visit.now)}, ${to.id}, kind, language, subject, body, ${visit.now}, ${visit.person?.id ?? null}
      from letter_templates where id = ${id}`.execute(visit.db);
  }
}
