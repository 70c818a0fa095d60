// What an edition says, kept in memory until its version in the database goes up.
import type { Kysely } from 'kysely';
import type { EditionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import { seesInternal, type Visit } from '#ground/visit.ts';

type Load<T> = (db: Kysely<DB>, edition: EditionId, internal: boolean) => Promise<T>;
const mostKept = 20;

/** A memory of what `load` said of each edition; what internal readers may see is kept apart from what everybody may. */
export function memory<T>(load: Load<T>): (visit: Visit, edition: EditionId, version: number) => Promise<T> {
  const memories = new WeakMap<Kysely<DB>, Map<string, { readonly version: number; readonly said: Promise<T> }>>();
  return (visit, edition, version) => {
    const internal = seesInternal(visit);
    // Inside a transaction the database may say something that others do not see yet: nothing of it is kept.
    if (visit.db.isTransaction) return load(visit.db, edition, internal);
    const kept = memories.get(visit.db) ?? new Map<string, { version: number; said: Promise<T> }>();
    memories.set(visit.db, kept);
    const key = `${edition} ${internal}`;
    const known = kept.get(key);
    if (known && known.version === version) return known.said;
    const said = load(visit.db, edition, internal);
    kept.delete(key);
    kept.set(key, { version, said });
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    said.catch(() => kept.delete(key));
    return said;
  };
}
