import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayGrid } from './day-grid.ts';
import { sessionFor } from './session-for.testing.ts';

const themes = [{ slug: 'inkoop' }, { slug: 'data' }];

test('a day is a table: times down, themes across, each session as high as it lasts', () => {
  const grid = dayGrid(
    [
      sessionFor('LONG00', { themes: ['data'], start: '2026-11-23T09:00Z', minutes: 120 }),
      sessionFor('SHORT0', { themes: ['inkoop'], start: '2026-11-23T09:30Z', minutes: 30 }),
      sessionFor('NOTIME', { themes: ['inkoop'], start: null }),
      sessionFor('NEXT00', { themes: ['inkoop'], start: '2026-11-23T10:00Z', minutes: 60 }),
    ],
    themes,
  );
  expect(grid.lanes.map(({ theme, width }) => [theme, width])).toEqual([
    ['inkoop', 1],
    ['data', 1],
  ]);
  expect(
    grid.rows.map(({ at, slots }) => [
      at.toISOString().slice(11, 16),
      ...slots.map((slot) => (typeof slot === 'string' ? slot : `${slot.session.code} ${slot.span}`)),
    ]),
  ).toEqual([
    ['09:00', 'empty', 'LONG00 3'],
    ['09:30', 'SHORT0 1', 'covered'],
    ['10:00', 'NEXT00 1', 'covered'],
  ]);
});

test('what overlaps within a theme stands side by side; a session without a theme has a lane of its own', () => {
  const grid = dayGrid(
    [sessionFor('A00000', { themes: ['data'] }), sessionFor('B00000', { themes: ['data'] }), sessionFor('C00000', { themes: ['elders'] })],
    themes,
  );
  expect(grid.lanes.map(({ theme, width }) => [theme, width])).toEqual([
    ['data', 2],
    ['', 1],
  ]);
});

test('a day without sessions has no rows', () => {
  expect(dayGrid([], themes)).toEqual({ lanes: [], rows: [] });
});

test('every session stands in the table exactly once, and every row has its full width', () => {
  const any = fc.record({ theme: fc.constantFrom('inkoop', 'data', ''), from: fc.nat(40), quarters: fc.integer({ min: 1, max: 16 }) });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 25 }), (told) => {
      const sessions = told.map(({ theme, from, quarters }, nth) =>
        sessionFor(`S${nth}`, { themes: [theme], start: new Date(Date.UTC(2026, 10, 23, 8, from * 15)).toISOString(), minutes: quarters * 15 }),
      );
      const grid = dayGrid(sessions, themes);
      const width = grid.lanes.reduce((sum, lane) => sum + lane.width, 0);
      const placed = grid.rows.flatMap(({ slots }) => slots.flatMap((slot) => (typeof slot === 'string' ? [] : [slot.session.code])));
      expect(placed.toSorted()).toEqual(sessions.map(({ code }) => code).toSorted());
      for (const { slots } of grid.rows) expect(slots).toHaveLength(width);
    }),
  );
});
