import { expect, test } from 'vitest';
import { moment, momentIn, shortMoment, typedMoment } from './moment.ts';

const at = new Date('2026-11-03T11:00:00Z');

test('a moment is told by the wall clock of the edition, in two languages', () => {
  expect([moment(at, 'Europe/Amsterdam', 'nl'), moment(at, 'Europe/Amsterdam', 'en'), shortMoment(at, 'Europe/Amsterdam', 'nl')]).toEqual([
    'dinsdag 3 november om 12.00 uur',
    'Tuesday 3 November at 12:00',
    'di 3 nov 12.00',
  ]);
});

test('what a field says is read as it was written, also on the day the clock goes back', () => {
  const moments = [at, new Date('2026-10-25T00:30:00Z'), new Date('2026-03-29T01:30:00Z')];
  expect(moments.map((one) => momentIn(typedMoment(one, 'Europe/Amsterdam'), 'Europe/Amsterdam'))).toEqual(moments);
});

test('what is no moment is none', () => {
  expect(['', '3 november', '2026-11-31T10:00', '2026-11-03T25:00', '2026-11-03', '0026-11-03T10:00'].map((one) => momentIn(one, 'UTC'))).toEqual(
    Array.from({ length: 6 }, () => null),
  );
});
