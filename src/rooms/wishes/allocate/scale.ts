// Everybody's wishes weigh the same together, so that shouting does not pay.
import type { Instance } from './instance.ts';

/**
 * Per wish its scaled value: its weight as a part of all that this person wished, so that everybody's wishes sum to 1.
 * Who multiplies all weights gains nothing, and who raises some lowers the others. A weight that is no finite number above 0
 * is no wish: its value is 0, and the draw never grants it.
 */
export function scaled({ people, wishStart, wishWeight }: Pick<Instance, 'people' | 'wishStart' | 'wishWeight'>): Float32Array {
  const value = new Float32Array(wishWeight.length);
  for (let person = 0; person < people; person++) {
    let total = 0;
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) total += usable(wishWeight[wish]!);
    if (total === 0) continue;
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) value[wish] = usable(wishWeight[wish]!) / total;
  }
  return value;
}

const usable = (weight: number): number => (weight > 0 && weight < Infinity ? weight : 0);
