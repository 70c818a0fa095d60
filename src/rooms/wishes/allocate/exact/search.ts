// A draw with a floor for the worst-off, for sessions that overlap in any way: prices, negotiation, handing on.
import type { Allocation, Instance, Seed } from '../instance.ts';
import { scaled } from '../scale.ts';
import { drawn, turnOrder } from '../turns.ts';
import { bundlesOf, reachOf, type Bundles, type Worth } from './bundle.ts';
import { negotiate } from './negotiate.ts';
import { pricesOf, type Prices } from './prices.ts';
import { roomsOf, type Rooms } from './rooms.ts';
import { seatingOf } from './seating.ts';

/** What is looked for: everybody at least this part of their own best, when that can be. */
export const floorPart = 0.6;

/** First that as many as can have one, then two, then three sessions; then the floor; then the total. */
const tiers = [0, 8, 12, 14] as const;
const shortfall = { once: 0.5, each: 2 };

const rounds = { free: 100, floored: 30, improve: 12 };

/** Everything that is known of an instance before anything is given. */
export interface Ground {
  readonly instance: Instance;
  /** Per wish its scaled value, with a millionth at most added by the seed, so that equals have turns. */
  readonly value: Float64Array;
  readonly bundles: Bundles;
  readonly rooms: Rooms;
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
    rooms: roomsOf(instance),
    order: turnOrder(seed, instance.people),
    best,
    unit: sum / Math.max(1, count),
    reach: reachOf(instance, value),
  };
}
const equals = 0x65717561;

/**
 * A good allocation with nobody below the guarantees or `floorPart` where that was found possible, and a bound on the total of
 * any allocation at all. Deterministic for a seed; about a second for a thousand people who each wish twenty of a hundred
 * sessions.
 */
export function search(ground: Ground, onProgress: (part: number) => void = () => {}): Allocation {
  const { instance, bundles, rooms } = ground;
  const { people, items } = instance;
  const free = pricesOf({
    people,
    bundles,
    rooms,
    worth: null,
    start: new Float64Array(rooms.size),
    rounds: rounds.free,
    slack: 0.05 * ground.best.reduce((sum, one) => sum + one, 0),
  });
  onProgress(0.3);
  const worth = worthFrom(ground, floorPart);
  const given = seated(ground, worth, free, onProgress);
  return {
    given: given.given,
    price: free.price.slice(0, items).map((price, item) => (given.taken[item]! >= rooms.places[item]! ? price : 0)),
    method: 'auction',
    bound: free.bound,
  };
}

function seated(ground: Ground, worth: Worth, free: Prices, onProgress: (part: number) => void) {
  const { instance, value, bundles, rooms, order } = ground;
  const { people } = instance;
  const floored = pricesOf({ people, bundles, rooms, worth, start: free.price, rounds: rounds.floored, slack: 0.02 * free.bound });
  onProgress(0.5);
  const asked = negotiate({ people, bundles, rooms, worth, price: floored.price, order, unit: ground.unit });
  onProgress(0.8);
  const seating = seatingOf(instance, value, worth, bundles, rooms);
  for (const person of order) seating.seat(person, asked[person]!);
  for (let round = 0; round < rounds.improve && seating.improve(order) > 0; round++) onProgress(0.8 + (0.2 * round) / rounds.improve);
  onProgress(1);
  return seating;
}

/** What counts besides values, with everybody's floor at this part of their own best. */
export function worthFrom({ best, reach }: Ground, part: number): Worth {
  return { tiers, reach, shortfall, floor: best.map((one) => part * one - 1e-9) };
}
