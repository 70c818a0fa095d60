import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testNow, testVisit } from '#ground/testing.server.ts';
import { edition, sessions, themes } from '#rooms/programme';
import { importProgramme } from './exchange.server.ts';
import { isUnreadable, type ImportedProgramme } from './imported.ts';
import { readProgramme, type Reading } from './read.ts';
import { countsOf } from './report.ts';

const data = process.env['DATA'];
const visit = testVisit();
const read = (bytes: string | Uint8Array, reading: Reading = {}): ImportedProgramme => {
  const programme = readProgramme(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, reading);
  if (isUnreadable(programme)) throw new Error(programme.unreadable);
  return programme;
};

describe.skipIf(data === undefined)('real programmes, from the folder that DATA names', () => {
  const files: readonly (readonly [string, number, number])[] = [
    ['31c3-schedule.xml', 138, 8],
    ['frab-camp2019.schedule.json', 79, 7],
    ['pretalx-democon.schedule.json', 36, 2],
    ['invalid-example.schedule.json', 1, 1],
    ['sessionize-ndc-london-2020.json', 109, 1],
    ['halfnarp-33c3/talks.json', 149, 8],
  ];
  test.each(files)('%s comes in whole; a second time changes nothing', async (file, count, themeCount) => {
    const slug = file.replace(/[^a-z0-9]+/g, '-');
    const bytes = readFileSync(`${data}/programmes/${file}`);
    const first = await importProgramme(visit, read(bytes), { slug });
    const made = (await edition(visit, slug))!;
    expect(countsOf(first)).toEqual({ new: count, changed: 0, same: 0, leftOut: 0, missing: 0 });
    expect((await themes(visit, made.id)).length).toBe(themeCount);
    const before = await sessions(visit, made.id);
    expect(before.length).toBe(count);

    const later = testVisit({ now: new Date(testNow.getTime() + 3_600_000) });
    const second = await importProgramme(later, read(bytes), { slug });
    expect(countsOf(second)).toEqual({ new: 0, changed: 0, same: count, leftOut: 0, missing: 0 });
    expect(await sessions(visit, made.id)).toEqual(before);
    const { rows } = await sql<{ lines: number }>`select count(*) as lines from journal where edition_id = ${made.id}`.execute(visit.db);
    expect(rows).toEqual([{ lines: 1 }]);
  });
});
test.skipIf(data !== undefined)('skipped: the real programmes, because DATA names no folder', () => {});

const frab = (events: readonly object[]): string =>
  JSON.stringify({
    schedule: { conference: { title: 'Proefmaand', time_zone_name: 'Europe/Amsterdam', days: [{ date: '2026-11-10', rooms: { Studio: events } }] } },
  });
const event = { id: 1, guid: 'a', title: 'Sneller inkopen', track: 'Inkoop', language: 'nl', date: '2026-11-10T10:00:00', duration: '01:00' };
const later = testVisit({ now: new Date(testNow.getTime() + 3_600_000) });
const linesAbout = async (slug: string) =>
  (
    await sql<{
      what: string;
      details: unknown;
    }>`select what, details from journal where edition_id = (select id from editions where slug = ${slug}) order by id`.execute(visit.db)
  ).rows;

test('an import makes the edition, with its themes, and sessions that are published, public and without limit on site', async () => {
  const report = await importProgramme(visit, read(frab([event])), { slug: 'maken' });
  const made = (await edition(visit, 'maken'))!;
  expect({ ...made, id: null }).toEqual({
    id: null,
    slug: 'maken',
    acceptHours: null,
    name: { nl: 'Proefmaand' },
    startsOn: '2026-11-10',
    endsOn: '2026-11-10',
    timeZone: 'Europe/Amsterdam',
    rules: { atLeast: 3, fits: 2, surprises: 1 },
    isExample: false,
    languages: ['nl', 'en'],
    isCurrent: false,
    closedAt: null,
    revision: 0,
  });
  const [session] = await sessions(visit, made.id);
  expect(session).toMatchObject({
    title: { nl: 'Sneller inkopen' },
    themes: ['inkoop'],
    organisations: [],
    capacity: { onSite: null, online: 0 },
    placesLeft: { onSite: null, online: 0 },
    location: 'Studio',
    visibility: 'public',
    state: 'published',
    sequence: 0,
    start: new Date('2026-11-10T09:00:00Z'),
  });
  expect(report.rows).toEqual([
    { row: 1, id: 'a', title: 'Sneller inkopen', code: session!.code, result: 'new', changes: [], conflicts: [], remarks: [] },
  ]);
  expect(await linesAbout('maken')).toEqual([{ what: 'edition-imported', details: { new: 1, changed: 0 } }]);
});

