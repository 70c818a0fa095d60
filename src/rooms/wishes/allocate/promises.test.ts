import { expect, test } from 'vitest';
import { madeUpDraw, type Shape } from '../../../../bench/allocate-instance.ts';
import { randomOrder } from '../../../../bench/allocate-peers.ts';
import { auction } from './auction.ts';
import { faults } from './faults.ts';
import type { Instance, Seed } from './instance.ts';
import { outcome, type Outcome } from './outcome.ts';
import { scaled } from './scale.ts';

const seed: Seed = [2, 7, 1, 8];
const shape: Shape = { people: 450, items: 40, places: 1.5, seed: 3, enough: true };

/** Ours, and as negative control what everybody gets who takes the best that is left, by turn. */
function both(draw: Instance): { ours: Outcome; byTurn: Outcome } {
  const found = auction(draw, seed);
  expect(faults(draw, found.given)).toEqual([]);
  return { ours: outcome(draw, found), byTurn: outcome(draw, { given: randomOrder(draw, scaled(draw), 5), bound: found.bound }) };
}

const withTwoOrMore = ({ sessions }: Outcome): number => sessions.slice(2).reduce((sum, people) => sum + people, 0);

test('while everybody can have three nobody has fewer; by turn some have', () => {
  const { ours, byTurn } = both(madeUpDraw(shape));
  expect({ belowThree: ours.belowThree, byTurn: byTurn.belowThree > 0 }).toEqual({ belowThree: 0, byTurn: true });
});

test('nearly everybody gets the floor of their own best, at nearly the highest total; by turn many do not', () => {
  const { ours, byTurn } = both(madeUpDraw({ ...shape, places: 1.7 }));
  expect(ours.worstOff).toBeGreaterThan(0.6);
  expect(ours.total / ours.bound).toBeGreaterThan(0.995);
  expect(byTurn.worstOff).toBeLessThan(0.5);
  expect(byTurn.total).toBeLessThan(ours.total);
});

test('where places are scarce nobody has nothing while others have two; by turn many have', () => {
  const { ours, byTurn } = both(madeUpDraw({ ...shape, places: 0.5, enough: false }));
  expect(withTwoOrMore(ours)).toBeGreaterThan(0);
  expect({ withNothing: ours.withNothing, byTurn: byTurn.withNothing > 0 }).toEqual({ withNothing: 0, byTurn: true });
});

test('also with must, want and maybe, where very many wishes weigh the same', () => {
  const { ours } = both(madeUpDraw({ ...shape, levels: true }));
  expect(ours.belowThree).toBe(0);
  expect(ours.total / ours.bound).toBeGreaterThan(0.98);
});

test('a share keeps places of every session for others, and costs little', () => {
  const free = both(madeUpDraw({ ...shape, places: 1.7 })).ours;
  const { ours } = both(madeUpDraw({ ...shape, places: 1.7, share: 0.3 }));
  expect(ours.total / free.total).toBeGreaterThan(0.9);
});

test('louder wishes of a few do not pay', () => {
  const draw = madeUpDraw(shape);
  const value = scaled(draw);
  const wishWeight = draw.wishWeight.slice();
  const loud = Array.from({ length: 45 }, (_, n) => 10 * n);
  const wishesOf = (person: number): number[] =>
    Array.from({ length: draw.wishStart[person + 1]! - draw.wishStart[person]! }, (_, n) => draw.wishStart[person]! + n);
  for (const wish of loud.flatMap(wishesOf)) if (wish % 2 === 0) wishWeight[wish]! *= 1.5;
  const worth = (given: Uint8Array): number => loud.flatMap(wishesOf).reduce((sum, wish) => sum + given[wish]! * value[wish]!, 0);
  expect(worth(auction({ ...draw, wishWeight }, seed).given) / worth(auction(draw, seed).given)).toBeLessThan(1.01);
});
