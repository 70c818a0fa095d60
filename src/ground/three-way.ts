// Two people change one thing: what only one of them changed is kept of both, and what both changed is for people to choose.

/** By field. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Merged<T extends Fields> {
  /** Everything of both; where both changed the same, what is typed now. */
  readonly fields: T;
  /** Where both changed the same field to something else. */
  readonly clashes: readonly (keyof T & string)[];
}

/** `base` is what somebody began with, `theirs` what another saved meanwhile, `mine` what they typed. */
export function mergeThreeWays<T extends Fields>(base: T, theirs: T, mine: T): Merged<T> {
  const names = Object.keys(mine) as (keyof T & string)[];
  const clashes = names.filter((name) => !same(base[name], theirs[name]) && !same(base[name], mine[name]) && !same(theirs[name], mine[name]));
  const kept = names.filter((name) => same(base[name], mine[name]));
  return { fields: { ...mine, ...Object.fromEntries(kept.map((name) => [name, theirs[name]])) }, clashes };
}

/** Whether two values say the same, whatever the order of names in a text of several languages. */
export const same = (one: unknown, other: unknown): boolean => sorted(one) === sorted(other);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? 'undefined';
