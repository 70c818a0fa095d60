import { expect, test } from 'vitest';
import { sessionFor } from '#rooms/programme/session-for.testing.ts';
import type { Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import { entriesOf, overlapsOf } from './entry.ts';

const session = (code: string, from: string, until: string, state: Session['state'] = 'published') =>
  sessionFor(code, { start: `2026-11-10T${from}Z`, end: `2026-11-10T${until}Z`, state });
const seat = (code: string): Seat => ({
  session: code,
  standing: 'held',
  attendance: 'online',
  position: null,
  offeredUntil: null,
  chosenAs: 'own',
  waitsFor: null,
});

test('two sessions at once are named at each other, one after the other is not', () => {
  const [one, two, three] = [session('AAAAA1', '09:00', '10:00'), session('AAAAA2', '09:59', '11:00'), session('AAAAA3', '11:00', '12:00')];
  expect(entriesOf([seat('AAAAA1'), seat('AAAAA2'), seat('AAAAA3')], [one, two, three]).map((entry) => entry.overlaps)).toEqual([
    ['AAAAA2'],
    ['AAAAA1'],
    [],
  ]);
});

test('a cancelled session stands in nobody’s way', () => {
  const [held, off] = [session('AAAAA1', '09:00', '10:00'), session('AAAAA2', '09:00', '10:00', 'cancelled')];
  expect([overlapsOf(held, [off]), overlapsOf(off, [held])]).toEqual([[], []]);
});

test('a seat in a session that is no longer to be seen is left out', () => {
  expect(entriesOf([seat('AAAAA1'), seat('HIDDEN')], [session('AAAAA1', '09:00', '10:00')]).map((entry) => entry.session.code)).toEqual(['AAAAA1']);
});
