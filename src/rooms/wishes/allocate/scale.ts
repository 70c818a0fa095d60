// Everybody's wishes weigh the same together, so that shouting does not pay.
import type { Instance } from './instance.ts';

/**
 * Per wish its scaled value: its weight as a part of all that this person wished, so that everybody's wishes sum to 1.
 * Who multiplies all weights gains nothing, and who raises some lowers the others. A weight that is no finite number above 0
 * is no wish: its value is 0, and the draw never grants it. Of two ways into one session the heaviest counts: who would take
 * either, and so stands in nobody's way, has as much for their other wishes as who would not.
 */
export function scaled(instance: Pick<Instance, 'people' | 'wishStart' | 'wishItem' | 'wishWeight' | 'session'>): Float32Array {
  const { people, wishStart, wishWeight } = instance;
  const value = new Float32Array(wishWeight.length);
  for (let person = 0; person < people; person++) {
    let total = 0;
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) total += adds(instance, wishStart[person]!, wish);
    if (total === 0) continue;
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) value[wish] = usable(wishWeight[wish]!) / total;
  }
  return value;
}

/** By how much a wish raises the total, after those of the same person before it. */
function adds({ session, wishItem, wishWeight }: Pick<Instance, 'session' | 'wishItem' | 'wishWeight'>, from: number, wish: number): number {
  const weight = usable(wishWeight[wish]!);
  if (session === undefined) return weight;
  let counted = 0;
  for (let earlier = from; earlier < wish; earlier++)
    if (session[wishItem[earlier]!] === session[wishItem[wish]!]) counted = Math.max(counted, usable(wishWeight[earlier]!));
  return Math.max(0, weight - counted);
}

const usable = (weight: number): number => (weight > 0 && weight < Infinity ? weight : 0);
