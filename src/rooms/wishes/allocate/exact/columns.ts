// Every set of sessions that somebody could get, for draws that are small enough to look at them all.
import { clashTest } from './bundle.ts';
import type { Ground } from './search.ts';

export interface Column {
  readonly person: number;
  readonly wishes: readonly number[];
  /** The sum of the scaled values. */
  readonly value: number;
  /** The value as a part of this person's best. */
  readonly share: number;
  /** How many sessions they then have, as far as that counts: three at most, and no more than they can come to. */
  readonly tier: number;
}

/** All sets of everybody, the empty one too; null when there are more than `most`. */
export function everyColumn({ instance, value, best, reach }: Ground, most: number): Column[] | null {
  const { people, wishStart, wishItem, wanted, has } = instance;
  const clashes = clashTest(instance);
  const columns: Column[] = [];
  const add = (person: number, wishes: readonly number[], sum: number): void => {
    const share = best[person]! > 0 ? sum / best[person]! : 1;
    columns.push({ person, wishes, value: sum, share, tier: Math.min(reach[person]!, has[person]! + wishes.length) });
    if (wishes.length === wanted[person]) return;
    for (let wish = wishes.length > 0 ? wishes.at(-1)! + 1 : wishStart[person]!; wish < wishStart[person + 1]! && columns.length <= most; wish++) {
      if (!(value[wish]! > 0) || instance.capacity[wishItem[wish]!] === 0) continue;
      if (!wishes.some((other) => clashes(wishItem[other]!, wishItem[wish]!))) add(person, [...wishes, wish], sum + value[wish]!);
    }
  };
  for (let person = 0; person < people && columns.length <= most; person++) add(person, [], 0);
  return columns.length > most ? null : columns;
}
