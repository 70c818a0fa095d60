// What one person asks for at given prices, and how far each price could move before they would ask otherwise.
import { clashes, unwanted, type Market } from './market.ts';

/** Paths tried before a person's search stops; what it has then is good, and its bound still holds. */
const patience = 5_000;

/** Room to think about one person at a time, used again and again. */
export interface Desk {
  /** Per wish of the person, from 0: value less price. */
  readonly surplus: Float64Array;
  /** The wishes in falling surplus, as far as they were looked at. */
  readonly order: Int32Array;
  /** The best bundle, as wishes of the person from 0. */
  readonly picks: Int32Array;
  picked: number;
  /** 1 for every wish in the best bundle. */
  readonly isPicked: Uint8Array;
  /** What the bundle brings: surpluses and bonuses; no bundle brings more than `atMost`. */
  worth: number;
  atMost: number;
  readonly path: Int32Array;
  tried: number;
}

export const newDesk = ({ mostWishes }: Market): Desk => ({
  surplus: new Float64Array(mostWishes),
  order: new Int32Array(mostWishes + 1),
  picks: new Int32Array(mostWishes),
  picked: 0,
  isPicked: new Uint8Array(mostWishes),
  worth: 0,
  atMost: 0,
  path: new Int32Array(mostWishes),
  tried: 0,
});

/** The bonus of the n-th session of a person's programme stands at [n]; long enough for whoever has and wants the most. */
export type Bonus = Float64Array;

const bonusOf = (first: number, second: number, third: number): Bonus => {
  const bonus = new Float64Array(513);
  bonus.set([first, second, third], 1);
  return bonus;
};

/** Nobody below three while that can be: a first session outweighs a second, a second a third, and that all other wishes. */
export const tiers = bonusOf(3, 2, 1);
export const noBonus = bonusOf(0, 0, 0);

/** Fills the desk with what each wish of turn t brings at these prices of items and shares. */
export function weigh({ start, item, shareStart, share }: Market, values: Float32Array, price: Float64Array, t: number, desk: Desk): void {
  const from = start[t]!;
  const count = start[t + 1]! - from;
  for (let i = 0; i < count; i++) {
    let surplus = values[from + i]! - price[item[from + i]!]!;
    if (shareStart.length > 0) for (let at = shareStart[from + i]!; at < shareStart[from + i + 1]!; at++) surplus -= price[share[at]!]!;
    desk.surplus[i] = surplus;
  }
}

/**
 * The best bundle of the person with turn t at the surpluses on the desk: at most `wanted` sessions, no two that clash, the
 * highest sum of surplus and bonuses. Exact, except where very many wishes clash crosswise.
 */
export function choose(market: Market, bonus: Bonus, t: number, desk: Desk): void {
  const from = market.start[t]!;
  const count = market.start[t + 1]! - from;
  const most = Math.min(market.wanted[t]!, count);
  const had = market.has[t]!;
  const isTangled = market.isTangled[t] === 1;
  const { surplus, picks, isPicked, order } = desk;
  const looked = sortBest(surplus, count, isTangled ? count : Math.min(most + 1, count), order);
  desk.worth = 0;
  desk.picked = 0;
  let isPassed = false;
  for (let i = 0; i < count; i++) isPicked[i] = 0;
  for (let i = 0; i < looked && desk.picked < most; i++) {
    const wish = order[i]!;
    const gain = surplus[wish]! + bonus[had + desk.picked + 1]!;
    if (gain <= 0) break;
    if (isTangled && clashesWith(market, from, wish, picks, desk.picked)) {
      isPassed = true;
      continue;
    }
    picks[desk.picked++] = wish;
    desk.worth += gain;
  }
  desk.atMost = desk.worth;
  if (isPassed) untangle(market, bonus, from, looked, most, had, desk);
  for (let k = 0; k < desk.picked; k++) isPicked[picks[k]!] = 1;
}

/** The `most` largest in falling order; of equals the one that stands first. */
function sortBest(surplus: Float64Array, count: number, most: number, order: Int32Array): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const worth = surplus[i]!;
    if (kept === most && (kept === 0 || worth <= surplus[order[kept - 1]!]!)) continue;
    let at = kept < most ? kept++ : kept - 1;
    for (; at > 0 && surplus[order[at - 1]!]! < worth; at--) order[at] = order[at - 1]!;
    order[at] = i;
  }
  return kept;
}

