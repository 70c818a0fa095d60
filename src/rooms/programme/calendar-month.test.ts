import { expect, test } from 'vitest';
import { weeksOf } from './calendar-month.ts';
import { sessionFor } from './session-for.testing.ts';

const edition = { startsOn: '2026-11-24', endsOn: '2026-12-03', timeZone: 'Europe/Amsterdam' };
const shape = (starts: readonly (string | null)[]) => {
  const { width, weeks } = weeksOf(
    starts.map((start, nth) => sessionFor(`S0000${nth}`, { start })),
    edition,
  );
  return {
    width,
    weeks: weeks.map(({ monday, cells }) => [
      monday,
      cells.map(({ isIn, sessions }) => (isIn ? sessions.length : sessions.length === 0 ? '-' : `+${sessions.length}`)).join(' '),
    ]),
  };
};

test('an edition is weeks of five days, with the days outside it marked', () => {
  expect(shape(['2026-11-24T09:00Z', '2026-11-24T10:00Z', '2026-12-01T09:00Z', null])).toEqual({
    width: 5,
    weeks: [
      ['2026-11-23', '- 2 0 0 0'],
      ['2026-11-30', '0 1 0 0 -'],
    ],
  });
});

test('something in a weekend makes every week seven days; something after the end still shows', () => {
  expect(shape(['2026-11-28T09:00Z', '2026-12-15T09:00Z'])).toEqual({
    width: 7,
    weeks: [
      ['2026-11-23', '- 0 0 0 0 1 0'],
      ['2026-11-30', '0 0 0 0 - - -'],
      ['2026-12-14', '- +1 - - - - -'],
    ],
  });
});
