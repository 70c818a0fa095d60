import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byDay, chosen, everything, inOrder, isChosen, query, readFilter, type Choices, type Filter } from './filter.ts';
import { sessionFor } from './session-for.testing.ts';

const choices: Choices = {
  themes: [
    { slug: 'inkoop', name: { nl: 'Inkoop en start-ups' }, line: 1, position: 0 },
    { slug: 'data', name: { nl: 'Technologie en data' }, line: 2, position: 1 },
  ],
  organisations: [{ slug: 'cbs', name: { nl: 'Centraal Bureau voor de Statistiek' } }],
  languages: ['en', 'nl'],
  days: ['2026-11-23', '2026-11-24'],
};
const now = new Date('2026-11-24T12:00:00Z');
const read = (address: string) => readFilter(new URLSearchParams(address), choices);
const found = (sessions: Parameters<typeof chosen>[0], filter: Partial<Filter>): string[] =>
  chosen(sessions, { ...everything, ...filter }, choices, now).map(({ code }) => code);

test('without choices everything is shown', () => {
  expect(read('')).toEqual({ filter: everything, ignored: [] });
  expect([isChosen(everything), query(everything)]).toEqual([false, '']);
});

test('every choice is read from the address and written back the same', () => {
  const address =
    '?thema=inkoop&wanneer=week-2026-11-23&organisatie=cbs&vorm=workshop&taal=nl&voor=advanced&hoe=zaal&plaatsen=vrij&q=sneller+inkopen&weergave=dag';
  const { filter, ignored } = read(address);
  expect({ ignored, address: query(filter) }).toEqual({ ignored: [], address });
});

test('what is not known is left out and told, the rest counts', () => {
  expect(read('thema=bestaat-niet&taal=nl&wanneer=2026-02-30&vorm=dans&pagina=-3&weergave=kubus')).toEqual({
    filter: { ...everything, taal: 'nl' },
    ignored: [
      { name: 'wanneer', value: '2026-02-30' },
      { name: 'thema', value: 'bestaat-niet' },
      { name: 'vorm', value: 'dans' },
      { name: 'weergave', value: 'kubus' },
    ],
  });
});

test('a day or a week may be named in a short way too; a week begins on its Monday', () => {
  expect([read('dag=2026-11-24').filter.wanneer, read('week=2026-11-26').filter.wanneer, read('wanneer=komend').filter.wanneer]).toEqual([
    '2026-11-24',
    'week-2026-11-23',
    'komend',
  ]);
});

test('whatever stands in an address can be read', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('thema', 'wanneer', 'dag', 'week', 'organisatie', 'vorm', 'taal', 'voor', 'hoe', 'plaatsen', 'q', 'weergave', 'pagina'),
          fc.string(),
        ),
      ),
      (pairs) => {
        const { filter } = readFilter(new URLSearchParams(pairs), choices);
        expect(read(query(filter, { pagina: filter.pagina })).filter).toEqual(filter);
      },
    ),
    { numRuns: 50 },
  );
});

