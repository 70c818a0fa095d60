import { expect, test } from 'vitest';
import { sessionFor } from '#rooms/programme/session-for.testing.ts';
import { strengthIn, wayIn, waitingFor, weighed, windowAbout, wishable } from './weighing.ts';
import type { Window } from './window.ts';

const [first, second, third] = [
  sessionFor('AAAAAA', { start: '2026-11-23T09:00Z', online: [null, null] }),
  sessionFor('BBBBBB', { start: '2026-11-23T09:30Z' }),
  sessionFor('CCCCCC', { start: '2026-11-24T09:00Z', state: 'cancelled' }),
];
const windowFor = (some: Partial<Window>): Window => ({
  id: 'w' as Window['id'],
  edition: 'innovember-2026',
  state: 'open',
  opensAt: new Date('2026-11-01T09:00Z'),
  closesAt: new Date('2026-11-10T09:00Z'),
  sessions: null,
  wanted: 3,
  seedHash: null,
  seed: null,
  fileHash: null,
  progress: 0,
  drawnAt: null,
  confirmedAt: null,
  calledOffAt: null,
  report: null,
  ...some,
});

test('wishes stand by time, with what they count for and what is in the way', () => {
  const wishes = [
    { session: 'BBBBBB', strength: 'want', attendance: 'onSite' },
    { session: 'AAAAAA', strength: 'must', attendance: null },
    { session: 'ZZZZZZ', strength: 'must', attendance: null },
  ] as const;
  expect(weighed(wishes, [first, second, third], [third])).toEqual([
    { session: first, strength: 'must', attendance: null, ways: ['onSite', 'online'], part: 4 / 6, besides: [second.title], held: [] },
    { session: second, strength: 'want', attendance: 'onSite', ways: ['onSite'], part: 2 / 6, besides: [first.title], held: [] },
  ]);
});

test('what somebody has a place in at the same time is told', () => {
  expect(weighed([{ session: 'AAAAAA', strength: 'must', attendance: null }], [first, second], [second])[0]!.held).toEqual([second.title]);
});

test('a wish can be given for what an open window is about and still takes place', () => {
  const now = new Date('2026-11-05T09:00Z');
  const codes = (windows: readonly Window[]) => [...wishable(windows, [first, second, third], now).keys()];
  expect([
    codes([windowFor({})]),
    codes([windowFor({ sessions: ['BBBBBB'] })]),
    codes([windowFor({ state: 'planned' })]),
    codes([windowFor({ closesAt: new Date('2026-11-23T09:15Z') })]),
  ]).toEqual([['AAAAAA', 'BBBBBB'], ['BBBBBB'], [], ['BBBBBB']]);
});

test('the window that names a session comes before one about everything; without a time it is in neither', () => {
  const [all, some] = [windowFor({}), windowFor({ sessions: ['AAAAAA'] })];
  expect([windowAbout([all, some], first), windowAbout([all, some], second), windowAbout([all, some], { code: 'DDDDDD', start: null })]).toEqual([
    some,
    all,
    null,
  ]);
});

test('places that wait for a draw are had by a wish while its window is open, and not at all for the rest', () => {
  const [open, drawn] = [windowFor({ sessions: ['AAAAAA'] }), windowFor({ sessions: ['BBBBBB'], state: 'drawn' })];
  expect([...waitingFor([open, drawn, windowFor({ sessions: ['CCCCCC'], state: 'confirmed' })], [first, second, third])]).toEqual([
    ['AAAAAA', 'wish'],
    ['BBBBBB', 'not-now'],
  ]);
});

test('a form says a strength and a way, or nothing that we know', () => {
  expect([strengthIn('must'), strengthIn('most'), wayIn('either'), wayIn('online'), wayIn(null)]).toEqual(['must', null, null, 'online', undefined]);
});
