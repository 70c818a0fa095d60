import { afterEach, expect, test, vi } from 'vitest';
import { atMost } from './counting.server.ts';

afterEach(() => void vi.useRealTimers());

test('what is over is told when it may again, and each key counts for itself', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-10T09:00:00Z') });
  const limit = atMost(2, 60);
  expect([await limit.wait('one'), await limit.wait('one'), await limit.wait('one'), await limit.wait('two')]).toEqual([null, null, 60, null]);
  vi.advanceTimersByTime(20_000);
  expect(await limit.count('one')).toEqual({ isOver: true, left: 0, again: 40 });
  vi.advanceTimersByTime(40_000);
  expect(await limit.count('one')).toEqual({ isOver: false, left: 1, again: 60 });
});

test('what is given back does not count', async () => {
  const limit = atMost(1, 60);
  await limit.count('one');
  await limit.giveBack('one');
  expect(await limit.wait('one')).toBeNull();
  expect(await limit.wait('one')).not.toBeNull();
});
