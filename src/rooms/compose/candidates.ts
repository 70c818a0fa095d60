/** Who stands for a slot: the programme to beat, and those who could be part of a better one. */
import type { Pool } from './board.ts';
import { bonus, tiers } from './objective.ts';
import { isBlocked, nextCount, pick, remember, unpick, type Search } from './path.ts';

/** Differences below this are no improvement. */
export const equal = 1e-9;

/** The programme to beat: in every slot the best that is still possible. */
export function takeBestFirst(search: Search, surprises: number, fits: number): void {
  const { asFit, asSurprise } = search.board.desk;
  let value = 0;
  const take = (worths: Float64Array, slots: number): void => {
    for (let slot = 0; slot < slots; slot++) {
      let best = -1;
      let bestWorth = -Infinity;
      for (let session = 0; session < worths.length; session++) {
        const worth = worths[session]!;
        if (!(worth > bestWorth) || isBlocked(search, session)) continue;
        best = session;
        bestWorth = worth;
      }
      if (best === -1) return;
      value += bestWorth + pick(search, best);
    }
  };
  take(asSurprise, surprises);
  const placed = search.depth;
  take(asFit, fits);
  remember(search, placed, value);
  while (search.depth > 0) unpick(search);
}

/** Keeps as candidates those that could be part of something better than the programme to beat. */
export function gatherPools(search: Search, surprises: number, fits: number): void {
  const { asFit, asSurprise } = search.board.desk;
  const bonuses = (surprises + fits) * (bonus[0] + bonus[1] + bonus[2]);
  const fitTops = topsOf(asFit, fits);
  const surpriseTops = topsOf(asSurprise, surprises);
  const needed = search.best + equal - bonuses;
  gather(search, search.board.desk.fits, asFit, fits === 0 ? Infinity : needed - sumOf(fitTops, fits - 1) - sumOf(surpriseTops, surprises));
  gather(
    search,
    search.board.desk.surprises,
    asSurprise,
    surprises === 0 ? Infinity : needed - sumOf(fitTops, fits) - sumOf(surpriseTops, surprises - 1),
  );
  countFresh(search);
}

/**
 * Puts the sessions worth at least so much into a pool, in falling worth, ties in rising number. The number of a session takes
 * the place of the last 16 of its worth's 52 binary digits, so that plain numbers can be sorted, without a comparing function;
 * what differs by less than `equal` may stand in either order.
 */
export function gather({ board }: Search, pool: Pool, worths: Float64Array, least: number): void {
  const { keys, halves } = board.desk;
  let open = 0;
  for (let session = 0; session < worths.length; session++) {
    if (!(worths[session]! >= least)) continue;
    keys[open] = tiers.filled - 1 - worths[session]!;
    halves[2 * open] = (halves[2 * open]! & ~0xffff) | (0xffff - session);
    open++;
  }
  rise(keys, open);
  pool.length = open;
  for (let at = 0; at < open; at++) {
    const session = 0xffff - (halves[2 * at]! & 0xffff);
    pool.order[at] = session;
    pool.worth[at] = worths[session]!;
  }
}

/** The most that so many slots can be worth, clashes among them ignored, in falling order. */
function topsOf(worths: Float64Array, slots: number): number[] {
  const tops: number[] = [];
  for (let slot = 0; slot < slots; slot++) tops.push(0);
  if (slots === 0) return tops;
  let least = 0;
  for (let session = 0; session < worths.length; session++) {
    const worth = worths[session]!;
    if (!(worth > least)) continue;
    let at = slots - 1;
    for (; at > 0 && tops[at - 1]! < worth; at--) tops[at] = tops[at - 1]!;
    tops[at] = worth;
    least = tops[slots - 1]!;
  }
  return tops;
}

function sumOf(tops: readonly number[], slots: number): number {
  let sum = 0;
  for (let at = 0; at < slots; at++) sum += tops[at]!;
  return sum;
}

/** How many new marks of each kind the candidates could bring, and in how many groups they stand. */
function countFresh(search: Search): void {
  const { group, marks, desk } = search.board;
  const counting = nextCount();
  search.fresh.fill(0);
  for (const { order, length } of [desk.fits, desk.surprises]) {
    for (let at = 0; at < length; at++) {
      const session = order[at]!;
      if (desk.seen[group[session]!] !== counting) search.groupsOpen++;
      desk.seen[group[session]!] = counting;
      for (let kind = 0; kind < 3; kind++) {
        const found = marks[session * 3 + kind]!;
        if (found === -1 || desk.covered[found]! > 0 || desk.met[found] === counting) continue;
        desk.met[found] = counting;
        search.fresh[kind]!++;
      }
    }
  }
}

/** Sorts the first so many; by insertion when they are few, which they mostly are. */
function rise(keys: Float64Array, count: number): void {
  if (count > 40) return void keys.subarray(0, count).sort();
  for (let next = 1; next < count; next++) {
    const key = keys[next]!;
    let at = next;
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
}
