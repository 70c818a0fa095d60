import { expect, test } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testPerson, testVisit, watched } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import * as programme from '#rooms/programme';
import { add, drop, mine } from './itinerary.server.ts';

const visitor = testVisit();
const hour = 3_600_000;

/** Sessions of tomorrow, an hour each, that begin so many hours after the first. */
async function editionWith(slug: string, starts: Readonly<Record<string, number>>) {
  await programme.takeIn(visitor, {
    slug,
    name: { nl: slug },
    startsOn: '2026-11-02',
    endsOn: '2026-11-27',
    timeZone: 'Europe/Amsterdam',
    rules: null,
    isExample: false,
    themes: [],
    organisations: [],
    source: 'test',
    sessions: Object.entries(starts).map(([code, hours], row) => ({
      row,
      guid: code,
      sourceId: code,
      code,
      title: { nl: code },
      summary: {},
      description: {},
      themes: [],
      speakers: [],
      format: 'webinar' as const,
      languages: ['nl'],
      start: new Date(testNow.getTime() + (24 + hours) * hour),
      end: new Date(testNow.getTime() + (25 + hours) * hour),
      location: null,
      capacity: { onSite: 0, online: null },
      own: null,
    })),
  });
  return (await programme.edition(visitor, slug))!.id;
}
const edition = await editionWith('maand', { EERSTE: 0, TIJDNS: 0.5, LATERR: 3, INTERN: 0.2 });
await editionWith('ander', { ELDERS: 0 });
await programme.setVisibility(visitor, ['INTERN'], 'internal');

const somebody = async (isInternal = true) => testVisit({ person: await testPerson({ isInternal }) });
const added = async (visit: Visit, code: string) => {
  const entry = await add(visit, code);
  if (isRefusal(entry)) throw new Error(entry.refused);
  return { overlaps: entry.overlaps, isNew: entry.isNew };
};
const programmeOf = async (visit: Visit) => (await mine(visit, edition)).map(({ session, overlaps }) => [session.code, overlaps]);

test('what takes place at the same time is told, never refused; another edition stands in nobody’s way', async () => {
  const me = await somebody();
  expect(await added(me, 'ELDERS')).toEqual({ overlaps: [], isNew: true });
  expect(await added(me, 'LATERR')).toEqual({ overlaps: [], isNew: true });
  expect(await added(me, 'EERSTE')).toEqual({ overlaps: [], isNew: true });
  expect(await added(me, 'TIJDNS')).toEqual({ overlaps: ['EERSTE'], isNew: true });
  expect(await added(me, 'TIJDNS')).toEqual({ overlaps: ['EERSTE'], isNew: false });
  expect(await programmeOf(me)).toEqual([
    ['EERSTE', ['TIJDNS']],
    ['TIJDNS', ['EERSTE']],
    ['LATERR', []],
  ]);
});

test('what is taken out is gone, and taking it out again is right too', async () => {
  const me = await somebody();
  await added(me, 'EERSTE');
  await drop(me, 'EERSTE');
  expect(await drop(me, 'EERSTE')).toBe(undefined);
  expect(await programmeOf(me)).toEqual([]);
});

test('a session that somebody may not see does not exist for them, but what they have of it can be given back', async () => {
  const [insider, outsider] = [await somebody(), await somebody(false)];
  await added(insider, 'INTERN');
  expect(await add(outsider, 'INTERN')).toEqual({ refused: 'session-unknown' });
  expect(await drop(outsider, 'INTERN')).toBeUndefined();
  const noLonger = { ...insider, person: { ...insider.person!, isInternal: false } };
  expect(await programmeOf(noLonger)).toEqual([]);
  await drop(noLonger, 'INTERN');
  expect(await programmeOf(insider)).toEqual([]);
});

test('a visitor has no programme', async () => {
  expect([await add(visitor, 'EERSTE'), await drop(visitor, 'EERSTE'), await mine(visitor, edition)]).toEqual([
    { refused: 'not-signed-in' },
    { refused: 'not-signed-in' },
    [],
  ]);
});

test('a programme of three asks the database as often as one of two, and choosing never reads a whole edition', async () => {
  const me = await somebody();
  const asked = async (work: (visit: Visit) => Promise<unknown>): Promise<readonly string[]> => {
    const statements: string[] = [];
    await work(watched(me, (statement) => (statements.push(statement), statement)));
    return statements;
  };
  const looks = async () => [await asked((visit) => mine(visit, edition)), await asked((visit) => add(visit, 'EERSTE'))];
  const readsEdition = (statements: readonly string[]) => statements.some((statement) => statement.includes('e.version'));
  await added(me, 'EERSTE');
  await added(me, 'LATERR');
  const [lookOfTwo, againOfTwo] = await looks();
  const choosing = await asked((visit) => add(visit, 'TIJDNS'));
  const [lookOfThree, againOfThree] = await looks();
  expect([lookOfThree!.length, againOfThree!.length]).toEqual([lookOfTwo!.length, againOfTwo!.length]);
  expect([readsEdition(lookOfThree!), readsEdition(choosing)]).toEqual([true, false]);
});
