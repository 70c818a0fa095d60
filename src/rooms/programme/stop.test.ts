import { expect, test } from 'vitest';
import { hostsOf, roomOf, standing, wayOf } from './stop.ts';
import { sessionFor } from './session-for.testing.ts';

const at = (time: string): Date => new Date(`2026-11-23T${time}Z`);

test('a session turns by the clock: open, on now, over', () => {
  const session = sessionFor('CODE00', { start: '2026-11-23T09:00Z', minutes: 60 });
  expect(['08:59', '09:00', '09:59', '10:00'].map((time) => standing(session, at(time)))).toEqual(['open', 'now', 'now', 'past']);
});

test('cancelled comes before everything, full and almost full only before it starts', () => {
  expect([
    standing(sessionFor('CODE00', { state: 'cancelled', onSite: [10, 0] }), at('10:30')),
    standing(sessionFor('CODE00', { onSite: [10, 0] }), at('08:00')),
    standing(sessionFor('CODE00', { onSite: [10, 4] }), at('08:00')),
    standing(sessionFor('CODE00', { onSite: [10, 0] }), at('09:30')),
  ]).toEqual(['cancelled', 'full', 'few', 'now']);
});

test('there is room when one of the ways to take part has it', () => {
  expect([
    roomOf(sessionFor('CODE00', { onSite: [10, 0], online: [null, null] })),
    roomOf(sessionFor('CODE00', { onSite: [10, 0], online: [100, 2] })),
    roomOf(sessionFor('CODE00', { onSite: [10, 0], online: [5, 0] })),
    roomOf(sessionFor('CODE00', { onSite: [0, 0], online: [0, 0] })),
  ]).toEqual(['ample', 'few', 'none', 'ample']);
});

test('hosts are named: one, two, or the first and how many more', () => {
  const organisations = [{ slug: 'cbs', name: { nl: 'CBS', en: 'Statistics Netherlands' } }];
  expect(
    [[], ['cbs'], ['cbs', 'kadaster'], ['cbs', 'kadaster', 'knmi']].map((slugs) => hostsOf({ organisations: slugs }, organisations, 'nl')),
  ).toEqual(['', 'CBS', 'CBS en kadaster', 'CBS en 2 andere']);
  expect(hostsOf({ organisations: ['cbs'] }, organisations, 'en')).toBe('Statistics Netherlands');
});

test('the ways to take part are told in words', () => {
  expect(
    [
      [10, 10],
      [10, 0],
      [0, null],
      [0, 0],
    ].map(([onSite = 0, online = 0]) => wayOf({ capacity: { onSite, online } }, 'nl')),
  ).toEqual(['in de zaal of online', 'in de zaal', 'online', '']);
});
