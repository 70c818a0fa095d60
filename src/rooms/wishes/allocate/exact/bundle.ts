// The best set of sessions for one person, given what each of them costs.
import type { Instance } from '../instance.ts';

/** What a set of sessions is worth to somebody besides the sum of its values. */
export interface Worth {
  /** Added for having none, one, two, three or more sessions; rising, and rising less and less. */
  readonly tiers: readonly [number, number, number, number];
  /** Per person how many sessions they can come to, up to three; more than that earn nothing. */
  readonly reach: Uint8Array;
  /** Per person the scaled value that they should not be below. */
  readonly floor: Float64Array;
  /** Taken off below the floor: once, and per person for every unit of scaled value that is missing. */
  readonly once: number;
  readonly slope: Float64Array;
}

export interface Bundles {
  /**
   * Finds the set of person's wishes with the highest worth minus cost; `cost` is asked once a wish, Infinity leaves it out.
   * Answers how many there are in `chosen`, which the next call overwrites; `net` says the worth minus the cost.
   */
  readonly pick: (person: number, worth: Worth | null, cost: (wish: number) => number) => number;
  readonly chosen: Int32Array;
  readonly net: () => number;
  /** Not below the net of any set: equal to it unless the search was cut off. */
  readonly above: () => number;
  /** The worth of a number of sessions with a sum of scaled values. */
  readonly worthOf: (person: number, worth: Worth, count: number, value: number) => number;
}

/** A search is cut off after so many steps: only somebody with many wishes of about equal value and price comes near. */
const mostSteps = 4_000;

/**
 * Depth-first over a person's wishes, dearest net value first, bounded by the best nets that are left. Scratch space is made
 * once; one caller at a time.
 */
export function bundlesOf(instance: Instance, value: ArrayLike<number>): Bundles {
  const { wishStart, wishItem, wanted, has } = instance;
  const clashes = clashTest(instance);
  const longest = longestList(instance);
  const net = new Float64Array(longest);
  const netSum = new Float64Array(longest + 1);
  const grossTop = new Float64Array(longest + 1);
  /** Everybody's wishes from dear to cheap as they were last time, which is nearly right the next. */
  const rank = fallingRank(instance, value);
  /** The same by value alone. */
  const byValue = rank.slice();
  let first = 0;
  const path = new Int32Array(256);
  const best = new Int32Array(256);
  const chosen = new Int32Array(256);
  let [count, most, steps, bestLength] = [0, 0, 0, 0];
  let [bestNet, ceiling] = [0, 0];
  let [already, reachable, floor, slope, base] = [0, 0, 0, 0, 0];
  let extra: Worth | null = null;

  const tier = (number: number): number => (extra === null ? base : extra.tiers[Math.min(reachable, already + number) as 0 | 1 | 2 | 3]);
  const below = (sum: number): number => (extra === null || sum >= floor ? 0 : extra.once + slope * (floor - sum));

  /** The most that more of the wishes from `next` on can bring, as if none of those clashed. */
  const boundOf = (next: number, length: number, sum: number, total: number): number => {
    const left = Math.min(most - length, count - next);
    if (extra === null) return base + sum + netSum[next + left]! - netSum[next]!;
    let bound = -Infinity;
    for (let more = 1; more <= left; more++)
      bound = Math.max(bound, sum + netSum[next + more]! - netSum[next]! + tier(length + more) - below(total + grossTop[more]!));
    return bound;
  };

  const search = (from: number, length: number, sum: number, total: number): void => {
    const here = sum + tier(length) - below(total);
    if (here > bestNet + tiny) {
      bestNet = here;
      bestLength = length;
      for (let at = 0; at < length; at++) best[at] = path[at]!;
    }
    const left = most - length;
    if (left === 0) return;
    for (let next = from; next < count; next++) {
      const bound = boundOf(next, length, sum, total);
      if (bound <= bestNet + tiny) return;
      if (++steps > mostSteps) {
        ceiling = Math.max(ceiling, bound);
        return;
      }
      const of = wishItem[rank[first + next]!]!;
      let fits = true;
      for (let at = 0; at < length && fits; at++) fits = !clashes(wishItem[rank[first + path[at]!]!]!, of);
      if (!fits) continue;
      path[length] = next;
      search(next + 1, length + 1, sum + net[next]!, total + value[rank[first + next]!]!);
    }
  };

  const pick = (person: number, worth: Worth | null, cost: (wish: number) => number): number => {
    extra = worth !== null && (has[person]! < worth.reach[person]! || worth.floor[person]! > 0) ? worth : null;
    already = has[person]!;
    // Who can come to no more sessions, and has no floor, looks at values alone.
    base = worth === null ? 0 : worth.tiers[Math.min(worth.reach[person]!, already) as 0 | 1 | 2 | 3];
    reachable = worth === null ? 0 : worth.reach[person]!;
    floor = worth === null ? 0 : worth.floor[person]!;
    slope = worth === null ? 0 : worth.slope[person]!;
    first = wishStart[person]!;
    const all = wishStart[person + 1]! - first;
    const least = extra === null ? 0 : -Infinity;
    count = 0;
    for (let at = 0; at < all; at++) {
      const wish = rank[first + at]!;
      const netHere = value[wish]! > 0 ? value[wish]! - cost(wish) : -Infinity;
      let place = at;
      for (; place > 0 && net[place - 1]! < netHere; place--) {
        net[place] = net[place - 1]!;
        rank[first + place] = rank[first + place - 1]!;
      }
      net[place] = netHere;
      rank[first + place] = wish;
      if (netHere > least) count++;
    }
    most = Math.min(wanted[person]!, count);
    for (let at = 0; at < count; at++) netSum[at + 1] = netSum[at]! + net[at]!;
    if (extra !== null) for (let at = 0; at < most; at++) grossTop[at + 1] = grossTop[at]! + value[byValue[first + at]!]!;
    [steps, bestLength] = [0, 0];
    bestNet = -Infinity;
    ceiling = -Infinity;
    search(0, 0, 0, 0);
    for (let at = 0; at < bestLength; at++) chosen[at] = rank[first + best[at]!]!;
    return bestLength;
  };

  return {
    pick,
    chosen,
    net: () => bestNet,
    above: () => Math.max(bestNet, ceiling),
    worthOf: (person, worth, number, sum) =>
      sum +
      worth.tiers[Math.min(worth.reach[person]!, has[person]! + number) as 0 | 1 | 2 | 3] -
      (sum >= worth.floor[person]! ? 0 : worth.once + worth.slope[person]! * (worth.floor[person]! - sum)),
  };
}

