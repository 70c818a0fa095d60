import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measured } from './fullness.ts';

test('a line shows places held, offered and free, and behind the stop who waits', () => {
  const one = { checkedIn: 0, capacity: 100, held: 50, offered: 10, waiting: 25 };
  expect(measured(one)).toEqual({ held: 40, offered: 48, places: 80, waiting: 20 });
  expect(measured({ ...one, waiting: 0 })).toEqual({ held: 50, offered: 60, places: 100, waiting: 0 });
  expect(measured({ ...one, capacity: null, waiting: 0 })).toEqual({ held: 41.7, offered: 50, places: 100, waiting: 0 });
  expect(measured({ ...one, held: 100, offered: 0, waiting: 5000 })).toEqual({ held: 66.7, offered: 66.7, places: 66.7, waiting: 33.3 });
  expect(measured({ capacity: null, held: 0, offered: 0, waiting: 0, checkedIn: 0 })).toEqual({ held: 0, offered: 0, places: 100, waiting: 0 });
});

test('the parts never pass each other', () => {
  const count = fc.nat(5000);
  fc.assert(
    fc.property(fc.option(count), count, count, count, (capacity, held, offered, waiting) => {
      const line = measured({ capacity, held, offered, waiting, checkedIn: 0 });
      expect([0, line.held, line.offered, line.places, 100.1]).toEqual([0, line.held, line.offered, line.places, 100.1].toSorted((a, b) => a - b));
      expect(line.places + line.waiting).toBeCloseTo(100, 0);
    }),
  );
});
