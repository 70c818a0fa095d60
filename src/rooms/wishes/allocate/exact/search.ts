// A draw with a floor for the worst-off, for sessions that overlap in any way: prices, negotiation, handing on.
import type { Allocation, Instance, Seed } from '../instance.ts';
import { scaled } from '../scale.ts';
import { drawn, turnOrder } from '../turns.ts';
import { bundlesOf, reachOf, type Bundles, type Worth } from './bundle.ts';
import { negotiate } from './negotiate.ts';
import { pricesOf, type Prices } from './prices.ts';
import { limitsOf, type Limits } from './limits.ts';
import { seatingOf } from './seating.ts';

/** What is looked for: everybody at least this part of their own best, when that can be. */
export const floorPart = 0.6;

/** A first session outweighs a second, a second a third, and a third what anybody could be below the floor. */
const tiers = [0, 3, 5, 6] as const;
const shortfall = { once: 0.3, each: 1 };
/** A floor may take this part of the total, and no more. */
const mostLoss = 0.05;

const rounds = { free: 100, floored: 30, improve: 12 };
/** How many floors are tried where the highest cannot be; fewer with so many wishes that each takes a while. */
const attempts = { usual: 5, large: 3, from: 50_000 };

/** Everything that is known of an instance before anything is given. */
export interface Ground {
  readonly instance: Instance;
  /** Per wish its scaled value, with a millionth at most added by the seed, so that equals have turns. */
  readonly value: Float64Array;
  readonly bundles: Bundles;
  readonly limits: Limits;
  readonly order: Int32Array;
  /** Per person the value of their best set if nobody else were there. */
  readonly best: Float64Array;
  /** What one session in a best set is worth, about. */
  readonly unit: number;
  /** Per person how many sessions they can come to, up to three, with what they have. */
  readonly reach: Uint8Array;
}

export function groundOf(instance: Instance, seed: Seed): Ground {
  const value = Float64Array.from(scaled(instance), (one, wish) => one * (1 + 1e-6 * (drawn(seed, wish, equals) / 2 ** 32)));
  const bundles = bundlesOf(instance, value);
  const best = new Float64Array(instance.people);
  let [sum, count] = [0, 0];
  for (let person = 0; person < instance.people; person++) {
    count += bundles.pick(person, null, () => 0);
    best[person] = bundles.net();
    sum += best[person]!;
  }
  return {
    instance,
    value,
    bundles,
    limits: limitsOf(instance),
    order: turnOrder(seed, instance.people),
    best,
    unit: sum / Math.max(1, count),
    reach: reachOf(instance, value),
  };
}
const equals = 0x65717561;

/**
 * A good allocation, with as few as possible below three sessions, then with a floor for the worst-off (up to `floorPart` of
 * their own best, as high as was found possible for everybody), and a bound on the total of any allocation at all.
 * Deterministic for a seed; about half a second for a thousand people who each wish twenty of a hundred sessions.
 */
export function search(ground: Ground, onProgress: (part: number) => void = () => {}): Allocation {
  const { instance, bundles, limits, best } = ground;
  const { people, items } = instance;
  const slack = 0.05 * best.reduce((sum, one) => sum + one, 0);
  const free = pricesOf({ people, bundles, limits, worth: null, start: new Float64Array(limits.size), rounds: rounds.free, slack });
  onProgress(0.3);
  const most = instance.wishItem.length < attempts.from ? attempts.usual : attempts.large;
  const attempt = (part: number, tries: number): Found =>
    seated(ground, worthFrom(ground, part), free, (done) => onProgress(0.3 + (0.7 * (tries + done)) / most));
  const found = withHighestFloor(attempt, most, free.bound);
  onProgress(1);
  return {
    given: found.given,
    price: free.price.slice(0, items).map((price, item) => (found.taken[item]! >= limits.places[item]! ? price : 0)),
    method: 'auction',
    bound: free.bound,
  };
}

/** Halves where the highest floor must lie that everybody can have; what brought the worst-off most stays. */
function withHighestFloor(attempt: (floor: number, tries: number) => Found, most: number, bound: number): Found {
  const first = attempt(floorPart, 0);
  if (first.worstOff >= floorPart - 1e-6 && first.total >= (1 - mostLoss) * bound) return first;
  const without = attempt(0, 1);
  const isAllowed = ({ total }: Found): boolean => total >= (1 - mostLoss) * without.total;
  let found = [first, without].filter(isAllowed).reduce(better);
  let [low, high] = [0, floorPart];
  for (let tries = 2; tries < most; tries++) {
    const floor = (low + high) / 2;
    const next = attempt(floor, tries);
    if (isAllowed(next)) found = better(found, next);
    if (isAllowed(next) && next.worstOff >= floor - 1e-6) low = floor;
    else high = floor;
  }
  return found;
}

const better = (one: Found, other: Found): Found => {
  const by = one.sessions - other.sessions || Math.round(100 * (one.worstOff - other.worstOff)) || one.total - other.total;
  return by >= 0 ? one : other;
};

interface Found {
  readonly given: Uint8Array;
  readonly taken: Float64Array;
  /** First, second and third sessions, in their weights. */
  readonly sessions: number;
  readonly worstOff: number;
  readonly total: number;
}

function seated(ground: Ground, worth: Worth, free: Prices, onProgress: (part: number) => void): Found {
  const { instance, value, bundles, limits, order, unit } = ground;
  const { people } = instance;
  const floored = pricesOf({ people, bundles, limits, worth, start: free.price, rounds: rounds.floored, slack: 0.02 * free.bound });
  onProgress(0.3);
  const asked = negotiate({ people, bundles, limits, worth, price: floored.price, order, unit });
  onProgress(0.8);
  const seating = seatingOf(instance, value, worth, bundles, limits);
  for (const person of order) seating.seat(person, asked[person]!);
  for (let round = 0; round < rounds.improve && seating.improve(order) > 0; round++);
  onProgress(1);
  return foundIn(ground, seating.given, seating.taken);
}

function foundIn({ instance, value, best, reach }: Ground, given: Uint8Array, taken: Float64Array): Found {
  const { people, wishStart, has } = instance;
  let [sessions, worstOff, total] = [0, 1, 0];
  for (let person = 0; person < people; person++) {
    let [count, own] = [has[person]!, 0];
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) {
      if (given[wish] === 0) continue;
      count++;
      own += value[wish]!;
    }
    sessions += tiers[Math.min(reach[person]!, count) as 0 | 1 | 2 | 3];
    if (best[person]! > 0) worstOff = Math.min(worstOff, own / best[person]!);
    total += own;
  }
  return { given, taken, sessions, worstOff, total };
}

/** What counts besides values, with everybody's floor at this part of their own best. */
function worthFrom({ best, reach, unit }: Ground, part: number): Worth {
  return {
    tiers,
    reach,
    floor: best.map((one) => part * one - 1e-9),
    once: shortfall.once * unit,
    slope: best.map((one) => (one > 0 ? shortfall.each / one : 0)),
  };
}
