import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auction, auctionByTurns } from './auction.ts';
import { faults } from './faults.ts';
import type { Instance, Seed } from './instance.ts';
import { outcome } from './outcome.ts';
import { turnOrder } from './turns.ts';

const seed: Seed = [1, 2, 3, 4];

test('never over capacity or share, nobody has two that clash, more than they want, or what they did not wish', () => {
  fc.assert(
    fc.property(draws(), (draw) => {
      expect(faults(draw, auction(draw, seed).given)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the same seed gives the same allocation, whatever was drawn before', () => {
  fc.assert(
    fc.property(draws(), (draw) => {
      expect(auction(draw, seed)).toEqual(auction(draw, seed));
    }),
    { numRuns: 50 },
  );
});

test('the order of the list of people does not matter when their turns go along', () => {
  fc.assert(
    fc.property(draws(), fc.infiniteStream(fc.nat()), (draw, chance) => {
      const order = turnOrder(seed, draw.people);
      const from = [...order.keys()].map((person) => ({ person, by: chance.next().value })).sort((a, b) => a.by - b.by);
      const other = permuted(
        draw,
        from.map(({ person }) => person),
      );
      const place = new Map(from.map(({ person }, at) => [person, at]));
      const straight = auctionByTurns(draw, seed, order);
      const turned = auctionByTurns(
        other,
        seed,
        order.map((person) => place.get(person)!),
      );
      expect(grants(other, turned.given)).toEqual(from.map(({ person }) => grants(draw, straight.given)[person]));
    }),
    { numRuns: 50 },
  );
});

test('who multiplies all wishes by a number gets the same', () => {
  fc.assert(
    fc.property(draws(), fc.nat(), fc.integer({ min: 2, max: 9 }), (draw, who, times) => {
      const loud = { ...draw, wishWeight: draw.wishWeight.slice() };
      const person = who % draw.people;
      for (let wish = draw.wishStart[person]!; wish < draw.wishStart[person + 1]!; wish++) loud.wishWeight[wish]! *= times;
      expect(auction(loud, seed)).toEqual(auction(draw, seed));
    }),
    { numRuns: 50 },
  );
});

test('the bound is not below the best there is, and the draw reaches nearly all of it, tiers first', () => {
  let [reached, best] = [0, 0];
  fc.assert(
    fc.property(tinyDraws(), (draw) => {
      const found = auction(draw, seed);
      const { total, sessions } = outcome(draw, found);
      const all = everyAllocation(draw);
      expect(found.bound).toBeGreaterThan(Math.max(...all.map((one) => one.total)) - 1e-6);
      const bestTiers = all.map((one) => tiersOf(one.counts)).sort(falling)[0]!;
      expect(tiersOf(sessions)[0]).toBe(bestTiers[0]);
      if (draw.clashItem.length === 0 && draw.shares.length === 0) expect(tiersOf(sessions)).toEqual(bestTiers);
      const same = all.filter((one) => falling(tiersOf(one.counts), tiersOf(sessions)) === 0);
      reached += total;
      best += Math.max(...same.map((one) => one.total));
    }),
    { numRuns: 200 },
  );
  expect(reached / best).toBeGreaterThan(0.97);
});

test('progress rises to the end', () => {
  const parts: number[] = [];
  auction(fc.sample(draws(), { numRuns: 1, seed: 3 })[0]!, seed, { onProgress: (part) => parts.push(part) });
  expect(parts).toEqual([...parts].sort((a, b) => a - b));
  expect(parts.at(-1)).toBe(1);
});

test('a draw without people, without sessions or without wishes gives nothing', () => {
  const nobody = drawOf({ capacity: [3], people: [], clashes: [], shares: [] });
  expect(auction(nobody, seed)).toEqual({ given: new Uint8Array(0), price: new Float64Array(1), method: 'auction', bound: 0 });
  const nothing = drawOf({ capacity: [], people: [{ wishes: [], wanted: 3, has: 0, groups: [] }], clashes: [], shares: [] });
  expect(auction(nothing, seed)).toEqual({ given: new Uint8Array(0), price: new Float64Array(0), method: 'auction', bound: 0 });
});

test('a wish of no weight, or of a weight that is no number, is never granted', () => {
  const draw = drawOf({
    capacity: [9, 9, 9, 9],
    people: [
      {
        wishes: [
          [0, 0],
          [1, NaN],
          [2, Infinity],
          [3, 1],
        ],
        wanted: 4,
        has: 0,
        groups: [],
      },
    ],
    clashes: [],
    shares: [],
  });
  expect([...auction(draw, seed).given]).toEqual([0, 0, 0, 1]);
});

// Given

interface Made {
  readonly capacity: readonly number[];
  readonly people: readonly { wishes: readonly (readonly [number, number])[]; wanted: number; has: number; groups: readonly number[] }[];
  readonly clashes: readonly (readonly [number, number])[];
  readonly shares: readonly { item: number; group: number; most: number }[];
}

function drawOf({ capacity, people, clashes, shares }: Made): Instance {
  const pairs = clashes.flatMap(([a, b]) => (a === b ? [] : [[a, b] as const, [b, a] as const]));
  const others = capacity.map((_, item) => [...new Set(pairs.filter(([a]) => a === item).map(([, b]) => b))]);
  const starts = (lists: readonly (readonly unknown[])[]): Int32Array => {
    const start = [0];
    for (const list of lists) start.push(start.at(-1)! + list.length);
    return Int32Array.from(start);
  };
  return {
    people: people.length,
    items: capacity.length,
    capacity: Int32Array.from(capacity),
    wishStart: starts(people.map(({ wishes }) => wishes)),
    wishItem: Uint16Array.from(people.flatMap(({ wishes }) => wishes.map(([item]) => item))),
    wishWeight: Float32Array.from(people.flatMap(({ wishes }) => wishes.map(([, weight]) => weight))),
    wanted: Uint8Array.from(people, ({ wanted }) => wanted),
    has: Uint8Array.from(people, ({ has }) => has),
    clashStart: starts(others),
    clashItem: Uint16Array.from(others.flat()),
    groupStart: starts(people.map(({ groups }) => groups)),
    group: Uint16Array.from(people.flatMap(({ groups }) => groups)),
    shares,
  };
}

/** Up to 40 people and 8 items, with equal weights, clashes, shares, people who have some already. */
const draws = (): fc.Arbitrary<Instance> => made({ people: 40, items: 8, wishes: 8, wanted: 5, places: 12 });
const tinyDraws = (): fc.Arbitrary<Instance> => made({ people: 4, items: 4, wishes: 3, wanted: 3, places: 2 });

function made(most: { people: number; items: number; wishes: number; wanted: number; places: number }): fc.Arbitrary<Instance> {
  return fc.integer({ min: 1, max: most.items }).chain((items) => {
    const item = fc.nat(items - 1);
    const weight = fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 1000 }));
    return fc
      .record({
        capacity: fc.array(fc.nat(most.places), { minLength: items, maxLength: items }),
        people: fc.array(
          fc.record({
            wishes: fc.uniqueArray(fc.tuple(item, weight), { maxLength: most.wishes, selector: ([of]) => of }),
            wanted: fc.nat(most.wanted),
            has: fc.constantFrom(0, 0, 0, 1, 3),
            groups: fc.uniqueArray(fc.nat(2), { maxLength: 2 }),
          }),
          { minLength: 1, maxLength: most.people },
        ),
        clashes: fc.array(fc.tuple(item, item), { maxLength: 3 }),
        shares: fc.array(fc.record({ item, group: fc.nat(2), most: fc.nat(most.places) }), { maxLength: 3 }),
      })
      .map(drawOf);
  });
}

function permuted(draw: Instance, from: readonly number[]): Instance {
  const slices = <List extends { slice: (from: number, to: number) => Iterable<number> }>(list: List, start: Int32Array): number[] =>
    from.flatMap((person) => [...list.slice(start[person]!, start[person + 1]!)]);
  const starts = (start: Int32Array): Int32Array => {
    let sum = 0;
    return Int32Array.from([0, ...from.map((person) => (sum += start[person + 1]! - start[person]!))]);
  };
  return {
    ...draw,
    wishStart: starts(draw.wishStart),
    wishItem: Uint16Array.from(slices(draw.wishItem, draw.wishStart)),
    wishWeight: Float32Array.from(slices(draw.wishWeight, draw.wishStart)),
    wanted: Uint8Array.from(from, (person) => draw.wanted[person]!),
    has: Uint8Array.from(from, (person) => draw.has[person]!),
    groupStart: starts(draw.groupStart),
    group: Uint16Array.from(slices(draw.group, draw.groupStart)),
  };
}

const grants = ({ people, wishStart, wishItem }: Instance, given: Uint8Array): number[][] =>
  Array.from({ length: people }, (_, person) =>
    [...wishItem.slice(wishStart[person]!, wishStart[person + 1]!)].filter((_, at) => given[wishStart[person]! + at] === 1),
  );

// Brute force

interface Found {
  readonly total: number;
  readonly counts: readonly number[];
}

/** Every allocation that keeps the rules, by trying each wish. */
function everyAllocation(draw: Instance): Found[] {
  const given = new Uint8Array(draw.wishItem.length);
  const found: Found[] = [];
  const go = (wish: number): void => {
    if (wish === given.length) {
      const { total, sessions } = outcome(draw, { given, bound: 0 });
      found.push({ total, counts: sessions });
      return;
    }
    go(wish + 1);
    given[wish] = 1;
    if (faults(draw, given).length === 0) go(wish + 1);
    given[wish] = 0;
  };
  go(0);
  return found;
}

/** How many people have at least one, two, three. */
const tiersOf = (sessions: readonly number[]): readonly [number, number, number] => {
  const from = (least: number): number => sessions.slice(least).reduce((sum, people) => sum + people, 0);
  return [from(1), from(2), from(3)];
};

const falling = (a: readonly number[], b: readonly number[]): number => b[0]! - a[0]! || b[1]! - a[1]! || b[2]! - a[2]!;
