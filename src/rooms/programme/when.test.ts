import { expect, test } from 'vitest';
import { addDays, clock, dayName, daysBetween, hours, isWeekend, local, mondayOf } from './when.ts';

test('a moment is told on the wall clock of its own place, also when summer time has just ended', () => {
  expect(local(new Date('2026-10-25T00:30:00Z'), 'Europe/Amsterdam')).toEqual({ day: '2026-10-25', minutes: 150 });
  expect(local(new Date('2026-10-25T01:30:00Z'), 'Europe/Amsterdam')).toEqual({ day: '2026-10-25', minutes: 150 });
  expect(local(new Date('2026-11-23T23:30:00Z'), 'Europe/Amsterdam')).toEqual({ day: '2026-11-24', minutes: 30 });
  expect(local(new Date('2026-11-23T23:30:00Z'), 'America/New_York')).toEqual({ day: '2026-11-23', minutes: 18 * 60 + 30 });
});

test('times have a dot in Dutch and a colon in English', () => {
  const [start, end] = [new Date('2026-11-23T08:05:00Z'), new Date('2026-11-23T09:30:00Z')];
  expect(clock(start, 'Europe/Amsterdam', 'nl')).toBe('09.05');
  expect(hours(start, end, 'Europe/Amsterdam', 'en')).toBe('09:05–10:30');
});

test('days have a short, a long and a full name in both languages', () => {
  expect([dayName('2026-11-03', 'nl', 'short'), dayName('2026-11-03', 'nl', 'long'), dayName('2026-11-03', 'nl', 'full')]).toEqual([
    'di 3 nov',
    'dinsdag 3 november',
    'dinsdag 3 november 2026',
  ]);
  expect([dayName('2026-11-03', 'en', 'short'), dayName('2026-11-03', 'en', 'long')]).toEqual(['Tue 3 Nov', 'Tuesday 3 November']);
});

test('weeks begin on Monday, across a year too', () => {
  expect([mondayOf('2027-01-01'), mondayOf('2026-12-28'), addDays('2026-12-31', 1)]).toEqual(['2026-12-28', '2026-12-28', '2027-01-01']);
  expect(['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'].map(isWeekend)).toEqual([false, true, true, false]);
});

test('days between are counted with both ends, and never without end', () => {
  expect(daysBetween('2026-11-28', '2026-12-01')).toEqual(['2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01']);
  expect(daysBetween('2026-12-02', '2026-12-01')).toEqual([]);
  expect(daysBetween('0001-01-01', '9999-01-01')).toHaveLength(732);
});
