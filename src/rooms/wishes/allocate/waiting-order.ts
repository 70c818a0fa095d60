// In which order places that come free are offered after the draw.
import type { Allocation, Instance, Seed } from './instance.ts';
import { valuesOf } from './outcome.ts';
import { byKey, turnOrder } from './turns.ts';

/** Of item i, those who wait stand at start[i] up to start[i + 1] of `person`, who is next in front. */
export interface WaitingOrder {
  readonly start: Int32Array;
  readonly person: Int32Array;
}

/**
 * Per item everybody who wished it and did not get it: who got the smallest part of their own best comes first, to a
 * millionth; among equals the earlier turn of the seed. Who has all they wanted, or something that clashes, stands there too:
 * that can change.
 */
export function waitingOrder(instance: Instance, allocation: Pick<Allocation, 'given'>, seed: Seed): WaitingOrder {
  const { value, best } = valuesOf(instance, allocation.given);
  const part = Uint32Array.from(value, (one, person) => (best[person]! > 0 ? Math.round((1_000_000 * one) / best[person]!) : 1_000_000));
  return inOrder(instance, allocation.given, byKey(turnOrder(seed, instance.people), part));
}

function inOrder({ items, wishStart, wishItem, wishWeight }: Instance, given: Uint8Array, order: Int32Array): WaitingOrder {
  const waits = (wish: number): boolean => given[wish] !== 1 && wishWeight[wish]! > 0 && wishWeight[wish]! < Infinity;
  const start = new Int32Array(items + 1);
  for (let wish = 0; wish < wishItem.length; wish++) if (waits(wish)) start[wishItem[wish]! + 1]!++;
  for (let item = 0; item < items; item++) start[item + 1]! += start[item]!;
  const person = new Int32Array(start[items]!);
  const next = start.slice();
  for (const one of order)
    for (let wish = wishStart[one]!; wish < wishStart[one + 1]!; wish++) if (waits(wish)) person[next[wishItem[wish]!]!++] = one;
  return { start, person };
}
