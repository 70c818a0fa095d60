import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Theme } from './edition.ts';
import { draw, patternOf, rows, type Mine, type Month } from './line.ts';
import type { Session } from './session.ts';
import { sessionFor } from './session-for.testing.ts';

const themesOf = (count: number): readonly Theme[] =>
  Array.from({ length: count }, (_, position) => ({ slug: `t${position}`, name: { nl: `Thema ${position}` }, line: (position % 6) + 1, position }));
const month = (sessions: readonly Session[], themes = themesOf(2), mine: readonly Mine[] = []): Month => ({
  sessions,
  themes,
  edition: { startsOn: '2026-11-23', endsOn: '2026-12-04', timeZone: 'Europe/Amsterdam' },
  mine,
  language: 'nl',
  now: new Date('2026-11-25T11:00:00Z'),
});
const stopsOf = (path: string): readonly { x: number; y: number }[] =>
  [...path.matchAll(/M([\d.-]+) ([\d.-]+)h0/g)].map((found) => ({ x: Number(found[1]), y: Number(found[2]) }));

test('each theme is a line, each session a stop on the line of its first theme', () => {
  const drawing = draw(
    month([
      sessionFor('A00000', { themes: ['t0', 't1'] }),
      sessionFor('B00000', { themes: ['t1'] }),
      sessionFor('C00000', { themes: ['t1'], start: '2026-11-24T09:00Z' }),
    ]),
    'wide',
  );
  expect(drawing.lines.map(({ slug, stops }) => [slug, stopsOf(stops).length])).toEqual([
    ['t0', 1],
    ['t1', 2],
  ]);
});

test('time runs along: to the right when wide, down when tall', () => {
  const sessions = ['2026-11-23T09:00Z', '2026-11-23T14:00Z', '2026-11-24T09:00Z', '2026-12-04T09:00Z'].map((start, nth) =>
    sessionFor(`S0000${nth}`, { themes: ['t0'], start }),
  );
  const xs = stopsOf(draw(month(sessions), 'wide').lines[0]!.stops).map(({ x }) => x);
  const ys = stopsOf(draw(month(sessions), 'tall').lines[0]!.stops).map(({ y }) => y);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  expect(ys).toEqual(ys.toSorted((a, b) => a - b));
});

test('an empty weekend is left out, one in which something happens is there', () => {
  const labels = (start: string): string =>
    draw(month([sessionFor('A00000', { themes: ['t0'], start })]), 'tall')
      .ticks.map(({ label }) => label.split(' ')[1])
      .join(' ');
  expect([labels('2026-11-23T09:00Z'), labels('2026-11-28T09:00Z')]).toEqual(['23 24 25 26 27 30 1 2 3 4', '23 24 25 26 27 28 30 1 2 3 4']);
});

test('today is marked while the edition runs, and not outside it', () => {
  const drawing = draw(month([]), 'wide');
  expect({ ticks: drawing.ticks.filter(({ isToday }) => isToday).map(({ label }) => label), line: drawing.today !== null }).toEqual({
    ticks: ['25'],
    line: true,
  });
  const after = draw({ ...month([]), now: new Date('2027-01-01T12:00:00Z') }, 'wide');
  expect({ ticks: after.ticks.filter(({ isToday }) => isToday), line: after.today }).toEqual({ ticks: [], line: null });
});

test('sessions without a known theme get a plain line of their own, and an edition without themes too', () => {
  expect(draw(month([sessionFor('A00000', { themes: ['elders'] })], themesOf(1)), 'wide').lines.map(({ slug, line }) => [slug, line])).toEqual([
    ['t0', 1],
    ['', 0],
  ]);
  expect(draw(month([], []), 'wide').lines.map(({ name }) => name)).toEqual(['Zonder thema']);
});

