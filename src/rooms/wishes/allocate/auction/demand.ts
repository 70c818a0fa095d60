// What one person asks for at given prices, and how far each price could move before they would ask otherwise.
import { clashes, unwanted, type Market } from './market.ts';

/** Paths tried before a person's search stops; what it has then is good, and its bound still holds. */
const patience = 5_000;

/** Room to think about one person at a time, used again and again. */
export interface Desk {
  /** Per wish of the person, from 0: its value, what it costs, and what it brings (value, urged or not, less cost). */
  readonly value: Float64Array;
  readonly cost: Float64Array;
  readonly surplus: Float64Array;
  /** Per wish how far its cost could move before it is left, or must to be taken; see `leeways`. */
  readonly leeway: Float64Array;
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
  value: new Float64Array(mostWishes),
  cost: new Float64Array(mostWishes),
  surplus: new Float64Array(mostWishes),
  leeway: new Float64Array(mostWishes),
  order: new Int32Array(mostWishes + 1),
  picks: new Int32Array(mostWishes),
  picked: 0,
  isPicked: new Uint8Array(mostWishes),
  worth: 0,
  atMost: 0,
  path: new Int32Array(mostWishes),
  tried: 0,
});

/** What counts beside scaled value. */
export interface Aims {
  /** The bonus of the n-th session of a person's programme stands at [n]; long enough for whoever has and wants the most. */
  readonly bonus: Float64Array;
  /** The part of their own best below which somebody's wishes count for more; 0 for nobody's. */
  readonly floor: number;
}

const bonusOf = (first: number, second: number, third: number): Float64Array => {
  const bonus = new Float64Array(513);
  bonus.set([first, second, third], 1);
  return bonus;
};

/** How many times the wishes of somebody below their floor count, tried in turn until it lifts them over it. */
const urges = [1.2, 1.45, 1.75, 2.1, 2.5, 3, 4, 5];

/** The total of scaled value alone. */
export const total: Aims = { bonus: bonusOf(0, 0, 0), floor: 0 };
/** Nobody below three while that can be: a first session outweighs a second, a second a third, and that all other wishes. */
export const guarantee: Aims = { bonus: bonusOf(6, 4, 2), floor: 0 };

/** Writes what turn t's wishes cost at these prices of items and shares. */
export function cost({ start, item, shareStart, share }: Market, price: Float64Array, t: number, desk: Desk): void {
  const from = start[t]!;
  const count = start[t + 1]! - from;
  for (let i = 0; i < count; i++) {
    let sum = price[item[from + i]!]!;
    if (shareStart.length > 0) for (let at = shareStart[from + i]!; at < shareStart[from + i + 1]!; at++) sum += price[share[at]!]!;
    desk.cost[i] = sum;
  }
}

/**
 * What the person with turn t asks for at the costs on the desk: the bundle that brings most, and while that leaves them
 * below their floor, the one that brings most when their wishes count for more.
 */
export function ask(market: Market, { bonus, floor }: Aims, values: Float32Array, t: number, desk: Desk): void {
  const from = market.start[t]!;
  const count = market.start[t + 1]! - from;
  for (let i = 0; i < count; i++) {
    desk.value[i] = values[from + i]!;
    desk.surplus[i] = desk.value[i]! - desk.cost[i]!;
  }
  choose(market, bonus, t, desk);
  if (floor === 0) return;
  const least = floor * market.best[t]!;
  for (let n = 0; n < urges.length && worthOfPicks(desk) < least; n++) {
    for (let i = 0; i < count; i++) desk.surplus[i] = urges[n]! * desk.value[i]! - desk.cost[i]!;
    choose(market, bonus, t, desk);
  }
}

/** The scaled value of the best bundle of the person with turn t if nobody else were there. */
export function bestAlone(market: Market, t: number, desk: Desk): number {
  const from = market.start[t]!;
  for (let i = 0; i < market.start[t + 1]! - from; i++) desk.surplus[i] = market.plain[from + i]!;
  choose(market, total.bonus, t, desk);
  return desk.worth;
}

