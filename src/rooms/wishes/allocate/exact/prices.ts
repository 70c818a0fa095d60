// What a place would have to cost so that as many ask for it as there are: Lagrange's multipliers of the places.
import type { Bundles, Worth } from './bundle.ts';
import type { Limits } from './limits.ts';

export interface Prices {
  /** Per limit, in scaled value. */
  readonly price: Float64Array;
  /** No allocation has a higher worth in total. */
  readonly bound: number;
}

export interface Asking {
  readonly people: number;
  readonly bundles: Bundles;
  readonly limits: Limits;
  /** What else counts besides the values; null is nothing. */
  readonly worth: Worth | null;
  readonly start: Float64Array;
  readonly rounds: number;
  /** How far below the dual the best is thought to be: the length of the first steps. */
  readonly slack: number;
}

/** Rounds without a lower dual before the steps become half as long. */
const patience = 5;

/**
 * Lowers the dual (for any prices, what everybody keeps at best plus what all places cost is a bound on the total) by
 * subgradient steps (Held, Wolfe and Crowder 1974): what too many ask for becomes dearer, what is left over cheaper.
 */
export function pricesOf({ people, bundles, limits, worth, start, rounds, slack }: Asking): Prices {
  const { size, places } = limits;
  const price = start.slice();
  const best = start.slice();
  const excess = new Float64Array(size);
  const direction = new Float64Array(size);
  let [bound, step, since] = [Infinity, slack, 0];
  for (let round = 0; round < rounds; round++) {
    let dual = 0;
    for (let limit = 0; limit < size; limit++) {
      dual += price[limit]! * places[limit]!;
      excess[limit] = -places[limit]!;
    }
    for (let person = 0; person < people; person++) {
      const count = bundles.pick(person, worth, (wish) => limits.sum(wish, price));
      dual += bundles.above();
      for (let at = 0; at < count; at++) limits.add(bundles.chosen[at]!, excess, 1);
    }
    since = dual < bound - 1e-4 * slack ? 0 : since + 1;
    if (dual < bound) {
      bound = dual;
      best.set(price);
    }
    if (since === patience) {
      step /= 2;
      since = 0;
      price.set(best);
    }
    const length = turn(direction, excess, price);
    if (length === 0) break;
    for (let limit = 0; limit < size; limit++) price[limit] = Math.max(0, price[limit]! + (step / length) * direction[limit]!);
  }
  return { price: best, bound };
}

/** Part of the direction before stays, which dampens swinging to and fro; nothing becomes cheaper than nothing. */
function turn(direction: Float64Array, excess: Float64Array, price: Float64Array): number {
  let length = 0;
  for (let limit = 0; limit < direction.length; limit++) {
    const to = 0.7 * excess[limit]! + 0.3 * direction[limit]!;
    direction[limit] = price[limit] === 0 && to < 0 ? 0 : to;
    length += direction[limit]! ** 2;
  }
  return length;
}