test('calendars hear of another title, time or place; other texts change in silence', async () => {
  await importProgramme(visit, read(frab([event, { ...event, id: 2, guid: 'b' }, { ...event, id: 3, guid: 'c' }])), { slug: 'veranderen' });
  const report = await importProgramme(
    later,
    read(
      frab([
        { ...event, date: '2026-11-12T10:00:00' },
        { ...event, id: 2, guid: 'b', abstract: 'Anders.' },
        { ...event, id: 3, guid: 'c' },
      ]),
    ),
    { slug: 'veranderen' },
  );
  expect(countsOf(report)).toEqual({ new: 0, changed: 2, same: 1, leftOut: 0, missing: 0 });
  const now = await sessions(visit, (await edition(visit, 'veranderen'))!.id);
  expect(
    now
      .map(({ sequence, updatedAt, summary }) => ({ sequence, updatedAt, summary }))
      .sort((a, b) => a.sequence - b.sequence || +a.updatedAt - +b.updatedAt),
  ).toEqual([
    { sequence: 0, updatedAt: testNow, summary: {} },
    { sequence: 0, updatedAt: later.now, summary: { nl: 'Anders.' } },
    { sequence: 1, updatedAt: later.now, summary: {} },
  ]);
  expect((await edition(visit, 'veranderen'))!.endsOn).toBe('2026-11-12');
  expect((await linesAbout('veranderen')).slice(1)).toEqual([
    { what: 'session-changed', details: { differences: ['time'] } },
    { what: 'edition-imported', details: { new: 0, changed: 2 } },
  ]);
});

test('what is missing later is said and stays', async () => {
  await importProgramme(visit, read(frab([event, { ...event, id: 2, guid: 'b', title: 'Weg' }])), { slug: 'missen' });
  const report = await importProgramme(later, read(frab([event])), { slug: 'missen' });
  expect(report.missing).toEqual([{ code: expect.stringMatching(/^[0-9A-Z]{6}$/), id: 'b', title: { nl: 'Weg' } }]);
  expect((await sessions(visit, (await edition(visit, 'missen'))!.id)).length).toBe(2);
});

test('without a guid a session is found again by its number, without a number by its title', async () => {
  const { guid: _, ...numbered } = event;
  const { id: __, ...titled } = numbered;
  await importProgramme(visit, read(frab([numbered, { ...titled, title: 'Zonder nummer' }])), { slug: 'nummers' });
  const report = await importProgramme(
    later,
    read(
      frab([
        { ...titled, title: 'Zonder nummer', duration: '02:00' },
        { ...numbered, title: 'Anders' },
      ]),
    ),
    { slug: 'nummers' },
  );
  expect(countsOf(report)).toEqual({ new: 0, changed: 2, same: 0, leftOut: 0, missing: 0 });
});

test('one talk in several slots has one number and several guids', async () => {
  const slots = [
    { ...event, guid: 'x' },
    { ...event, guid: 'y', date: '2026-11-11T10:00:00' },
  ];
  expect(countsOf(await importProgramme(visit, read(frab(slots)), { slug: 'tijdvakken' }))).toEqual({
    new: 2,
    changed: 0,
    same: 0,
    leftOut: 0,
    missing: 0,
  });
  expect(countsOf(await importProgramme(later, read(frab(slots.toReversed())), { slug: 'tijdvakken' }))).toEqual({
    new: 0,
    changed: 0,
    same: 2,
    leftOut: 0,
    missing: 0,
  });
});

test('a dry run says the same and leaves nothing behind', async () => {
  const report = await importProgramme(visit, read(frab([event])), { slug: 'proef', isDryRun: true });
  expect([report.edition.isNew, report.isDryRun, countsOf(report)]).toEqual([true, true, { new: 1, changed: 0, same: 0, leftOut: 0, missing: 0 }]);
  expect(await edition(visit, 'proef')).toBeNull();
});

test('a code of the file is taken over when nobody has it', async () => {
  const coded = { ...event, code: 'QWERTY' };
  const [one] = (await importProgramme(visit, read(frab([coded])), { slug: 'code-een' })).rows;
  const [other] = (await importProgramme(visit, read(frab([coded])), { slug: 'code-twee' })).rows;
  expect(one!.code).toBe('QWERTY');
  expect(other!.code).toMatch(/^(?!QWERTY)[0-9A-Z]{6}$/);
});

test('a thousand sessions come in within seconds; a fault halfway leaves nothing', async () => {
  const many = Array.from({ length: 1_000 }, (_, at) => ({ ...event, id: at + 1, guid: `many-${at}`, description: 'Lang verhaal. '.repeat(100) }));
  const from = performance.now();
  await importProgramme(visit, read(frab(many)), { slug: 'duizend' });
  expect(performance.now() - from).toBeLessThan(5_000);
  const broken = read(frab(many));
  await expect(
    importProgramme(
      visit,
      { ...broken, sessions: broken.sessions.map((one, at) => (at === 900 ? { ...one, end: one.start } : one)) },
      { slug: 'stuk' },
    ),
  ).rejects.toThrow();
  expect(await edition(visit, 'stuk')).toBeNull();
});
