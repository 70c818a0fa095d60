// Prices at which as many people ask for every session as it has places.
import type { Crew } from './crew.ts';
import type { Aims } from './demand.ts';
import { moveOf } from './tally.ts';

/** The first sample; each next one is about four times as large. */
export const firstSample = 8_000;
const passes = { first: 40, between: 8, all: 3 };
/** Prices that move less than this on average stand still: a thousandth of what a seat is worth, for a sample some more. */
const settled = { sample: 5e-4, all: 1e-4 };
const finest = 2e-4;

/**
 * Moves the prices on the crew's sheet to where demand meets the places, by tatonnement: everybody's bids are counted
 * around the present prices, and every price moves to where its own column clears while the others stay. Sessions are
 * substitutes, so from below this only rises, to the least prices of Kelso and Crawford (Econometrica 50, 1982); each round
 * does in one sweep what their auction does in many bids. Samples come first: their prices are nearly right for all.
 */
export function findPrices(crew: Crew, aims: Aims, samples: readonly number[], onPass: (part: number) => void = () => {}): void {
  const { market } = crew;
  let reach = 0.25;
  samples.forEach((people, level) => {
    const most = people <= firstSample ? passes.first : people < market.people ? passes.between : passes.all;
    const before = new Float64Array(market.columns);
    let stride = 1;
    for (let pass = 0; pass < most; pass++) {
      crew.run({ kind: 'tally', people, reach, aims });
      const moves = movesOf(crew, people, reach);
      const alike = likeness(moves, before);
      stride = alike > 0.7 ? Math.min(stride * 1.5, longest) : alike > 0.3 ? stride : 1;
      before.set(moves);
      const { mean, largest } = move(crew, moves, stride);
      if (mean < (people < market.people ? settled.sample : settled.all)) break;
      reach = largest >= reach ? Math.min(reach * 2, 1) : Math.max(2 * largest, finest);
    }
    reach = Math.max(reach, 0.02);
    onPass((level + 1) / samples.length);
  });
}

/** Where all prices go on in one direction, they may go faster; as many times at most. */
const longest = 12;

/** Ever larger samples of the people, until it is everybody. */
export function samplesOf(people: number): number[] {
  const samples = [people];
  while (samples[0]! > firstSample) samples.unshift(Math.max(firstSample, Math.ceil(samples[0]! / 4)));
  return samples;
}

/** How far each column would have to move to clear while the others stay. */
function movesOf({ market, sheet: { price, tally } }: Crew, people: number, reach: number): Float64Array {
  return price.map((one, column) => Math.max(-one, moveOf(tally, column, (market.places[column]! * people) / market.people, reach)));
}

/** The cosine between two directions. */
function likeness(one: Float64Array, other: Float64Array): number {
  let [both, a, b] = [0, 0, 0];
  for (let n = 0; n < one.length; n++) {
    both += one[n]! * other[n]!;
    a += one[n]! * one[n]!;
    b += other[n]! * other[n]!;
  }
  return a > 0 && b > 0 ? both / Math.sqrt(a * b) : 0;
}

function move({ sheet: { price } }: Crew, moves: Float64Array, stride: number): { mean: number; largest: number } {
  let squares = 0;
  let largest = 0;
  for (let column = 0; column < price.length; column++) {
    squares += moves[column]! * moves[column]!;
    largest = Math.max(largest, Math.abs(moves[column]!));
    price[column] = Math.max(0, price[column]! + stride * moves[column]!);
  }
  return { mean: Math.sqrt(squares / Math.max(1, price.length)), largest };
}

/**
 * No allocation has a higher total of scaled value: what the places cost at these prices, whichever they are, and what
 * everybody's best bundle brings beyond it (Lagrange's dual; Geoffrion, Mathematical Programming Study 2, 1974).
 */
export function boundNow({ market, sheet: { price, sums }, run }: Crew): number {
  run({ kind: 'worth' });
  const places = price.reduce((sum, one, column) => sum + one * market.places[column]!, 0);
  return sums.reduce((sum, one) => sum + one, places);
}
