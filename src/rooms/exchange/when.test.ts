import { expect, test } from 'vitest';
import { moveDays, readApart, readDay, readMinutes, readMoment, readZone, withOffset } from './when.ts';

const zone = 'Europe/Amsterdam';
const iso = (moment: ReturnType<typeof readMoment>) => moment && [moment.at.toISOString(), moment.remark];

test('an offset in a time wins, else the clock of the zone', () => {
  expect(iso(readMoment('2026-11-10T09:30:00+01:00', 'America/New_York'))).toEqual(['2026-11-10T08:30:00.000Z', null]);
  expect(iso(readMoment('2026-11-10T09:30:00Z', zone))).toEqual(['2026-11-10T09:30:00.000Z', null]);
  expect(iso(readMoment('2016-12-29T21:15:00.000+0100', zone))).toEqual(['2016-12-29T20:15:00.000Z', null]);
  expect(iso(readMoment('2026-11-10T09:30', zone))).toEqual(['2026-11-10T08:30:00.000Z', null]);
  expect(iso(readMoment('2026-07-10 9:30', zone))).toEqual(['2026-07-10T07:30:00.000Z', null]);
  expect(iso(readMoment('2026-11-10T09:30:00', 'Asia/Kathmandu'))).toEqual(['2026-11-10T03:45:00.000Z', null]);
});

test('a time that the clock skips is an hour later, one that it shows twice is the first; both are said', () => {
  expect(iso(readMoment('2026-03-29T02:30:00', zone))).toEqual(['2026-03-29T01:30:00.000Z', 'gap']);
  expect(iso(readMoment('2026-10-25T02:30:00', zone))).toEqual(['2026-10-25T00:30:00.000Z', 'twice']);
  expect(iso(readMoment('2026-10-25T02:30:00+01:00', zone))).toEqual(['2026-10-25T01:30:00.000Z', null]);
});

test('what is no time, or a time that nobody can mean, cannot be read', () => {
  for (const bad of [
    '',
    'tomorrow',
    '2026-13-01T10:00:00Z',
    '2026-02-30T10:00:00Z',
    '2026-11-10T25:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T10:00:00Z',
    '99999-01-01T00:00',
    '2026-11-10T10:00:00+99:00',
    '2026-11-10',
  ])
    expect([bad, readMoment(bad, zone)]).toEqual([bad, null]);
});

test('what is earlier by the clock than the day begins is after midnight', () => {
  expect(iso(readApart('2026-11-10', '00:30', '2026-11-10T11:00:00+01:00', zone))).toEqual(['2026-11-10T23:30:00.000Z', null]);
  expect(iso(readApart('2026-11-10', '11:00', '2026-11-10T11:00:00+01:00', zone))).toEqual(['2026-11-10T10:00:00.000Z', null]);
  expect(iso(readApart('2026-11-10', '0:30', null, zone))).toEqual(['2026-11-09T23:30:00.000Z', null]);
});

test('moving days keeps the time by the clock, across summer time', () => {
  expect(iso(moveDays(new Date('2026-10-24T07:00:00Z'), 1, zone))).toEqual(['2026-10-25T08:00:00.000Z', null]);
  expect(iso(moveDays(new Date('2026-03-27T08:00:00Z'), 3, zone))).toEqual(['2026-03-30T07:00:00.000Z', null]);
  expect(iso(moveDays(new Date('2026-03-28T01:30:00Z'), 1, zone))).toEqual(['2026-03-29T01:30:00.000Z', 'gap']);
});

test('durations in every way they are written', () => {
  expect(['1:30', '01:30:00', '45', 'PT1H30M', 'P1D', '00:00', 'long', '-5', ''].map(readMinutes)).toEqual([
    90,
    90,
    45,
    90,
    1440,
    0,
    null,
    null,
    null,
  ]);
});

test('zones by name, days that exist', () => {
  expect(['Europe/Amsterdam', 'europe/berlin', 'UTC', 'Mars/Base', '+01:00', '../etc', null].map(readZone)).toEqual([
    'Europe/Amsterdam',
    'Europe/Berlin',
    'UTC',
    null,
    null,
    null,
    null,
  ]);
  expect(['2026-11-10', '2020-01-29T00:00:00', '2026-02-29', 'x', null].map(readDay)).toEqual(['2026-11-10', '2020-01-29', null, null, null]);
});

test('an export writes the offset of the zone', () => {
  expect(withOffset(new Date('2026-07-10T07:30:00Z'), zone)).toBe('2026-07-10T09:30:00+02:00');
  expect(withOffset(new Date('2026-11-10T07:30:00Z'), 'UTC')).toBe('2026-11-10T07:30:00+00:00');
});
