// Prices at which as many people ask for every session as it has places.
import { ask, cost, leeways, newDesk, total, type Aims, type Desk } from './demand.ts';
import type { Market } from './market.ts';

/** Steps in which the window around a price is cut; above the last stands whoever would pay more than the window shows. */
const steps = 64;

/** One count: how many of the first people would still ask for each column at every step of a window around its price. */
export interface Count {
  readonly people: number;
  /** Half the width of the window. */
  readonly reach: number;
  readonly price: Float64Array;
  readonly aims: Aims;
}

/** Counts people from..to into `tally` (columns x (steps + 1)); whole numbers, so that threads in any order give the same. */
export function tallyBids(market: Market, { price, aims, reach }: Count, from: number, to: number, tally: Int32Array, desk: Desk): void {
  const { start, item, shareStart, share } = market;
  const scale = steps / (2 * reach);
  const hasShares = shareStart.length > 0;
  for (let t = from; t < to; t++) {
    cost(market, price, t, desk);
    ask(market, aims, market.value, t, desk);
    leeways(market, aims.bonus, t, -reach, desk);
    const first = start[t]!;
    const count = start[t + 1]! - first;
    for (let i = 0; i < count; i++) {
      const at = (desk.leeway[i]! + reach) * scale;
      if (!(at >= 0)) continue;
      const step = at < steps ? at | 0 : steps;
      tally[item[first + i]! * (steps + 1) + step]!++;
      if (shareStart.length > 0) for (let s = shareStart[first + i]!; s < shareStart[first + i + 1]!; s++) tally[share[s]! * (steps + 1) + step]!++;
    }
  }
}

export const newTally = ({ columns }: Market): Int32Array => new Int32Array(columns * (steps + 1));

/** Whoever reckons over everybody: one thread alone, or several that each take some of the people. */
export interface Crew {
  /** Adds the bids of the first people to `tally`. */
  readonly tally: (count: Count, tally: Int32Array) => void;
  /** What everybody's best bundle brings at these prices, without bonus, summed. */
  readonly worth: (price: Float64Array) => number;
}

export const crewOfOne = (market: Market): Crew => {
  const desk = newDesk(market);
  return {
    tally: (count, tally) => tallyBids(market, count, 0, count.people, tally, desk),
    worth: (price) => {
      const sums = new Float64Array(blocksOf(market));
      for (let number = 0; number < sums.length; number++) sums[number] = worthOfBlock(market, price, number, desk);
      return sums.reduce((sum, one) => sum + one, 0);
    },
  };
};

const block = 4096;
export const blocksOf = ({ people }: Market): number => Math.ceil(people / block);

/** Summed block by block, so that the last digit does not depend on how many threads there are. */
export function worthOfBlock(market: Market, price: Float64Array, number: number, desk: Desk): number {
  let sum = 0;
  for (let t = number * block; t < Math.min(market.people, (number + 1) * block); t++) {
    cost(market, price, t, desk);
    ask(market, total, market.plain, t, desk);
    sum += desk.atMost;
  }
  return sum;
}

/**
 * No allocation has a higher total of scaled value: what the places cost at these prices, whichever they are, and what
 * everybody's best bundle brings beyond it (Lagrange's dual; Geoffrion, Mathematical Programming Study 2, 1974).
 */
export function boundAt(market: Market, price: Float64Array, crew: Crew): number {
  const places = price.reduce((sum, one, column) => sum + one * market.places[column]!, 0);
  return places + crew.worth(price);
}

/** The first sample; each next one is about four times as large. */
export const firstSample = 8_000;
export const passes = { first: 60, between: 8, all: 3 };
/** Prices that move less than this on average stand still: a thousandth of what a seat is worth, for a sample some more. */
const settled = { sample: 5e-4, all: 1e-4 };
const finest = 2e-4;

/**
 * Moves `price` (per column, in scaled value) to where demand meets the places, by tatonnement: everybody's bids are counted
 * around the present prices, and every price moves to where its own column clears while the others stay. Sessions are
 * substitutes, so from below this only rises, to the least prices of Kelso and Crawford (Econometrica 50, 1982); each round
 * does in one sweep what their auction does in many bids. Samples come first: their prices are nearly right for all.
 */
export function findPrices(
  market: Market,
  aims: Aims,
  price: Float64Array,
  crew: Crew,
  samples: readonly number[],
  onPass: (part: number) => void = () => {},
): void {
  const tally = newTally(market);
  let reach = 0.25;
  samples.forEach((people, level) => {
    const most = people <= firstSample ? passes.first : people < market.people ? passes.between : passes.all;
    for (let pass = 0; pass < most; pass++) {
      tally.fill(0);
      crew.tally({ people, reach, price, aims }, tally);
      const { mean, largest } = move(market, people, reach, price, tally);
      if (mean < (people < market.people ? settled.sample : settled.all)) break;
      reach = largest >= reach ? Math.min(reach * 2, 1) : Math.max(2 * largest, finest);
    }
    reach = Math.max(reach, 0.02);
    onPass((level + 1) / samples.length);
  });
}

/** Ever larger samples of the people, until it is everybody. */
export function samplesOf({ people }: Market): number[] {
  const samples = [people];
  while (samples[0]! > firstSample) samples.unshift(Math.max(firstSample, Math.ceil(samples[0]! / 4)));
  return samples;
}

function move(market: Market, people: number, reach: number, price: Float64Array, tally: Int32Array): { mean: number; largest: number } {
  let squares = 0;
  let largest = 0;
  for (let column = 0; column < market.columns; column++) {
    const next = Math.max(0, price[column]! + moveOf(tally, column, (market.places[column]! * people) / market.people, reach));
    const moved = Math.abs(next - price[column]!);
    squares += moved * moved;
    largest = Math.max(largest, moved);
    price[column] = next;
  }
  return { mean: Math.sqrt(squares / market.columns), largest };
}

/** How far a column's price should move so that `places` ask for it while all others stay, -reach..reach. */
function moveOf(tally: Int32Array, column: number, places: number, reach: number): number {
  const base = column * (steps + 1);
  let above = tally[base + steps]!;
  if (above >= places) return reach;
  for (let step = steps - 1; step >= 0; step--) {
    const here = tally[base + step]!;
    if (above + here >= places) return reach * ((2 * (step + 1 - (places - above) / here)) / steps - 1);
    above += here;
  }
  return -reach;
}
