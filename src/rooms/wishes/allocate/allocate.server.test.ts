import fc from 'fast-check';
import loadHighs from 'highs';
import { expect, test, vi } from 'vitest';
import { allocate, wayOf } from './allocate.server.ts';
import type { Allocation, Instance, Seed } from './instance.ts';
import { scaled } from './scale.ts';
import { madeUp } from './testing.ts';

const seed: Seed = [1, 2, 3, 4];

// HiGHS itself, unless a test lets it fail.
vi.mock('highs', async (original) => ({ default: vi.fn((await original<{ default: typeof loadHighs }>()).default) }));

/** Any instance: a few people, some sessions that overlap in any way, shares of two groups. */
const instances = (people: number, items: number): fc.Arbitrary<Instance> =>
  fc
    .record({
      capacity: fc.array(fc.nat(3), { minLength: items, maxLength: items }),
      clashes: fc.uniqueArray(fc.tuple(fc.nat(items - 1), fc.nat(items - 1)), { maxLength: items, selector: String }),
      people: fc.array(
        fc.record({
          wishes: fc.uniqueArray(fc.record({ item: fc.nat(items - 1), weight: fc.integer({ min: 1, max: 4 }) }), {
            maxLength: items,
            selector: ({ item }) => item,
          }),
          wanted: fc.nat(4),
          has: fc.nat(3),
          groups: fc.subarray([0, 1]),
        }),
        { maxLength: people },
      ),
      shares: fc.uniqueArray(fc.record({ item: fc.nat(items - 1), group: fc.nat(1), most: fc.nat(2) }), {
        maxLength: 3,
        selector: ({ item, group }) => `${item} ${group}`,
      }),
    })
    .map(madeUp);

test('what is small is proven: no other allocation has more people with one, two and three sessions, a higher floor, a higher total', async () => {
  await fc.assert(
    fc.asyncProperty(instances(3, 4), async (instance) => {
      const found = await allocate(instance, seed);
      const all = everyAllocation(instance).map((given) => rankOf(instance, given));
      const best = all.reduce((top, rank) => (isHigher(rank, top) ? rank : top));
      expect(found.method).toBe('exact');
      expect(rankOf(instance, found.given)).toEqual(best.map((one) => expect.closeTo(one, 4)));
      const highest = Math.max(...all.map((rank) => rank[4]));
      expect(found.bound).toBeGreaterThanOrEqual(highest - 1e-6);
      expect(found.bound).toBeLessThanOrEqual(highest + 1e-4);
    }),
    { numRuns: 40 },
  );
});

