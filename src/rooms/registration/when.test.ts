import { expect, test } from 'vitest';
import { availability } from './when.ts';

const november = { startsOn: '2026-11-23', endsOn: '2026-11-27', timeZone: 'Europe/Amsterdam' };
const anyTime = { weekdays: [], parts: [], notOn: [] };
const inWords = (when: Parameters<typeof availability>[0], edition = november) =>
  availability(when, edition).map(({ from, until }) => `${from.toISOString()} ${until.toISOString()}`);

test('who says nothing can come at any time', () => {
  expect(inWords(anyTime)).toEqual([]);
});

test('Tuesday morning is one time, in the zone of the edition', () => {
  expect(inWords({ ...anyTime, weekdays: [2], parts: ['morning'] })).toEqual(['2026-11-24T05:00:00.000Z 2026-11-24T11:30:00.000Z']);
});

test('morning and afternoon of one day are one time, so that a session across noon suits', () => {
  expect(inWords({ ...anyTime, weekdays: [2], parts: ['morning', 'afternoon'] })).toEqual(['2026-11-24T05:00:00.000Z 2026-11-24T17:00:00.000Z']);
});

test('an evening lasts into the night', () => {
  expect(inWords({ ...anyTime, weekdays: [5], parts: ['evening'] })).toEqual(['2026-11-27T16:30:00.000Z 2026-11-28T05:00:00.000Z']);
});

test('a day struck out is not there', () => {
  expect(inWords({ ...anyTime, notOn: ['2026-11-24', '2026-11-25', '2026-11-26'] }).map((time) => time.slice(0, 10))).toEqual([
    '2026-11-22',
    '2026-11-26',
  ]);
});

test('every day struck out is a moment in which nothing fits, not every time', () => {
  expect(inWords({ ...anyTime, weekdays: [7] })).toEqual(['2026-11-22T23:00:00.000Z 2026-11-22T23:00:00.000Z']);
});

test('the hours follow the clocks of the zone when they change', () => {
  const october = { startsOn: '2026-10-24', endsOn: '2026-10-26', timeZone: 'Europe/Amsterdam' };
  expect(inWords({ ...anyTime, parts: ['morning'] }, october).map((time) => time.slice(11, 16))).toEqual(['04:00', '05:00', '05:00']);
});
