import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeUp } from '../testing.ts';
import { bundlesOf, reachOf, type Worth } from './bundle.ts';

const items = 7;
const someone = fc.record({
  clashes: fc.array(fc.tuple(fc.nat(items - 1), fc.nat(items - 1)), { maxLength: 8 }),
  weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: items, maxLength: items }),
  costs: fc.array(fc.oneof(fc.nat(9), fc.constant(Infinity)), { minLength: items, maxLength: items }),
  wanted: fc.nat(5),
  has: fc.nat(3),
  floor: fc.nat(20),
});

test('no set is worth more, at any costs, with or without guarantees and a floor', () => {
  fc.assert(
    fc.property(someone, fc.boolean(), ({ clashes, weights, costs, wanted, has, floor }, isGuaranteed) => {
      const instance = madeUp({
        capacity: weights,
        clashes,
        people: [{ wishes: weights.map((weight, item) => ({ item, weight })), wanted, has, groups: [] }],
        shares: [],
      });
      const reach = reachOf(instance, weights);
      const worth: Worth | null = isGuaranteed
        ? { tiers: [0, 30, 50, 60], reach, floor: Float64Array.of(floor), once: 2, slope: Float64Array.of(0.5) }
        : null;
      const bundles = bundlesOf(instance, weights);
      const netOf = (set: readonly number[]): number => {
        const value = set.reduce((sum, wish) => sum + weights[wish]!, 0);
        const cost = set.reduce((sum, wish) => sum + costs[wish]!, 0);
        return (worth === null ? value : bundles.worthOf(0, worth, set.length, value)) - cost;
      };
      const sets = subsets(weights.length).filter(
        (set) => set.length <= wanted && set.every((a) => set.every((b) => a === b || !isClash(clashes, a, b))),
      );
      const best = Math.max(...sets.map(netOf));
      // Twice: what a call leaves behind must not matter to the next.
      for (let time = 0; time < 2; time++) {
        const count = bundles.pick(0, worth, (wish) => costs[wish]!);
        expect(netOf([...bundles.chosen.subarray(0, count)])).toBeCloseTo(best, 9);
        expect([bundles.net(), bundles.above()]).toEqual([expect.closeTo(best, 9), expect.closeTo(best, 9)]);
      }
      const most = Math.max(...sets.map((set) => set.length));
      expect(reach[0]).toBe(Math.min(3, has + most));
    }),
    { numRuns: 500 },
  );
});

test('a search that is cut off still knows what cannot be beaten', () => {
  const count = 60;
  const clashes = Array.from({ length: count }, (_, a) => [a, (a * 7 + 1) % count] as const);
  const wishes = Array.from({ length: count }, (_, item) => ({ item, weight: 1 }));
  const instance = madeUp({ capacity: wishes.map(() => 1), clashes, people: [{ wishes, wanted: 40, has: 0, groups: [] }], shares: [] });
  const bundles = bundlesOf(
    instance,
    wishes.map(() => 1),
  );
  const found = bundles.pick(0, null, () => 0);
  expect(bundles.above()).toBeGreaterThanOrEqual(found);
  expect(bundles.above()).toBeLessThanOrEqual(40);
});

const isClash = (clashes: readonly (readonly [number, number])[], a: number, b: number): boolean =>
  clashes.some(([one, other]) => (one === a && other === b) || (one === b && other === a));

function subsets(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, bits) => [...Array(count).keys()].filter((at) => (bits >> at) & 1));
}
