// People choose one after another and make way for each other until no session is asked for by too many.
import type { Bundles, Worth } from './bundle.ts';
import type { Limits } from './limits.ts';

export interface Negotiation {
  readonly people: number;
  readonly bundles: Bundles;
  readonly limits: Limits;
  readonly worth: Worth;
  /** Prices at which about as many ask as there are places. */
  readonly price: Float64Array;
  /** The order in which people choose; it goes round, from another start every time. */
  readonly order: Int32Array;
  /** What one session in somebody's best set is worth, about: the measure of the charges below. */
  readonly unit: number;
}

const rounds = 80;
/** After so many rounds only those choose again who stand where it is crowded. */
const everybody = 8;
/** What standing where it is full costs at first, by what it rises each round, and how fast what stays full becomes dearer. */
const congestion = { first: 0.02, growth: 1.12, memory: 0.01 };

/**
 * Negotiated congestion (PathFinder: McMurchie and Ebeling, FPGA 1995). At fair prices whole groups of equals would still
 * run for the same places; choosing in turns, each seeing where it is crowded, they spread. Answers what everybody asks in the
 * end, as wishes; a few places may still be asked for by too many.
 */
export function negotiate({ people, bundles, limits, worth, price, order, unit }: Negotiation): number[][] {
  const { size, places } = limits;
  const chosen: number[][] = Array.from({ length: people }, () => []);
  const load = new Float64Array(size);
  const now = price.slice();
  const cost = new Float64Array(size);
  /** By how many too many ask. */
  const over = new Float64Array(size);
  const charge = (limit: number, crowding: number): void => {
    const next = load[limit]! + 1 - places[limit]!;
    over[limit] = Math.max(0, next - 1);
    cost[limit] = places[limit] === 0 ? Infinity : now[limit]! + (next > 0 ? crowding * next : 0);
  };
  let crowding = congestion.first * unit;
  for (let round = 0; round < rounds; round++) {
    for (let limit = 0; limit < size; limit++) charge(limit, crowding);
    const move = (wish: number, by: 1 | -1): void => {
      limits.add(wish, load, by);
      limits.each(wish, (limit) => charge(limit, crowding));
    };
    const isCrowded = (wish: number): boolean => limits.sum(wish, over) > 0;
    for (let turn = 0; turn < people; turn++) {
      const person = order[(turn + round * 7919) % people]!;
      if (round >= everybody && !chosen[person]!.some(isCrowded)) continue;
      for (const wish of chosen[person]!) move(wish, -1);
      const count = bundles.pick(person, worth, (wish) => limits.sum(wish, cost));
      chosen[person] = Array.from(bundles.chosen.subarray(0, count));
      for (const wish of chosen[person]!) move(wish, 1);
    }
    if (over.every((many) => many === 0)) break;
    for (let limit = 0; limit < size; limit++) {
      const change = (load[limit]! - places[limit]!) / Math.sqrt(Math.max(1, places[limit]!));
      now[limit] = Math.max(0, now[limit]! + congestion.memory * unit * change);
    }
    crowding *= congestion.growth;
  }
  return chosen;
}
