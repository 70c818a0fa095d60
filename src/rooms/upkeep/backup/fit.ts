import type { FirstLeaf } from './manifest.ts';

type Migrations = readonly FirstLeaf['migrations'][number][];

/** Why a backup cannot go into this version: made by a newer one, or by one whose tables are not ours. */
export function whyNoFit(theirs: Migrations, ours: Migrations): { readonly not: 'newer' | 'another'; readonly names: readonly string[] } | null {
  const known = new Map(ours.map(({ name, checksum }) => [name, checksum]));
  const newer = theirs.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (newer.length > 0) return { not: 'newer', names: newer };
  const changed = theirs.filter(({ name, checksum }) => known.get(name) !== checksum).map(({ name }) => name);
  return changed.length > 0 ? { not: 'another', names: changed } : null;
}
