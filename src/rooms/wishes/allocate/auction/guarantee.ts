// Nobody with nothing while others have two, nobody with one while others have three, nobody with two while others have four.
import { isFree } from './fill.ts';
import { clashes } from './market.ts';
import { insert, leave, type Seating } from './seating.ts';

/** Who comes into an item: by which wish, and by leaving which seat (-1: none, who is being helped). */
interface Step {
  readonly item: number;
  readonly by: number;
  readonly left: number;
  readonly before: Step | null;
}

/** So often a search that a share held up says nothing about the next; after that it does, so that a large draw ends. */
const mostDoubts = 1000;
const mostSteps = 20_000;

/**
 * The prices see to this for nearly everybody; here the last ones are helped, by augmenting paths (Berge 1957): somebody takes
 * a place, whose holder moves to another session, and so on to a place that is free or to somebody who has one more than the
 * tier. Of items from which no path led there is no path later either. With clashes and shares it finds most paths, not all.
 */
export function keepGuarantee(seating: Seating): void {
  for (const tier of [1, 2, 3]) {
    const isDead = new Uint8Array(seating.market.items);
    let doubts = mostDoubts;
    const mayDoubt = (): boolean => doubts-- > 0;
    for (let t = 0; t < seating.market.people; t++) while (isBelow(seating, t, tier) && help(seating, t, tier, isDead, mayDoubt));
  }
}

const countOf = ({ market, held }: Seating, t: number): number => market.has[t]! + held[t]!;
const isBelow = (seating: Seating, t: number, tier: number): boolean => countOf(seating, t) < tier && seating.held[t]! < seating.market.wanted[t]!;

function help(seating: Seating, t: number, tier: number, isDead: Uint8Array, mayDoubt: () => boolean): boolean {
  let isHeldUp = false;
  const seen = isDead.slice();
  const line = stepsOf(seating, t, -1, null, seen);
  for (let at = 0; at < Math.min(line.length, mostSteps); at++) {
    const step = line[at]!;
    if (isFree(seating, step.by)) return walk(seating, step);
    const full = fullShares(seating, step.by);
    isHeldUp ||= full.length > 0;
    for (const holder of holdersOf(seating, step, full)) {
      const other = seating.owner[holder]!;
      if (isOnPath(seating, step, other)) continue;
      if (countOf(seating, other) > tier) {
        leave(seating, holder);
        return walk(seating, step);
      }
      line.push(...stepsOf(seating, other, holder, step, seen));
    }
  }
  // Where a share stopped this one, somebody of another group may still find a way.
  if (!isHeldUp || !mayDoubt()) isDead.set(seen);
  return false;
}

/** Where turn t could go beside what they hold, but for the seat they would leave. */
function stepsOf(seating: Seating, t: number, left: number, before: Step | null, seen: Uint8Array): Step[] {
  const { market, given } = seating;
  const steps: Step[] = [];
  const [from, to] = [market.start[t]!, market.start[t + 1]!];
  for (let by = from; by < to; by++) {
    const item = market.item[by]!;
    if (given[by] === 1 || seen[item] === 1 || !(market.plain[by]! > 0)) continue;
    let goes = true;
    for (let other = from; other < to && goes; other++)
      if (given[other] === 1 && other !== left && clashes(market, item, market.item[other]!)) goes = false;
    if (!goes) continue;
    // Who is held up by a share there leaves it for somebody of another group to try.
    if (fullShares(seating, by).length === 0) seen[item] = 1;
    steps.push({ item, by, left, before });
  }
  return steps.sort((a, b) => market.plain[b.by]! - market.plain[a.by]!);
}

/** Whose seat would make room for the one who comes: anybody's, or somebody's of the groups whose share is used up. */
function holdersOf(seating: Seating, { item }: Step, full: readonly number[]): number[] {
  const { heapStart, taken, heapWish } = seating;
  const holders = [...heapWish.subarray(heapStart[item]!, heapStart[item]! + taken[item]!)];
  return full.length === 0 ? holders : holders.filter((holder) => full.every((column) => sharesOf(seating, holder).includes(column)));
}

const sharesOf = ({ market }: Seating, wish: number): number[] =>
  market.shareStart.length === 0 ? [] : [...market.share.subarray(market.shareStart[wish]!, market.shareStart[wish + 1]!)];
/** The shares of a wish that are used up. */
const fullShares = (seating: Seating, wish: number): number[] =>
  sharesOf(seating, wish).filter((column) => seating.used[column]! >= seating.market.places[column]!);

function isOnPath({ owner }: Seating, step: Step, t: number): boolean {
  for (let at: Step | null = step; at !== null; at = at.before) if (owner[at.by] === t) return true;
  return false;
}

/** From the place that came free back to who is being helped, each moves up one. */
function walk(seating: Seating, last: Step): boolean {
  for (let step: Step | null = last; step !== null; step = step.before) {
    if (step.left !== -1) leave(seating, step.left);
    insert(seating, step.item, step.by, 0);
  }
  return true;
}
