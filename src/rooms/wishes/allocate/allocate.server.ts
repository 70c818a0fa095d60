// The one way into a draw: exact where that can be, negotiated where sessions overlap in part, an auction for the rest.
import { auctionInThreads } from './auction-threads.server.ts';
import { exact } from './exact.server.ts';
import { everyColumn } from './exact/columns.ts';
import { groundOf, search } from './exact/search.ts';
import type { Allocation, Instance, Seed } from './instance.ts';

/** Goes into the file of a draw: the same instance and seed give the same answer by the same engine, to the letter. */
export const engine = 'innovember-draw-1 highs-1.15.3';

export interface AllocateOptions {
  /** Told now and then which part is done, 0..1. */
  readonly onProgress?: ((part: number) => void) | undefined;
  /** Of the auction; the answer does not depend on it. */
  readonly threads?: number | undefined;
}

/**
 * Gives places to people by their wishes. In order of weight: nobody with nothing while others have more than one, nobody
 * below three sessions, nobody below 60% of their own best (or as high as can be found for everybody), the highest total of
 * scaled value. Never more than there are places or than a share allows, never two that clash, never more than wanted.
 * `wayOf` says how; all but the auction keep the thread busy that asks: give it one of its own. Seconds up to 50,000 wishes,
 * minutes up to half a million.
 */
export async function allocate(instance: Instance, seed: Seed, { onProgress = () => {}, threads = 2 }: AllocateOptions = {}): Promise<Allocation> {
  if (wayOf(instance) === 'auction') return auctionInThreads(instance, seed, { onProgress, threads });
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
const many = { wishes: 500_000, items: 8_192 };

/**
 * How an instance is drawn, from the instance alone, so that a repeat goes the same way: up to half a million wishes people
 * negotiate, and with at most 4,000 sets of sessions HiGHS proves the best; beyond that there is an auction.
 */
export function wayOf({ items, wishItem }: Pick<Instance, 'items' | 'wishItem'>): 'negotiation' | 'auction' {
  return wishItem.length > many.wishes || items > many.items ? 'auction' : 'negotiation';
}
