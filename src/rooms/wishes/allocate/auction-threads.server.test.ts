import { expect, test } from 'vitest';
import { madeUpDraw } from '../../../../bench/allocate-instance.ts';
import { auction } from './auction.ts';
import { auctionInThreads } from './auction-threads.server.ts';
import type { Seed } from './instance.ts';

const seed: Seed = [9, 8, 7, 6];
const draw = madeUpDraw({ people: 6000, items: 60, places: 1.2, seed: 4, enough: true, share: 0.4 });

test('one, two or three threads give the answer of one thread alone, to the letter', async () => {
  const alone = auction(draw, seed);
  for (const threads of [1, 2, 3]) expect(await auctionInThreads(draw, seed, { threads })).toEqual(alone);
}, 120_000);

test('progress comes from the threads, rises, and ends at 1', async () => {
  const parts: number[] = [];
  await auctionInThreads(draw, seed, { threads: 2, onProgress: (part) => parts.push(part) });
  expect(parts).toEqual([...parts].sort((a, b) => a - b));
  expect(parts.at(-1)).toBe(1);
}, 120_000);

test('a fault in a thread is thrown to who asked', async () => {
  const broken = { ...draw, wishStart: draw.wishStart.map((start) => start * 2 - 1) };
  await expect(auctionInThreads(broken, seed, { threads: 2 })).rejects.toThrow();
}, 120_000);