/** The scaled value of what was picked. */
export function worthOfPicks({ picks, picked, value }: Desk): number {
  let sum = 0;
  for (let k = 0; k < picked; k++) sum += value[picks[k]!]!;
  return sum;
}

/**
 * The best bundle of the person with turn t at the surpluses on the desk: at most `wanted` sessions, no two that clash, the
 * highest sum of surplus and bonuses. Exact, except where very many wishes clash crosswise.
 */
export function choose(market: Market, bonus: Float64Array, t: number, desk: Desk): void {
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
function untangle(market: Market, bonus: Float64Array, from: number, count: number, most: number, had: number, desk: Desk): void {
  desk.atMost = reach(bonus, 0, count, most, had, desk);
  if (desk.atMost <= desk.worth) return;
  desk.tried = 0;
  follow(market, bonus, from, 0, count, 0, most, had, 0, desk);
  if (desk.tried <= patience) desk.atMost = desk.worth;
}

function follow(
  market: Market,
  bonus: Float64Array,
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
function reach(bonus: Float64Array, at: number, count: number, left: number, had: number, desk: Desk): number {
  let sum = 0;
  for (let i = 0; i < left && at + i < count; i++) {
    const gain = desk.surplus[desk.order[at + i]!]! + bonus[had + i + 1]!;
    if (gain <= 0) break;
    sum += gain;
  }
  return sum;
}

/**
 * Writes how much dearer each wish could become before this person leaves it (for a pick), or must become cheaper (below 0,
 * for another) before they take it, all else staying; after `choose`. With clashes it reckons with one exchange at a time.
 * What is surely below `least` may be said to be lower still.
 */
export function leeways(market: Market, bonus: Float64Array, t: number, least: number, desk: Desk): void {
  const { surplus, isPicked, leeway } = desk;
  const count = market.start[t + 1]! - market.start[t]!;
  const lost = bonus[market.has[t]! + desk.picked]!;
  const oneMore = costOfOneMore(market, bonus, t, desk);
  if (market.isTangled[t] === 0) {
    const keep = Math.min(desk.picked < count ? -surplus[desk.order[desk.picked]!]! : -unwanted, lost);
    for (let i = 0; i < count; i++) leeway[i] = surplus[i]! + (isPicked[i] === 1 ? keep : -oneMore);
    return;
  }
  for (let i = 0; i < count; i++) {
    if (isPicked[i] === 1) leeway[i] = surplus[i]! + Math.min(-bestInstead(market, t, desk, i), lost);
    else leeway[i] = surplus[i]! - oneMore < least ? unwanted : surplus[i]! - costToEnter(market, bonus, t, oneMore, desk, i);
  }
}

/** The best surplus outside the bundle that could stand in for pick i. */
function bestInstead(market: Market, t: number, desk: Desk, i: number): number {
  const from = market.start[t]!;
  const count = market.start[t + 1]! - from;
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

/** What goes at least when one more comes: nothing but the threshold, or the weakest pick. */
function costOfOneMore({ wanted, has }: Market, bonus: Float64Array, t: number, desk: Desk): number {
  const last = desk.picked > 0 ? desk.surplus[desk.picks[desk.picked - 1]!]! : Infinity;
  return desk.picked < wanted[t]! ? Math.min(last, -bonus[has[t]! + desk.picked + 1]!) : last;
}

function costToEnter(market: Market, bonus: Float64Array, t: number, oneMore: number, desk: Desk, i: number): number {
  const from = market.start[t]!;
  let cost = 0;
  let out = 0;
  for (let k = 0; k < desk.picked; k++) {
    const pick = desk.picks[k]!;
    if (!clashes(market, market.item[from + i]!, market.item[from + pick]!)) continue;
    cost += desk.surplus[pick]! + (out > 0 ? bonus[market.has[t]! + desk.picked + 1 - out]! : 0);
    out++;
  }
  return out > 0 ? cost : oneMore;
}
