import { expect, test } from 'vitest';
import type { Instance, Seed } from './instance.ts';
import { turnOrder } from './turns.ts';
import { waitingOrder } from './waiting-order.ts';

const seed: Seed = [5, 6, 7, 8];

/** Everybody wishes items 0 and 1 equally; who is given what is said per person. */
const drawOf = (people: number): Instance => ({
  people,
  items: 2,
  capacity: Int32Array.of(1, 1),
  wishStart: Int32Array.from({ length: people + 1 }, (_, person) => 2 * person),
  wishItem: Uint16Array.from({ length: 2 * people }, (_, wish) => wish % 2),
  wishWeight: new Float32Array(2 * people).fill(1),
  wanted: new Uint8Array(people).fill(2),
  has: new Uint8Array(people),
  clashStart: new Int32Array(3),
  clashItem: new Uint16Array(0),
  groupStart: new Int32Array(people + 1),
  group: new Uint16Array(0),
  shares: [],
});

const lists = (draw: Instance, given: Uint8Array): number[][] => {
  const { start, person } = waitingOrder(draw, { given }, seed);
  return Array.from({ length: draw.items }, (_, item) => [...person.slice(start[item]!, start[item + 1]!)]);
};

test('who got the smallest part of their own best waits in front, and who got it does not wait', () => {
  expect(lists(drawOf(3), Uint8Array.of(1, 0, 0, 0, 0, 1))).toEqual([
    [1, 2],
    [1, 0],
  ]);
});

test('equals wait in the order of their turns', () => {
  const turns = [...turnOrder(seed, 50)];
  expect(lists(drawOf(50), new Uint8Array(100))).toEqual([turns, turns]);
});

test('who gave a wish no weight does not wait for it', () => {
  const draw = drawOf(2);
  draw.wishWeight[0] = 0;
  draw.wishWeight[3] = NaN;
  expect(lists(draw, new Uint8Array(4))).toEqual([[1], [0]]);
});

test('nobody waits when nobody came', () => {
  expect(lists(drawOf(0), new Uint8Array(0))).toEqual([[], []]);
});
