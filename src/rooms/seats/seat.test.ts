import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attendanceFor, mayMoveUp, standingFor, whyNot, type Places } from './seat.ts';

const places = (some: Partial<Places>): Places => ({ attendance: 'online', capacity: 2, held: 0, waiting: 0, ...some });
const now = new Date('2026-11-10T09:00:00Z');

test('the last place goes to the first who asks, the next one waits', () => {
  expect(standingFor(places({ held: 1 }))).toBe('held');
  expect(standingFor(places({ held: 2 }))).toBe('waiting');
});

test('nobody passes those who wait already', () => {
  expect(standingFor(places({ held: 1, waiting: 1 }))).toBe('waiting');
});

test('a session without limit is never full', () => {
  expect(standingFor(places({ capacity: null, held: 10_000 }))).toBe('held');
});

test('as many move up as there are places', () => {
  expect(mayMoveUp(places({ capacity: 5, held: 3, waiting: 4 }))).toBe(2);
  expect(mayMoveUp(places({ capacity: 5, held: 3, waiting: 1 }))).toBe(1);
  expect(mayMoveUp(places({ capacity: null, held: 3, waiting: 4 }))).toBe(4);
});

test('a session that started or was cancelled takes nobody', () => {
  expect(whyNot({ state: 'published', start: new Date('2026-11-10T09:00:00Z') }, now)).toBe('session-started');
  expect(whyNot({ state: 'cancelled', start: new Date('2026-11-12T09:00:00Z') }, now)).toBe('session-cancelled');
  expect(whyNot({ state: 'published', start: new Date('2026-11-10T09:00:01Z') }, now)).toBe(null);
});

test('who names no way to take part gets the room when it has a place, else online, else the shorter line', () => {
  expect(attendanceFor([places({ attendance: 'onSite' }), places({})])).toBe('onSite');
  expect(attendanceFor([places({ attendance: 'onSite', held: 2 }), places({})])).toBe('online');
  expect(attendanceFor([places({ attendance: 'onSite', held: 2, waiting: 3 }), places({ held: 2, waiting: 1 })])).toBe('online');
  expect(attendanceFor([places({ attendance: 'onSite', capacity: 0 }), places({})])).toBe('online');
  expect(attendanceFor([places({ capacity: 0 })])).toBe(null);
});

test('whatever people ask and give back, places are never exceeded and nobody waits beside a free place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 100 }), (capacity, asks) => {
      let line = places({ capacity });
      for (const asksForOne of asks) {
        if (asksForOne) line = standingFor(line) === 'held' ? { ...line, held: line.held + 1 } : { ...line, waiting: line.waiting + 1 };
        else if (line.held > 0) line = { ...line, held: line.held - 1 };
        const up = mayMoveUp(line);
        line = { ...line, held: line.held + up, waiting: line.waiting - up };
        expect(line.held).toBeLessThanOrEqual(capacity);
        expect(line.waiting === 0 || line.held === capacity).toBe(true);
      }
    }),
  );
});
