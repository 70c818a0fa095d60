import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';

test('what is asked while others are served is done together', async () => {
  const works: number[][] = [];
  const ask = inTurns<number, number>(
    async (asks) => {
      works.push([...asks]);
      await new Promise((done) => setTimeout(done, 1));
      return asks.map((n) => n * 2);
    },
    { lanes: 1, most: 3 },
  );
  expect(await Promise.all([1, 2, 3, 4, 5].map((n) => ask(`${n}`, n)))).toEqual([2, 4, 6, 8, 10]);
  expect(works).toEqual([[1], [2, 3, 4], [5]]);
});

test('a work that fails fails only those in it', async () => {
  const ask = inTurns<number, number>((asks) => (asks.includes(1) ? Promise.reject(new Error('one')) : Promise.resolve(asks)), { lanes: 1, most: 1 });
  const results = await Promise.allSettled([ask('a', 1), ask('a', 2)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

test('everybody is answered once, in order for each key, and a key is never in two works', () =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 4 }),
      async (scheduler, keys, lanes, most) => {
        const inWork = new Set<number>();
        const served: number[] = [];
        let side = 0;
        const pause = scheduler.scheduleFunction(() => Promise.resolve());
        const ask = inTurns<{ key: number; nth: number }, number>(
          async (asks) => {
            const mine = new Set(asks.map(({ key }) => key));
            expect(asks.length).toBeLessThanOrEqual(most);
            expect(++side).toBeLessThanOrEqual(lanes);
            for (const key of mine) expect(inWork.has(key)).toBe(false);
            for (const key of mine) inWork.add(key);
            served.push(...asks.map(({ nth }) => nth));
            await pause();
            for (const key of mine) inWork.delete(key);
            side--;
            return asks.map(({ nth }) => nth);
          },
          { lanes, most },
        );
        const answers = keys.map((key, nth) => ask(`${key}`, { key, nth }));
        await scheduler.waitFor(Promise.all(answers));
        expect(await Promise.all(answers)).toEqual(keys.map((_, nth) => nth));
        for (const key of new Set(keys)) {
          const order = served.filter((nth) => keys[nth] === key);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        }
        expect(served.length).toBe(keys.length);
      },
    ),
  ));
