// Makes an allocation better by handing places on: one person takes a better set, who loses a place by it takes another.
import type { Instance } from '../instance.ts';
import type { Bundles, Worth } from './bundle.ts';
import type { Limits } from './limits.ts';

/** An allocation that is being made: who has what, and how much is taken. It never holds more than there is. */
export interface Seating {
  /** 1 for every wish that is granted. */
  readonly given: Uint8Array;
  /** How much is taken per limit. */
  readonly taken: Float64Array;
  /** Gives person these wishes, as far as they are free. */
  readonly seat: (person: number, wishes: readonly number[]) => void;
  /** Once over everybody in this order: tells by how much the total worth rose. */
  readonly improve: (order: ArrayLike<number>) => number;
}

/** So many people at most change their set for one to become better. */
const longestChain = 6;
/** How far it is looked ahead what somebody would lose who can take another's place in turn. */
const depth = 2;
const real = 1e-9;

export function seatingOf(instance: Instance, value: ArrayLike<number>, worth: Worth, bundles: Bundles, limits: Limits): Seating {
  const { people, items, wishStart, wishItem } = instance;
  const personOf = new Int32Array(wishItem.length);
  for (let person = 0; person < people; person++) personOf.fill(person, wishStart[person], wishStart[person + 1]);
  const given = new Uint8Array(wishItem.length);
  const taken = new Float64Array(limits.size);
  /** The wishes by which a limit is held, those that would be missed least in front. */
  const holders: number[][] = Array.from({ length: limits.size }, () => []);
  const own = Float64Array.from({ length: people }, (_, person) => bundles.worthOf(person, worth, 0, 0));
  /** What the holder of a wish would lose without it, as far as known. */
  const loss = new Float64Array(wishItem.length).fill(Infinity);
  const isMoving = new Uint8Array(people);

  const set = (wish: number, to: 0 | 1): void => {
    given[wish] = to;
    limits.add(wish, taken, to === 1 ? 1 : -1);
    limits.each(wish, (limit) => {
      const held = holders[limit]!;
      if (to === 1) held.push(wish);
      else held.splice(held.indexOf(wish), 1);
    });
  };

  const isFree = (wish: number): boolean => limits.firstFull(wish, taken) === -1;

  /** Whose place would free a place for this wish, at the smallest loss known; -1 when nobody's would. */
  const cheapest = (wish: number): number => {
    const full = limits.firstFull(wish, taken);
    if (full === -1) return -1;
    for (const held of holders[full]!) {
      if (isMoving[personOf[held]!] === 1) continue;
      limits.add(held, taken, -1);
      const frees = isFree(wish);
      limits.add(held, taken, 1);
      if (frees) return held;
    }
    return -1;
  };

  /** What is free and what one has costs nothing, the rest what its cheapest holder would lose. */
  const cost = (wish: number): number => {
    if (given[wish] === 1 || isFree(wish)) return 0;
    const held = cheapest(wish);
    return held === -1 ? Infinity : loss[held]!;
  };

  /** Looks again at what a person has; answers by how much it became better. */
  const settle = (person: number): number => {
    let [count, sum] = [0, 0];
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) {
      if (given[wish] === 0) continue;
      count++;
      sum += value[wish]!;
    }
    const before = own[person]!;
    own[person] = bundles.worthOf(person, worth, count, sum);
    return own[person] - before;
  };

  /** What everybody would lose without a place, when others may move for them at the losses known so far. */
  const lookAround = (): void => {
    const fresh = loss.slice();
    for (const held of holders.slice(0, items).flat()) {
      const person = personOf[held]!;
      isMoving[person] = 1;
      bundles.pick(person, worth, (wish) => (wish === held ? Infinity : cost(wish)));
      isMoving[person] = 0;
      fresh[held] = Math.max(0, own[person]! - bundles.net());
    }
    loss.set(fresh);
    for (const held of holders) held.sort((a, b) => loss[a]! - loss[b]! || a - b);
  };

  /** Gives person what they choose at what it costs; answers whose places that took. */
  const take = (person: number, count: number, changes: number[]): number[] => {
    const chosen = Array.from(bundles.chosen.subarray(0, count));
    const change = (wish: number, to: 0 | 1): void => {
      set(wish, to);
      changes.push(wish);
    };
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) if (given[wish] === 1 && !chosen.includes(wish)) change(wish, 0);
    const lost: number[] = [];
    for (const wish of chosen) {
      if (given[wish] === 1) continue;
      const held = isFree(wish) ? -1 : cheapest(wish);
      if (held !== -1) {
        change(held, 0);
        lost.push(held);
      }
      if (isFree(wish)) change(wish, 1);
    }
    return lost;
  };

  /** Lets one person take their best set, and who loses a place by it likewise; undone unless all together become better. */
  const chain = (first: number): number => {
    const changes: number[] = [];
    const queue = [first];
    const gone = new Set<number>();
    let [moved, gain] = [0, 0];
    for (; moved < queue.length && moved < longestChain; moved++) {
      const person = queue[moved]!;
      isMoving[person] = 1;
      const count = bundles.pick(person, worth, (wish) => (gone.has(wish) ? Infinity : cost(wish)));
      if (person === first && bundles.net() <= own[first]! + real) break;
      for (const held of take(person, count, changes)) {
        gone.add(held);
        gain += settle(personOf[held]!);
        if (!queue.includes(personOf[held]!)) queue.push(personOf[held]!);
      }
      gain += settle(person);
    }
    const isBetter = gain > real;
    if (!isBetter) for (const wish of changes.reverse()) set(wish, given[wish] === 1 ? 0 : 1);
    for (const person of queue) {
      if (!isBetter) settle(person);
      isMoving[person] = 0;
    }
    return isBetter ? gain : 0;
  };

  return {
    given,
    taken,
    seat: (person, wishes) => {
      for (const wish of wishes) if (isFree(wish)) set(wish, 1);
      settle(person);
    },
    improve: (order) => {
      for (let look = 0; look < depth; look++) lookAround();
      let gain = 0;
      for (let turn = 0; turn < order.length; turn++) gain += chain(order[turn]!);
      return gain;
    },
  };
}