function clashesWith(market: Market, from: number, wish: number, others: Int32Array, count: number): boolean {
  const item = market.item[from + wish]!;
  for (let k = 0; k < count; k++) if (clashes(market, item, market.item[from + others[k]!]!)) return true;
  return false;
}

/** Branch and bound over the wishes in falling surplus; the best first stands already. */
function untangle(market: Market, bonus: Bonus, from: number, count: number, most: number, had: number, desk: Desk): void {
  desk.atMost = reach(bonus, 0, count, most, had, desk);
  if (desk.atMost <= desk.worth) return;
  desk.tried = 0;
  follow(market, bonus, from, 0, count, 0, most, had, 0, desk);
  if (desk.tried <= patience) desk.atMost = desk.worth;
}

function follow(
  market: Market,
  bonus: Bonus,
  from: number,
  at: number,
  count: number,
  depth: number,
  left: number,
  had: number,
  sum: number,
  desk: Desk,
): void {
  if (sum > desk.worth) {
    desk.worth = sum;
    desk.picked = depth;
    for (let k = 0; k < depth; k++) desk.picks[k] = desk.path[k]!;
  }
  for (let i = at; i < count && left > 0; i++) {
    if (sum + reach(bonus, i, count, left, had, desk) <= desk.worth + 1e-12 || ++desk.tried > patience) return;
    const wish = desk.order[i]!;
    if (clashesWith(market, from, wish, desk.path, depth)) continue;
    desk.path[depth] = wish;
    follow(market, bonus, from, i + 1, count, depth + 1, left - 1, had + 1, sum + desk.surplus[wish]! + bonus[had + 1]!, desk);
  }
}

/** What the next few would bring if nothing clashed. */
function reach(bonus: Bonus, at: number, count: number, left: number, had: number, desk: Desk): number {
  let sum = 0;
  for (let i = 0; i < left && at + i < count; i++) {
    const gain = desk.surplus[desk.order[at + i]!]! + bonus[had + i + 1]!;
    if (gain <= 0) break;
    sum += gain;
  }
  return sum;
}

/**
 * How much dearer a wish could become before this person leaves it (for a pick), or must become cheaper (below 0, for
 * another) before they take it, all else staying; after `choose`. With clashes it reckons with one exchange at a time.
 */
export function leeway(market: Market, bonus: Bonus, t: number, desk: Desk, i: number): number {
  const held = market.has[t]! + desk.picked;
  if (desk.isPicked[i] === 1) return desk.surplus[i]! + Math.min(-bestInstead(market, t, desk, i), bonus[held]!);
  return desk.surplus[i]! - (market.isTangled[t] === 1 ? costToEnter(market, bonus, t, desk, i) : costOfOneMore(market, bonus, t, desk));
}

/** The best surplus outside the bundle that could stand in for pick i. */
function bestInstead(market: Market, t: number, desk: Desk, i: number): number {
  const from = market.start[t]!;
  const count = market.start[t + 1]! - from;
  if (market.isTangled[t] === 0) return desk.picked < count ? desk.surplus[desk.order[desk.picked]!]! : unwanted;
  for (let at = 0; at < count; at++) {
    const other = desk.order[at]!;
    if (desk.isPicked[other] === 1) continue;
    let isFree = true;
    for (let k = 0; k < desk.picked && isFree; k++) {
      const pick = desk.picks[k]!;
      if (pick !== i && clashes(market, market.item[from + other]!, market.item[from + pick]!)) isFree = false;
    }
    if (isFree) return desk.surplus[other]!;
  }
  return unwanted;
}

/** What goes when one more comes: nothing but the threshold, or the weakest pick. */
function costOfOneMore({ wanted, has }: Market, bonus: Bonus, t: number, desk: Desk): number {
  const last = desk.picked > 0 ? desk.surplus[desk.picks[desk.picked - 1]!]! : Infinity;
  return desk.picked < wanted[t]! ? Math.min(last, -bonus[has[t]! + desk.picked + 1]!) : last;
}

function costToEnter(market: Market, bonus: Bonus, t: number, desk: Desk, i: number): number {
  const from = market.start[t]!;
  let cost = 0;
  let out = 0;
  for (let k = 0; k < desk.picked; k++) {
    const pick = desk.picks[k]!;
    if (!clashes(market, market.item[from + i]!, market.item[from + pick]!)) continue;
    cost += desk.surplus[pick]! + (out > 0 ? bonus[market.has[t]! + desk.picked + 1 - out]! : 0);
    out++;
  }
  return out > 0 ? cost : costOfOneMore(market, bonus, t, desk);
}
