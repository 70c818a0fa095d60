import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exact } from '../exact.server.ts';
import { scaled } from '../scale.ts';
import { madeUp } from '../testing.ts';
import { everyColumn } from './columns.ts';
import { groundOf, search } from './search.ts';

/** Six people of whom some wish the same, for six sessions of which some overlap in part. */
const crowds = fc
  .record({
    capacity: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 6, maxLength: 6 }),
    clashes: fc.constantFrom([], [[0, 1]] as const, [[0, 1] as const, [1, 2] as const, [3, 4] as const]),
    kinds: fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ capacity, clashes, kinds }) =>
    madeUp({
      capacity,
      clashes,
      people: Array.from({ length: 6 }, (_, person) => ({
        wishes: kinds[person % kinds.length]!.map((weight, item) => ({ item, weight })),
        wanted: 3,
        has: 0,
        groups: [],
      })),
      shares: [],
    }),
  );

test('what is negotiated is never above its bound and on average within two in a hundred of what is proven', async () => {
  const parts: number[] = [];
  await fc.assert(
    fc.asyncProperty(crowds, async (instance) => {
      const ground = groundOf(instance, [1, 2, 3, 4]);
      const found = search(ground);
      const proven = await exact(ground, everyColumn(ground, 10_000)!);
      const value = scaled(instance);
      const total = (given: Uint8Array): number => given.reduce((sum, one, wish) => sum + one * value[wish]!, 0);
      expect(total(found.given)).toBeLessThanOrEqual(found.bound + 1e-4);
      expect(proven!.bound).toBeLessThanOrEqual(found.bound + 1e-4);
      const seats = (given: Uint8Array): number => given.reduce((sum, one) => sum + one, 0);
      expect(seats(found.given)).toBeGreaterThanOrEqual(seats(proven!.given) - 1);
      parts.push(total(found.given) / total(proven!.given));
    }),
    { numRuns: 4 },
  );
  expect(parts.reduce((sum, part) => sum + part, 0) / parts.length).toBeGreaterThan(0.98);
});

test('a price is told only where it is full', () => {
  const person = { wishes: [{ item: 0, weight: 1 }], wanted: 1, has: 0, groups: [] };
  const instance = madeUp({ capacity: [1, 9], clashes: [], people: [person, person, { ...person, wishes: [{ item: 1, weight: 1 }] }], shares: [] });
  const { price, given } = search(groundOf(instance, [1, 2, 3, 4]));
  expect([...price]).toEqual([expect.closeTo(1, 2), 0]);
  expect(given[2]).toBe(1);
});

test('nobody can have everything: the floor is as high as everybody can have it', () => {
  const wishes = [0, 1, 2].map((item) => ({ item, weight: 1 }));
  const person = { wishes, wanted: 3, has: 3, groups: [] };
  const instance = madeUp({ capacity: [1, 1, 1], clashes: [], people: [person, person, person], shares: [] });
  const { given } = search(groundOf(instance, [1, 2, 3, 4]));
  expect([0, 1, 2].map((one) => given.subarray(3 * one, 3 * one + 3).reduce((sum, seat) => sum + seat, 0))).toEqual([1, 1, 1]);
});
