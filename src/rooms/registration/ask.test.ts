import { expect, test } from 'vitest';
import { sessionFor, type Told } from '#rooms/programme/session-for.testing.ts';
import { languageName, weekdayName, whenInWords, worthAsking } from './ask.ts';
import { noAnswers } from './draft.ts';

const session = (day: string, values: Told = {}) =>
  sessionFor('AAAAAA', { start: `${day}T22:30:00Z`, onSite: [0, 0], online: [null, null], ...values });

test('only days with a session to come are asked about, in the zone of the edition', () => {
  const sessions = [
    session('2026-11-09'),
    session('2026-11-11'),
    session('2026-11-16', { start: '2026-11-15T23:30:00Z' }),
    session('2026-11-17', { state: 'cancelled' }),
    session('2026-11-18', { start: null }),
  ];
  expect(worthAsking(sessions, new Date('2026-11-10T09:00:00Z'))).toEqual({
    weekdays: [1, 3],
    days: ['2026-11-11', '2026-11-16'],
    languages: ['nl'],
    hasBothWays: false,
  });
});

test('the way is asked when some are in a room and some online', () => {
  const room = session('2026-11-11', { onSite: [30, 30], online: [0, 0] });
  expect([worthAsking([room], new Date(0)).hasBothWays, worthAsking([room, session('2026-11-12')], new Date(0)).hasBothWays]).toEqual([false, true]);
});

test('days and languages have names', () => {
  expect([weekdayName(1, 'nl'), weekdayName(7, 'en'), languageName('en', 'nl'), languageName('nl', 'en')]).toEqual([
    'maandag',
    'Sunday',
    'Engels',
    'Dutch',
  ]);
});

test('when somebody can come, in words', () => {
  expect(whenInWords(noAnswers, 'nl')).toBe('elke dag · maakt niet uit');
  expect(whenInWords({ ...noAnswers, weekdays: [2, 4], parts: ['morning'], way: 'online', languages: ['nl'], notOn: ['2026-11-24'] }, 'nl')).toBe(
    'dinsdag, donderdag · ochtend · online · Nederlands · niet op di 24 nov',
  );
});