test('each choice keeps the sessions it is about', () => {
  const sessions = [
    sessionFor('INKOOP', {
      themes: ['inkoop', 'data'],
      organisations: ['cbs'],
      format: 'workshop',
      languages: ['nl'],
      start: '2026-11-23T09:00Z',
      onSite: [20, 3],
      online: [0, 0],
    }),
    sessionFor('DATA00', {
      themes: ['data'],
      format: 'webinar',
      level: 'advanced',
      languages: ['en'],
      start: '2026-11-25T09:00Z',
      onSite: [0, 0],
      online: [10, 0],
    }),
    sessionFor('LATER0', { themes: ['data'], start: null, onSite: [10, 10], online: [null, null] }),
  ];
  expect({
    theme: found(sessions, { thema: 'inkoop' }),
    second: found(sessions, { thema: 'data' }),
    organisation: found(sessions, { organisatie: 'cbs' }),
    format: found(sessions, { vorm: 'webinar' }),
    language: found(sessions, { taal: 'en' }),
    audience: found(sessions, { voor: 'advanced' }),
    day: found(sessions, { wanneer: '2026-11-25' }),
    week: found(sessions, { wanneer: 'week-2026-11-23' }),
    coming: found(sessions, { wanneer: 'komend' }),
    past: found(sessions, { wanneer: 'verleden' }),
    room: found(sessions, { hoe: 'zaal' }),
    online: found(sessions, { hoe: 'online' }),
    free: found(sessions, { plaatsen: 'vrij' }),
    both: found(sessions, { thema: 'data', hoe: 'online', plaatsen: 'vrij' }),
  }).toEqual({
    theme: ['INKOOP'],
    second: ['INKOOP', 'DATA00', 'LATER0'],
    organisation: ['INKOOP'],
    format: ['DATA00'],
    language: ['DATA00'],
    audience: ['DATA00'],
    day: ['DATA00'],
    week: ['INKOOP', 'DATA00'],
    coming: ['DATA00', 'LATER0'],
    past: ['INKOOP'],
    room: ['INKOOP', 'LATER0'],
    online: ['DATA00', 'LATER0'],
    free: ['LATER0'],
    both: ['LATER0'],
  });
});

test('words are found in title, summary, speakers, theme and organisation, whatever the accents and capitals', () => {
  const sessions = [
    sessionFor('CODE01', { title: 'Één overheid, één loket', themes: ['inkoop'], organisations: ['cbs'] }),
    sessionFor('CODE02', { title: 'Iets anders', summary: 'Over LOKETTEN' }),
  ];
  expect([
    found(sessions, { q: 'een LOKET' }),
    found(sessions, { q: 'loket' }),
    found(sessions, { q: 'statistiek start-ups' }),
    found(sessions, { q: 'loket zee' }),
  ]).toEqual([['CODE01'], ['CODE01', 'CODE02'], ['CODE01'], []]);
});

test('sessions stand in order of time, those without a time last', () => {
  const sessions = [
    sessionFor('LATER0', { start: null }),
    sessionFor('SECOND', { start: '2026-11-23T10:00Z' }),
    sessionFor('FIRST0', { start: '2026-11-23T09:00Z' }),
  ];
  expect(inOrder(sessions, '2026-11-23').map(({ code }) => code)).toEqual(['FIRST0', 'SECOND', 'LATER0']);
});

test('what starts at once stands in another order each day, the same all day, and each comes first about equally often', () => {
  const sessions = ['A00000', 'B00000', 'C00000', 'D00000'].map((code) => sessionFor(code, { start: '2026-11-23T09:00Z' }));
  const first = (day: string): string => inOrder(sessions, day)[0]!.code;
  expect(inOrder(sessions.toReversed(), '2026-11-23')).toEqual(inOrder(sessions, '2026-11-23'));
  const days = Array.from({ length: 2000 }, (_, nth) => new Date(Date.UTC(2020, 0, nth + 1)).toISOString().slice(0, 10));
  const counts = Map.groupBy(days.map(first), (code) => code);
  for (const code of ['A00000', 'B00000', 'C00000', 'D00000']) expect(counts.get(code)?.length).toBeGreaterThan(400);
});

test('a list is cut into days on the clock of the edition', () => {
  const sessions = [
    sessionFor('NIGHT0', { start: '2026-11-23T23:30Z' }),
    sessionFor('NEXT00', { start: '2026-11-24T09:00Z' }),
    sessionFor('LATER0', { start: null }),
  ];
  expect(byDay(sessions, 'Europe/Amsterdam').map(({ day, sessions }) => [day, sessions.map(({ code }) => code)])).toEqual([
    ['2026-11-24', ['NIGHT0', 'NEXT00']],
    [null, ['LATER0']],
  ]);
});
