// What comes after a draw: ten thousand cancellations replayed on the waiting lists, and people who made their wishes louder.
import { auction } from '../src/rooms/wishes/allocate/auction.ts';
import { faults } from '../src/rooms/wishes/allocate/faults.ts';
import type { Instance, Seed } from '../src/rooms/wishes/allocate/instance.ts';
import { scaled } from '../src/rooms/wishes/allocate/scale.ts';
import { waitingOrder, type WaitingOrder } from '../src/rooms/wishes/allocate/waiting-order.ts';
import { mayTake, shuffled } from './allocate-peers.ts';
import { above, below, chance, exactly, quantile, type Row } from './table.ts';

const cancellations = 10_000;

/** Random seats are given back one after the other; each goes to the first in line who can take it, and nobody loses a seat. */
export function cancelledRows(instance: Instance, given: Uint8Array, seed: Seed): Row[] {
  const value = scaled(instance);
  const granted = [...given.keys()].filter((wish) => given[wish] === 1);
  const order = shuffled(granted.length, seed[0] + 5);
  const back = Array.from({ length: Math.min(cancellations, granted.length) }, (_, n) => granted[order[n]!]!);
  // Where there are no waiting lists nothing moves up: only full sessions count.
  const ours = replay(instance, given, back, waitingOrder(instance, { given }, seed), value);
  const fifo = replay(instance, given, back, inArrivalOrder(instance, given, seed[0] + 6), value);
  const again = auction(without(instance, value, back), seed);
  const resolved = totalOf(value, again.given);
  const name = 'cancellations';
  return [
    {
      case: name,
      metric: `time p99, ${back.length} replayed`,
      value: quantile(ours.times, 0.99),
      unit: 'ms',
      ...below(quantile(ours.times, 0.99), 1),
      peers: { fifo: quantile(fifo.times, 0.99) },
    },
    {
      case: name,
      metric: 'value',
      value: ours.total / resolved,
      unit: 'of a full re-solve',
      ...above(ours.total / resolved, 0.99),
      limit: 1,
      peers: { fifo: fifo.total / resolved },
    },
    { case: name, metric: 'places taken up again', value: ours.moved, unit: 'places', peers: { fifo: fifo.moved } },
    { case: name, metric: 'lowest tenth of own best', value: ours.tenth, unit: 'mean value', peers: { fifo: fifo.tenth } },
    { case: name, metric: 'seats withdrawn', value: ours.withdrawn, unit: 'seats', ...exactly(ours.withdrawn, 0) },
    { case: name, metric: 'faults', value: ours.faults.length, unit: '', ...exactly(ours.faults.length, 0) },
  ];
}

function replay(instance: Instance, before: Uint8Array, back: readonly number[], { start, person }: WaitingOrder, value: Float32Array) {
  const { wishStart, wishItem } = instance;
  const given = before.slice();
  const wanted = instance.wanted.slice();
  const may = mayTake(instance, given, wanted);
  const isGone = new Uint8Array(person.length);
  const ownerOf = owners(instance);
  const times: number[] = [];
  let moved = 0;
  for (const wish of back) {
    const item = wishItem[wish]!;
    const began = performance.now();
    given[wish] = 0;
    wanted[ownerOf[wish]!]!--;
    for (let at = start[item]!; at < start[item + 1]!; at++) {
      if (isGone[at] === 1) continue;
      const next = person[at]!;
      let theirs = wishStart[next]!;
      while (wishItem[theirs] !== item) theirs++;
      if (!may(next, theirs)) continue;
      given[theirs] = 1;
      isGone[at] = 1;
      moved++;
      break;
    }
    times.push(performance.now() - began);
  }
  const gone = new Set(back);
  const withdrawn = [...before.keys()].filter((wish) => before[wish] === 1 && given[wish] === 0 && !gone.has(wish)).length;
  const parts = Float64Array.from({ length: instance.people }, (_, one) => {
    let sum = 0;
    for (let wish = wishStart[one]!; wish < wishStart[one + 1]!; wish++) if (given[wish] === 1) sum += value[wish]!;
    return sum;
  }).sort();
  const lowest = parts.subarray(0, Math.ceil(parts.length / 10));
  const tenth = lowest.reduce((sum, one) => sum + one, 0) / lowest.length;
  return { times, moved, withdrawn, tenth, total: totalOf(value, given), faults: faults({ ...instance, wanted }, given) };
}

/** Who wished first waits in front: what a list by arrival would be. */
function inArrivalOrder(instance: Instance, given: Uint8Array, seed: number): WaitingOrder {
  const { start, person } = waitingOrder(instance, { given }, [0, 0, 0, 0]);
  const place = new Int32Array(instance.people);
  shuffled(instance.people, seed).forEach((one, at) => (place[one] = at));
  const sorted = person.slice();
  for (let item = 0; item < instance.items; item++) sorted.subarray(start[item], start[item + 1]).sort((a, b) => place[a]! - place[b]!);
  return { start, person: sorted };
}

function owners({ people, wishStart, wishItem }: Instance): Int32Array {
  const owner = new Int32Array(wishItem.length);
  for (let person = 0; person < people; person++) owner.fill(person, wishStart[person], wishStart[person + 1]);
  return owner;
}

/** The same draw had it been known who would not come: those wishes weigh nothing, and one session fewer is wanted. */
function without(instance: Instance, value: Float32Array, back: readonly number[]): Instance {
  const ownerOf = owners(instance);
  const wishWeight = value.slice();
  const wanted = instance.wanted.slice();
  for (const wish of back) {
    wishWeight[wish] = 0;
    wanted[ownerOf[wish]!]!--;
  }
  return { ...instance, wishWeight, wanted };
}

const totalOf = (value: Float32Array, given: Uint8Array): number => given.reduce((sum, one, wish) => sum + one * value[wish]!, 0);

/** One in a hundred makes wishes louder by half: some of them, their best one, or all. What do they gain by their own true wishes? */
export function louderRows(instance: Instance, given: Uint8Array, seed: Seed): Row[] {
  const value = scaled(instance);
  const random = chance(seed[0] + 9);
  const loud = shuffled(instance.people, seed[0] + 8).subarray(0, Math.ceil(instance.people / 100));
  const ways = {
    'some wishes by half': () => random() < 0.5,
    'the first wish by half': (wish: number, best: number) => wish === best,
    'all wishes by half': () => true,
  };
  return Object.entries(ways).map(([name, isRaised]): Row => {
    const wishWeight = instance.wishWeight.slice();
    for (const person of loud) {
      const [from, to] = [instance.wishStart[person]!, instance.wishStart[person + 1]!];
      let best = from;
      for (let wish = from; wish < to; wish++) if (value[wish]! > value[best]!) best = wish;
      for (let wish = from; wish < to; wish++) if (isRaised(wish, best)) wishWeight[wish]! *= 1.5;
    }
    const after = auction({ ...instance, wishWeight }, seed).given;
    let [honest, louder] = [0, 0];
    for (const person of loud)
      for (let wish = instance.wishStart[person]!; wish < instance.wishStart[person + 1]!; wish++) {
        honest += given[wish]! * value[wish]!;
        louder += after[wish]! * value[wish]!;
      }
    const gain = louder / honest - 1;
    return { case: 'exaggerate', metric: `gain of 1% who raise ${name}`, value: gain, unit: 'share', ...below(gain, 0.01), limit: 0 };
  });
}
