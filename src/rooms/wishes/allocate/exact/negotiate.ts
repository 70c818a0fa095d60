// People choose one after another and make way for each other until no room is asked for by too many.
import type { Bundles, Worth } from './bundle.ts';
import type { Rooms } from './rooms.ts';

export interface Negotiation {
  readonly people: number;
  readonly bundles: Bundles;
  readonly rooms: Rooms;
  readonly worth: Worth;
  /** Prices at which about as many ask as there are places. */
  readonly price: Float64Array;
  /** The order in which people choose; it goes round, from another start every time. */
  readonly order: Int32Array;
  /** What one session in somebody's best set is worth, about: the measure of the charges below. */
  readonly unit: number;
}

const rounds = 80;
/** What standing where it is full costs at first, by what it rises each round, and how fast what stays full becomes dearer. */
const congestion = { first: 0.02, growth: 1.12, memory: 0.01 };

/**
 * Negotiated congestion (PathFinder: McMurchie and Ebeling, FPGA 1995). At fair prices whole groups of equals would still
 * run for the same places; choosing in turns, each seeing where it is crowded, they spread. Answers what everybody asks in the
 * end, as wishes; a few places may still be asked for by too many.
 */
export function negotiate({ people, bundles, rooms, worth, price, order, unit }: Negotiation): number[][] {
  const { size, places } = rooms;
  const chosen: number[][] = Array.from({ length: people }, () => []);
  const load = new Float64Array(size);
  const now = price.slice();
  const cost = new Float64Array(size);
  const charge = (room: number, crowding: number): void => {
    const over = load[room]! - places[room]!;
    cost[room] = places[room] === 0 ? Infinity : now[room]! + (over >= 0 ? crowding * (over + 1) : 0);
  };
  let crowding = congestion.first * unit;
  for (let round = 0; round < rounds; round++) {
    for (let room = 0; room < size; room++) charge(room, crowding);
    const move = (wish: number, by: 1 | -1): void => {
      rooms.add(wish, load, by);
      rooms.each(wish, (room) => charge(room, crowding));
    };
    for (let turn = 0; turn < people; turn++) {
      const person = order[(turn + round * 7919) % people]!;
      for (const wish of chosen[person]!) move(wish, -1);
      const count = bundles.pick(person, worth, (wish) => rooms.sum(wish, cost));
      chosen[person] = Array.from(bundles.chosen.subarray(0, count));
      for (const wish of chosen[person]!) move(wish, 1);
    }
    let crowded = 0;
    for (let room = 0; room < size; room++) {
      const over = load[room]! - places[room]!;
      if (over > 0) crowded++;
      now[room] = Math.max(0, now[room]! + (congestion.memory * unit * over) / Math.sqrt(Math.max(1, places[room]!)));
    }
    if (crowded === 0) break;
    crowding *= congestion.growth;
  }
  return chosen;
}