const tiny = 1e-12;

/** How many sessions everybody can come to with what they have, up to three, whatever others get. */
export function reachOf(instance: Instance, value: ArrayLike<number>): Uint8Array {
  const { people, wishStart, wishItem, wanted, has } = instance;
  const clashes = clashTest(instance);
  const most = (open: readonly number[], needed: number): number => {
    if (needed === 0) return 0;
    let found = 0;
    for (let at = 0; at < open.length && found < needed; at++) {
      const rest = open.slice(at + 1).filter((other) => !clashes(open[at]!, other));
      found = Math.max(found, 1 + most(rest, needed - 1));
    }
    return found;
  };
  return Uint8Array.from({ length: people }, (_, person) => {
    const already = Math.min(3, has[person]!);
    const open: number[] = [];
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) if (value[wish]! > 0) open.push(wishItem[wish]!);
    return already + most(open, Math.min(3 - already, wanted[person]!));
  });
}

/** Whether two items cannot be combined, nor an item with itself: a bit a pair. */
export function clashTest({ items, clashStart, clashItem }: Instance): (a: number, b: number) => boolean {
  const width = (items + 31) >> 5;
  const bits = new Int32Array(items * width);
  for (let item = 0; item < items; item++) {
    bits[item * width + (item >> 5)]! |= 1 << (item & 31);
    for (let at = clashStart[item]!; at < clashStart[item + 1]!; at++) bits[item * width + (clashItem[at]! >> 5)]! |= 1 << (clashItem[at]! & 31);
  }
  return (a, b) => ((bits[a * width + (b >> 5)]! >>> (b & 31)) & 1) === 1;
}

function fallingRank({ people, wishStart, wishItem }: Instance, value: ArrayLike<number>): Int32Array {
  const rank = Int32Array.from(wishItem, (_, wish) => wish);
  for (let person = 0; person < people; person++)
    rank.subarray(wishStart[person], wishStart[person + 1]).sort((a, b) => value[b]! - value[a]! || a - b);
  return rank;
}

function longestList({ people, wishStart }: Instance): number {
  let longest = 0;
  for (let person = 0; person < people; person++) longest = Math.max(longest, wishStart[person + 1]! - wishStart[person]!);
  return longest;
}
