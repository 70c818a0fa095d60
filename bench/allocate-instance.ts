// Made-up draws: a month of sessions of which some are far more popular than others, and people who each like a few subjects.
import type { Instance } from '../src/rooms/wishes/allocate/instance.ts';
import { chance } from './table.ts';

export interface Shape {
  readonly people: number;
  readonly items: number;
  /** Places, as a part of all that people want. */
  readonly places: number;
  readonly seed: number;
  /** Wishes are must, want or maybe (3, 2, 1), which makes many equal; else any weight. */
  readonly levels?: boolean;
  /** Everybody wishes at least three that go together and for which there is room for all: planted in the making. */
  readonly enough?: boolean;
  /** No more places of a session for a group than this part; everybody is in one of eight groups. */
  readonly share?: number;
  /** Nothing is at the same time. */
  readonly apart?: boolean;
}

const subjects = 24;
const groups = 8;

export function madeUpDraw(shape: Shape): Instance {
  const { people, items, seed } = shape;
  const random = chance(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const { clashStart, clashItem } = timetable(items, shape.apart === true, random);
  const pick = popularity(items, random);

  const wanted = Uint8Array.from({ length: people }, () => [3, 3, 3, 3, 3, 4, 4, 4, 5, 5][below(10)]!);
  const capacity = rooms(items, Math.round(shape.places * wanted.reduce((sum, some) => sum + some, 0)), random);
  const left = Int32Array.from(capacity);
  const clash = (a: number, b: number): boolean => {
    if (a === b) return true;
    for (let at = clashStart[a]!; at < clashStart[a + 1]!; at++) if (clashItem[at] === b) return true;
    return false;
  };

  const wishStart = new Int32Array(people + 1);
  const wishItem = new Uint16Array(people * 12);
  const wishWeight = new Float32Array(people * 12);
  let wishes = 0;
  for (let person = 0; person < people; person++) {
    const likes = [below(subjects), below(subjects), below(subjects)];
    const mine: number[] = [];
    const many = 5 + below(7);
    while (mine.length < many) {
      const item = pick(random() < 0.8 ? likes[below(3)]! : -1);
      if (!mine.includes(item)) mine.push(item);
    }
    if (shape.enough) plant(mine, left, capacity, clash, () => below(items));
    for (const item of mine) {
      wishItem[wishes] = item;
      wishWeight[wishes] = shape.levels ? [3, 2, 2, 1, 1][below(5)]! : 0.2 + 0.8 * random();
      wishes++;
    }
    wishStart[person + 1] = wishes;
  }
  const isShared = shape.share !== undefined;
  return {
    people,
    items,
    capacity,
    wishStart,
    wishItem: wishItem.slice(0, wishes),
    wishWeight: wishWeight.slice(0, wishes),
    wanted,
    has: new Uint8Array(people),
    clashStart,
    clashItem,
    groupStart: Int32Array.from({ length: people + 1 }, (_, person) => (isShared ? person : 0)),
    group: Uint16Array.from({ length: isShared ? people : 0 }, () => Math.min(below(groups), below(groups))),
    shares: isShared
      ? Array.from(capacity, (places, item) =>
          Array.from({ length: groups }, (_, group) => ({ item, group, most: Math.max(1, Math.round(places * shape.share!)) })),
        ).flat()
      : [],
  };
}

/** Three that go together and have room are set apart for this person; where their wishes have none, they wish one more. */
function plant(mine: number[], left: Int32Array, capacity: Int32Array, clash: (a: number, b: number) => boolean, any: () => number): void {
  const planted: number[] = [];
  const goes = (item: number): boolean => !planted.some((other) => clash(item, other));
  const fits = (item: number): boolean => left[item]! > 0 && goes(item);
  for (const item of [...mine].sort((a, b) => left[b]! - left[a]!)) {
    if (planted.length === 3) break;
    if (fits(item)) planted.push(item);
  }
  for (let tries = 0; planted.length < 3 && tries < 10_000; tries++) {
    const item = any();
    if (!goes(item) || mine.includes(item)) continue;
    if (left[item] === 0 && tries < 1_000) continue;
    if (left[item] === 0) {
      // Nothing is left that goes: a room becomes one place larger.
      left[item]!++;
      capacity[item]!++;
    }
    planted.push(item);
    if (mine.length < 12) mine.push(item);
    else mine[mine.findIndex((other) => !planted.includes(other))] = item;
  }
  for (const item of planted) left[item]!--;
}

/** About eight at a time; three in ten run on into what comes next. */
function timetable(items: number, isApart: boolean, random: () => number): { clashStart: Int32Array; clashItem: Uint16Array } {
  const slots = Math.ceil(items / 8);
  const slot = Array.from({ length: items }, () => Math.floor(random() * slots));
  const runsOn = slot.map(() => random() < 0.3);
  const ofSlot = Array.from({ length: slots + 1 }, (_, s) =>
    slot.flatMap((own, item) => (own === s || (own === s - 1 && runsOn[item]) ? [item] : [])),
  );
  const clashStart = new Int32Array(items + 1);
  const clashItem: number[] = [];
  for (let item = 0; item < items; item++) {
    const others = new Set([...ofSlot[slot[item]!]!, ...(runsOn[item] ? ofSlot[slot[item]! + 1]! : [])]);
    others.delete(item);
    if (!isApart) clashItem.push(...others);
    clashStart[item + 1] = clashItem.length;
  }
  return { clashStart, clashItem: Uint16Array.from(clashItem) };
}

/** Draws an item, of a subject or of all (-1): the first of a hundred are wished about as often as the next three hundred. */
function popularity(items: number, random: () => number): (subject: number) => number {
  const weight = Array.from({ length: items }, (_, rank) => 1 / (rank + 1 + items / 50) ** 0.8);
  for (let rank = items - 1; rank > 0; rank--) {
    const other = Math.floor(random() * (rank + 1));
    [weight[rank], weight[other]] = [weight[other]!, weight[rank]!];
  }
  const about = weight.map(() => Math.floor(random() * subjects));
  const sums = [-1, ...Array(subjects).keys()].map((subject) => {
    let sum = 0;
    const of = [...weight.keys()].filter((item) => subject === -1 || about[item] === subject);
    return { of, sum: of.map((item) => (sum += weight[item]!)) };
  });
  return (subject) => {
    const { of, sum } = sums[subject + 1]!.of.length > 0 ? sums[subject + 1]! : sums[0]!;
    const at = random() * sum[sum.length - 1]!;
    let [low, high] = [0, sum.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sum[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return of[low]!;
  };
}

/** Rooms of all sizes, a few of them very large, with so many places together. */
function rooms(items: number, places: number, random: () => number): Int32Array {
  const size = Array.from({ length: items }, () => Math.exp(1.4 * (random() + random() + random() - 1.5)));
  const all = size.reduce((sum, one) => sum + one, 0);
  return Int32Array.from(size, (one) => Math.max(1, Math.round((places * one) / all)));
}
