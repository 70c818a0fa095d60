// What each source calls its things in our words, and what came in before.
import { sql } from 'kysely';
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { Source } from './imported.ts';
import { readMapping, type Mapping } from './mapping.ts';
import { countsOf, type Counts, type ImportReport } from './report.ts';

/** By source. */
export async function mappingsOf(visit: Visit, slug: string): Promise<Readonly<Record<string, Mapping>>> {
  const { rows } = await sql<{ source: string; mapping: unknown }>`
    select m.source, m.mapping from import_mappings m join editions e on e.id = m.edition_id where e.slug = ${slug} order by m.source limit 20`.execute(
    visit.db,
  );
  return Object.fromEntries(rows.map(({ source, mapping }) => [source, readMapping(mapping)]));
}

export const keepMapping = (visit: Visit, slug: string, source: Source, mapping: Mapping): Promise<void> =>
  atOnce(visit, async (visit) => {
    const { rows } = await sql<{ edition: EditionId }>`
      insert into import_mappings (edition_id, source, mapping)
      select id, ${source}, ${JSON.stringify(mapping)} from editions where slug = ${slug}
      on conflict (edition_id, source) do update set mapping = excluded.mapping
      where import_mappings.mapping <> excluded.mapping returning edition_id as edition`.execute(visit.db);
    for (const { edition } of rows) await record(visit, { what: 'import-matched', edition });
  });

export interface EarlierImport extends Counts {
  readonly id: string;
  readonly origin: string;
  readonly source: string;
  readonly importedAt: Date;
  readonly conflicts: number;
}

export async function noteImport(visit: Visit, source: Source, origin: string, report: ImportReport): Promise<void> {
  const counts = { ...countsOf(report), conflicts: report.rows.reduce((sum, row) => sum + row.conflicts.length, 0) };
  await sql`
    insert into imports (id, edition_id, source, origin, imported_at, counts)
    select ${newId<'import'>(visit.now)}, id, ${source}, ${origin.slice(0, 300)}, ${visit.now}, ${JSON.stringify(counts)} from editions where slug = ${report.edition.slug}`.execute(
    visit.db,
  );
}

/** The newest first. */
export async function earlierImports(visit: Visit, edition: EditionId): Promise<readonly EarlierImport[]> {
  const { rows } = await sql<{
    id: string;
    origin: string;
    source: string;
    importedAt: Date;
    counts: Omit<EarlierImport, 'id' | 'origin' | 'source' | 'importedAt'>;
  }>`
    select id, origin, source, imported_at as "importedAt", counts from imports where edition_id = ${edition} order by id desc limit 20`.execute(
    visit.db,
  );
  return rows.map(({ counts, ...row }) => ({ ...row, ...counts }));
}
