// Everybody's wishes weigh the same together, so that shouting does not pay.
import type { Instance } from './instance.ts';

type Wishes = Pick<Instance, 'people' | 'wishStart' | 'wishItem' | 'wishWeight' | 'session'>;

/**
 * Per wish its scaled value: its weight as a part of all that this person wished, so that everybody's wishes sum to 1.
 * Who multiplies all weights gains nothing, and who raises some lowers the others. A weight that is no finite number above 0
 * is no wish: its value is 0, and the draw never grants it. Of two ways into one session the heaviest counts: who would take
 * either, and so stands in nobody's way, has as much for their other wishes as who would not.
 */
export function scaled(wishes: Wishes): Float32Array {
  const value = new Float32Array(wishes.wishWeight.length);
  for (let person = 0; person < wishes.people; person++) scale(wishes, person, value, wishes.wishStart[person]!);
  return value;
}

/** Writes one person's scaled values to `value`, from `at` on. */
export function scale(wishes: Wishes, person: number, value: Float32Array, at: number): void {
  const { wishStart, wishWeight } = wishes;
  const from = wishStart[person]!;
  const to = wishStart[person + 1]!;
  let sum = 0;
  for (let wish = from; wish < to; wish++) sum += adds(wishes, from, wish);
  for (let wish = from; wish < to; wish++) value[at + wish - from] = sum > 0 ? usable(wishWeight[wish]!) / sum : 0;
}

/** By how much a wish raises the total, after those of the same person before it. */
function adds({ session, wishItem, wishWeight }: Wishes, from: number, wish: number): number {
  const weight = usable(wishWeight[wish]!);
  if (session === undefined) return weight;
  let counted = 0;
  for (let earlier = from; earlier < wish; earlier++)
    if (session[wishItem[earlier]!] === session[wishItem[wish]!]) counted = Math.max(counted, usable(wishWeight[earlier]!));
  return Math.max(0, weight - counted);
}

const usable = (weight: number): number => (weight > 0 && weight < Infinity ? weight : 0);
