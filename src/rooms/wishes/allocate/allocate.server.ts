// The one way into a draw: exact where that can be, negotiated where sessions overlap in part, an auction for the rest.
import { auction } from './auction.ts';
import { exact } from './exact.server.ts';
import { everyColumn } from './exact/columns.ts';
import { groundOf, search } from './exact/search.ts';
import type { Allocation, Instance, Seed } from './instance.ts';

/** Goes into the file of a draw: the same instance and seed give the same answer by the same engine, to the letter. */
export const engine = 'innovember-draw-1 highs-1.15.3';

export interface AllocateOptions {
  /** Told now and then which part is done, 0..1. */
  readonly onProgress?: ((part: number) => void) | undefined;
  readonly threads?: number | undefined;
}

/**
 * Gives places to people by their wishes. In order of weight: nobody with nothing while others have more than one, nobody
 * below three sessions, nobody below 60% of their own best, the highest total of scaled value; see `wayOf` for how. Never
 * more than there are places or than a share allows, never two that clash, never more than wanted. It keeps the thread it runs
 * in busy: give it one of its own.
 */
export async function allocate(instance: Instance, seed: Seed, { onProgress = () => {} }: AllocateOptions = {}): Promise<Allocation> {
  if (wayOf(instance) === 'auction') return auction(instance, seed, { onProgress });
  const ground = groundOf(instance, seed);
  const found = search(ground, (part) => onProgress(0.9 * part));
  const columns = instance.wishItem.length <= few.wishes ? everyColumn(ground, few.columns) : null;
  const proven = columns && (await exact(ground, columns));
  onProgress(1);
  return proven ? { ...found, given: proven.given, bound: Math.min(found.bound, proven.bound), method: 'exact' } : found;
}

/** So small that every set of sessions that anybody could get can be looked at. */
const few = { wishes: 2_000, columns: 4_000 };
/** So large that handing on from one to another takes too long. */
const many = { wishes: 1_000_000, items: 8_192 };

/**
 * How an instance is drawn, from the instance alone, so that a repeat goes the same way. Up to a million wishes people
 * negotiate, and with at most 4,000 sets of sessions HiGHS proves the best; beyond that there is an auction.
 */
export function wayOf({ items, wishItem }: Instance): 'search' | 'auction' {
  return wishItem.length > many.wishes || items > many.items ? 'auction' : 'search';
}