test('your line goes from stop to stop in order of time and leaps to and from the surprise', () => {
  const sessions = [
    sessionFor('FIT001', { themes: ['t0'], start: '2026-11-23T09:00Z' }),
    sessionFor('FIT002', { themes: ['t0'], start: '2026-11-24T09:00Z' }),
    sessionFor('SURPRI', { themes: ['t1'], start: '2026-11-26T09:00Z' }),
    sessionFor('FIT003', { themes: ['t0'], start: '2026-11-27T09:00Z' }),
  ];
  const own = draw(
    month(sessions, themesOf(2), [
      { code: 'FIT003', as: 'fit' },
      { code: 'SURPRI', as: 'surprise' },
      { code: 'FIT001', as: 'fit' },
      { code: 'FIT002', as: 'own' },
    ]),
    'wide',
  ).own!;
  expect(own.stops.map(({ code, as }) => [code, as])).toEqual([
    ['FIT001', 'fit'],
    ['FIT002', 'own'],
    ['SURPRI', 'surprise'],
    ['FIT003', 'fit'],
  ]);
  expect({ solid: own.solid.match(/M/g)?.length, leap: own.leap.match(/M/g)?.length }).toEqual({ solid: 1, leap: 2 });
});

test('a later session that goes deeper on yours is a branch; one that is yours, over or cancelled is not', () => {
  const sessions = [
    sessionFor('MINE00', { themes: ['t0'], start: '2026-11-25T09:00Z' }),
    sessionFor('DEEPER', { themes: ['t1'], start: '2026-11-27T09:00Z', deepens: ['MINE00'] }),
    sessionFor('EARLY0', { themes: ['t1'], start: '2026-11-23T09:00Z', deepens: ['MINE00'] }),
    sessionFor('GONE00', { themes: ['t1'], start: '2026-11-26T09:00Z', deepens: ['MINE00'], state: 'cancelled' }),
  ];
  const drawn = (mine: readonly Mine[]): number => draw(month(sessions, themesOf(2), mine), 'wide').own!.deeper.length;
  expect([
    drawn([{ code: 'MINE00', as: 'fit' }]),
    drawn([
      { code: 'MINE00', as: 'fit' },
      { code: 'DEEPER', as: 'own' },
    ]),
  ]).toEqual([1, 0]);
});

test('without a programme there is no own line; what is not in the edition is left out', () => {
  expect([draw(month([]), 'wide').own, draw(month([], themesOf(1), [{ code: 'NOBODY', as: 'own' }]), 'tall').own]).toEqual([null, null]);
});

test('stops of one theme at one moment do not cover each other', () => {
  const stops = stopsOf(
    draw(month(['A00000', 'B00000', 'C00000', 'D00000', 'E00000'].map((code) => sessionFor(code, { themes: ['t0'] }))), 'wide').lines[0]!.stops,
  );
  const near = stops.flatMap((a, nth) => stops.slice(nth + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
  expect(Math.min(...near)).toBeGreaterThan(9.5);
});

test('colour and pattern together tell thirty-six themes apart', () => {
  const looks = themesOf(36).map((theme, index) => `${theme.line} ${patternOf(theme, index)}`);
  expect(new Set(looks).size).toBe(36);
});

test('a long name becomes two short rows, and the rest an ellipsis', () => {
  expect([
    rows('Mensen en leiderschap', 2),
    rows('Ethics, Society & Politics', 2),
    rows('Verantwoordelijkheidsverdeling', 2),
    rows('een twee drie vier vijf zes zeven acht negen tien', 2),
  ]).toEqual([
    ['Mensen en leiderschap'],
    ['Ethics, Society &', 'Politics'],
    ['Verantwoordelijkheids…'],
    ['een twee drie vier', 'vijf zes zeven acht …'],
  ]);
});

test('any number of themes and sessions is drawn inside the picture, without a number that is none', () => {
  const anySession = fc.record({
    theme: fc.nat(36),
    at: fc.date({ min: new Date('2026-11-20T00:00Z'), max: new Date('2026-12-07T00:00Z'), noInvalidDate: true }),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 36 }),
      fc.array(anySession, { maxLength: 60 }),
      fc.constantFrom('wide' as const, 'tall' as const),
      (count, told, shape) => {
        const sessions = told.map(({ theme, at }, nth) => sessionFor(`S${nth}`, { themes: [`t${theme}`], start: at.toISOString() }));
        const drawing = draw(
          month(
            sessions,
            themesOf(count),
            sessions.slice(0, 5).map(({ code }) => ({ code, as: 'fit' })),
          ),
          shape,
        );
        expect(JSON.stringify(drawing)).not.toMatch(/NaN|Infinity|null,"y"/);
        const stops = drawing.lines.flatMap(({ stops }) => stopsOf(stops));
        expect(stops).toHaveLength(sessions.length);
        for (const { x, y } of stops) expect(x > 0 && x < drawing.width + 24 && y > 0 && y < drawing.height + 24).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});
