import { expect, test } from 'vitest';
import type { Seed } from './instance.ts';
import { byKey, drawn, turnOrder } from './turns.ts';

const seed: Seed = [1, 2, 3, 4];

test('everybody has a turn, once, the same for the same seed and another for another', () => {
  const order = turnOrder(seed, 1000);
  expect([...order].sort((a, b) => a - b)).toEqual([...Array(1000).keys()]);
  expect(turnOrder(seed, 1000)).toEqual(order);
  for (const word of [0, 1, 2, 3])
    expect(turnOrder(seed.map((one, at) => (at === word ? one + 1 : one)) as unknown as Seed, 1000)).not.toEqual(order);
});

test('no turn is more likely for anybody', () => {
  const first = new Map<number, number>();
  for (let n = 0; n < 6000; n++) {
    const [person = -1] = turnOrder([n, 0, 0, 0], 6);
    first.set(person, (first.get(person) ?? 0) + 1);
  }
  for (const times of first.values()) expect(Math.abs(times - 1000)).toBeLessThan(120);
  expect(first.size).toBe(6);
});

test('the lot is evenly spread, also for numbers that follow each other', () => {
  const tenths = new Array<number>(10).fill(0);
  for (let n = 0; n < 20_000; n++) tenths[Math.floor((drawn(seed, n, 7) / 2 ** 32) * 10)]!++;
  for (const found of tenths) expect(Math.abs(found - 2000)).toBeLessThan(200);
});

test('equal keys keep their order', () => {
  expect([...byKey(Int32Array.of(3, 1, 0, 2), Uint32Array.of(9, 70_000, 9, 0xffffffff))]).toEqual([0, 2, 1, 3]);
});