test('nobody gets what they did not wish, what clashes or more than they want; no place and no share is given twice', async () => {
  await fc.assert(
    fc.asyncProperty(instances(40, 12), fc.nat(), async (instance, number) => {
      expect(faultsOf(instance, await allocate(instance, [number, 0, 0, 0]))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('the same seed gives the same draw, to the letter', async () => {
  await fc.assert(
    fc.asyncProperty(instances(30, 10), fc.nat(), async (instance, number) => {
      expect(await allocate(instance, [number, 1, 2, 3])).toEqual(await allocate(instance, [number, 1, 2, 3]));
    }),
    { numRuns: 10 },
  );
});

test('in another order people get the same in total', async () => {
  await fc.assert(
    fc.asyncProperty(instances(5, 6), async (instance) => {
      const turned = turnedRound(instance);
      const [one, other] = [await allocate(instance, seed), await allocate(turned, seed)];
      expect(rankOf(turned, other.given)).toEqual(rankOf(instance, one.given).map((part) => expect.closeTo(part, 4)));
    }),
    { numRuns: 15 },
  );
});

test('two sets that are worth the same stay so, whatever the chance among equals', async () => {
  const wishing = (weights: readonly (readonly [number, number])[], wanted: number) => ({
    wishes: weights.map(([item, weight]) => ({ item, weight })),
    wanted,
    has: 0,
    groups: [],
  });
  const people = [
    wishing(
      [
        [0, 1],
        [1, 1],
        [2, 1],
        [4, 1],
      ],
      2,
    ),
    wishing(
      [
        [4, 1],
        [1, 2],
      ],
      1,
    ),
  ];
  const instance = madeUp({ capacity: [0, 1, 0, 0, 1, 0], clashes: [], people, shares: [] });
  for (let number = 0; number < 20; number++) expect((await allocate(instance, [number, 2, 3, 4])).given).toEqual(Uint8Array.of(0, 0, 0, 1, 0, 1));
});

test('when HiGHS fails, what was negotiated answers, and says so', async () => {
  const instance = madeUp({
    capacity: [1, 1],
    clashes: [],
    people: [1, 2].map((weight) => ({ wishes: [0, 1].map((item) => ({ item, weight: item === 0 ? weight : 1 })), wanted: 2, has: 0, groups: [] })),
    shares: [],
  });
  vi.resetModules();
  const again = await import('./allocate.server.ts');
  vi.mocked((await import('highs')).default).mockRejectedValueOnce(new Error('no memory'));
  const [failed, worked] = [await again.allocate(instance, seed), await again.allocate(instance, seed)];
  expect([failed.method, worked.method]).toEqual(['auction', 'exact']);
  expect(failed.given).toEqual(worked.given);
  expect(failed.given).toEqual(Uint8Array.of(0, 1, 1, 0));
});

test('among equals the seed decides, and nobody is always first', async () => {
  const one = { wishes: [{ item: 0, weight: 1 }], wanted: 1, has: 0, groups: [] };
  const instance = madeUp({ capacity: [1], clashes: [], people: [one, one, one, one], shares: [] });
  const winners = new Set<number>();
  for (let number = 0; number < 20; number++) winners.add((await allocate(instance, [number, 0, 0, 0])).given.indexOf(1));
  expect([...winners].sort()).toEqual([0, 1, 2, 3]);
});

test('shouting does not pay: who multiplies all weights gets the same', async () => {
  await fc.assert(
    fc.asyncProperty(instances(6, 6), async (instance) => {
      const loud = { ...instance, wishWeight: instance.wishWeight.map((weight, at) => (at < instance.wishStart[1]! ? weight * 8 : weight)) };
      if (instance.people > 0) expect((await allocate(loud, seed)).given).toEqual((await allocate(instance, seed)).given);
    }),
    { numRuns: 10 },
  );
});

test('how an instance is drawn follows from its size', () => {
  const size = (wishes: number, items = 10) => wayOf({ items, wishItem: new Uint16Array(wishes) });
  expect([size(0), size(500_000), size(500_001), size(1, 8_193)]).toEqual(['negotiation', 'negotiation', 'auction', 'auction']);
});

/** People with one, two and three sessions, the floor (up to 0.6), the total: what a draw looks at, in this order. */
function rankOf(instance: Instance, given: ArrayLike<number>): [number, number, number, number, number] {
  const { people, wishStart, has } = instance;
  const value = scaled(instance);
  const best = bestOf(instance);
  const count = [0, 0, 0];
  let [floor, total] = [0.6, 0];
  for (let person = 0; person < people; person++) {
    let [own, sessions] = [0, has[person]!];
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) {
      if (given[wish] !== 1) continue;
      own += value[wish]!;
      sessions++;
    }
    count.forEach((_, tier) => (count[tier]! += sessions > tier ? 1 : 0));
    if (best[person]! > 0) floor = Math.min(floor, own / best[person]!);
    total += own;
  }
  return [count[0]!, count[1]!, count[2]!, floor, total];
}

const isHigher = (one: readonly number[], other: readonly number[]): boolean => {
  const at = one.findIndex((part, place) => Math.abs(part - other[place]!) > 1e-6);
  return at !== -1 && one[at]! > other[at]!;
};

/** Everybody's best set if nobody else were there. */
function bestOf(instance: Instance): number[] {
  const value = scaled(instance);
  return Array.from({ length: instance.people }, (_, person) =>
    Math.max(0, ...setsOf(instance, person).map((set) => set.reduce((sum, wish) => sum + value[wish]!, 0))),
  );
}

/** All sets of wishes of one person that go together and are no more than wanted. */
function setsOf({ wishStart, wishItem, wanted, clashStart, clashItem }: Instance, person: number): number[][] {
  const clash = (a: number, b: number): boolean => clashItem.subarray(clashStart[a], clashStart[a + 1]).includes(b);
  let sets: number[][] = [[]];
  for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++)
    sets = sets.flatMap((set) => [set, ...(set.some((other) => clash(wishItem[other]!, wishItem[wish]!)) ? [] : [[...set, wish]])]);
  return sets.filter((set) => set.length <= wanted[person]!);
}

function everyAllocation(instance: Instance): Uint8Array[] {
  let all: number[][] = [[]];
  for (let person = 0; person < instance.people; person++)
    all = all.flatMap((chosen) => setsOf(instance, person).map((set) => [...chosen, ...set])).filter((chosen) => isWithin(instance, chosen));
  return all.map((chosen) => Uint8Array.from(instance.wishItem, (_, wish) => (chosen.includes(wish) ? 1 : 0)));
}

const isWithin = (instance: Instance, chosen: readonly number[]): boolean => overfull(instance, new Set(chosen)).length === 0;

function overfull({ people, items, capacity, shares, wishStart, wishItem, groupStart, group }: Instance, chosen: ReadonlySet<number>): string[] {
  const taken = new Int32Array(items);
  const takenOfShare = shares.map(() => 0);
  for (let person = 0; person < people; person++) {
    const groups = group.subarray(groupStart[person], groupStart[person + 1]);
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) {
      if (!chosen.has(wish)) continue;
      taken[wishItem[wish]!]!++;
      shares.forEach((share, at) => (takenOfShare[at]! += share.item === wishItem[wish] && groups.includes(share.group) ? 1 : 0));
    }
  }
  return [
    ...[...taken.keys()].filter((item) => taken[item]! > capacity[item]!).map((item) => `item ${item}`),
    ...shares.flatMap((share, at) => (takenOfShare[at]! > share.most ? [`share ${at}`] : [])),
  ];
}

/** Every rule that an allocation breaks. */
function faultsOf(instance: Instance, { given }: Allocation): string[] {
  const chosen = new Set([...given.keys()].filter((wish) => given[wish] === 1));
  const people = Array.from({ length: instance.people }, (_, person) => {
    const own = [...chosen].filter((wish) => wish >= instance.wishStart[person]! && wish < instance.wishStart[person + 1]!);
    return setsOf(instance, person).some((set) => set.length === own.length && set.every((wish) => chosen.has(wish))) ? [] : [`person ${person}`];
  });
  return [...overfull(instance, chosen), ...people.flat()];
}

/** The same people, the last one first. */
function turnedRound(instance: Instance): Instance {
  const { people, wishStart, wishItem, wishWeight, groupStart, group } = instance;
  const order = Array.from({ length: people }, (_, person) => people - 1 - person);
  const parts = <List extends Uint16Array | Float32Array>(list: List, start: Int32Array): number[][] =>
    order.map((person) => Array.from(list.subarray(start[person], start[person + 1])));
  const startsOf = (lists: readonly (readonly number[])[]): Int32Array => {
    const starts = new Int32Array(lists.length + 1);
    lists.forEach((list, at) => (starts[at + 1] = starts[at]! + list.length));
    return starts;
  };
  const wishes = parts(wishItem, wishStart);
  const groups = parts(group, groupStart);
  return {
    ...instance,
    wishStart: startsOf(wishes),
    wishItem: Uint16Array.from(wishes.flat()),
    wishWeight: Float32Array.from(parts(wishWeight, wishStart).flat()),
    wanted: instance.wanted.toReversed(),
    has: instance.has.toReversed(),
    groupStart: startsOf(groups),
    group: Uint16Array.from(groups.flat()),
  };
}
