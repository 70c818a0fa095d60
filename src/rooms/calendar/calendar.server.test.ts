import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { edition, session, takeIn } from '#rooms/programme';
import type { IncomingSession } from '#rooms/programme/intake.ts';
import { claim } from '#rooms/seats';
import { editionCalendar, endFeed, feedAddress, hasFeed, myCalendar, personOfFeed, sessionCalendar } from './calendar.server.ts';

const visitor = testVisit();
const plain: IncomingSession = {
  row: 1,
  guid: 'a',
  sourceId: null,
  code: 'AAAAA1',
  title: { nl: 'Eerste', en: 'First' },
  summary: { nl: 'Kort' },
  description: {},
  themes: ['inkoop'],
  speakers: ['Spreker een'],
  format: 'hybrid',
  languages: ['nl'],
  start: new Date('2026-11-20T09:00:00Z'),
  end: new Date('2026-11-20T10:00:00Z'),
  location: 'Zaal 1',
  capacity: { onSite: 1, online: null },
  own: { level: null, organisations: [], deepens: [] },
};
const intake = (sessions: readonly IncomingSession[]) => ({
  slug: 'maand',
  name: { nl: 'De maand', en: 'The month' },
  startsOn: '2026-11-01',
  endsOn: '2026-11-30',
  timeZone: 'Europe/Amsterdam',
  rules: null,
  isExample: false,
  themes: [{ slug: 'inkoop', name: { nl: 'Inkoop', en: 'Procurement' } }],
  organisations: [],
  source: 'schedule',
  sessions,
});
const deeper: IncomingSession = {
  ...plain,
  row: 2,
  guid: 'b',
  code: 'BBBBB2',
  title: { nl: 'Verder' },
  capacity: { onSite: 1, online: 0 },
  own: { level: null, organisations: [], deepens: ['a'] },
  start: new Date('2026-11-21T09:00:00Z'),
  end: new Date('2026-11-21T10:00:00Z'),
};
const hidden: IncomingSession = {
  ...plain,
  row: 3,
  guid: 'c',
  code: 'CCCCC3',
  title: { nl: 'Alleen intern' },
  own: { level: null, organisations: [], deepens: ['a'] },
};
const open: IncomingSession = { ...plain, row: 4, guid: 'd', code: 'DDDDD4', title: { nl: 'Nog zonder tijd' }, start: null, end: null };
await takeIn(visitor, intake([plain, deeper, hidden, open]));
await visitor.db.updateTable('sessions').set({ visibility: 'internal' }).where('code', '=', 'CCCCC3').execute();
const month = (await edition(visitor, 'maand'))!;

const eventsIn = (file: string) =>
  new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((one) => ({
    uid: one.getFirstPropertyValue('uid'),
    summary: one.getFirstPropertyValue('summary'),
    status: one.getFirstPropertyValue('status'),
    sequence: one.getFirstPropertyValue('sequence'),
    related: one.getAllProperties('related-to').map((property) => `${property.getFirstParameter('reltype')} ${String(property.getFirstValue())}`),
  }));
const feedOf = async (visit: Visit): Promise<string> => {
  const url = await feedAddress(visit);
  if (isRefusal(url)) throw new Error(url.refused);
  return /\/agenda\/mijn\/([\w-]{43})\.ics$/.exec(url)![1]!;
};

test('a calendar of an edition has everything public with a time, and nothing internal', async () => {
  expect(eventsIn(await editionCalendar(visitor, month))).toEqual([
    { uid: 'AAAAA1@innovember', summary: 'Eerste', status: 'CONFIRMED', sequence: 0, related: ['CHILD BBBBB2@innovember'] },
    { uid: 'BBBBB2@innovember', summary: 'Verder', status: 'CONFIRMED', sequence: 0, related: ['PARENT AAAAA1@innovember'] },
  ]);
  const insider = testVisit({ person: await testPerson() });
  expect(eventsIn(await editionCalendar(insider, month)).map(({ summary }) => summary)).toContain('Alleen intern');
});

test('a calendar speaks the language of its reader', async () => {
  const file = (await sessionCalendar(testVisit({ language: 'en' }), (await session(visitor, 'AAAAA1'))!))!;
  const [one] = new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent');
  const value = (name: string) => String(one!.getFirstPropertyValue(name));
  expect([value('summary'), value('categories'), value('url'), value('description')]).toEqual([
    'First',
    'Procurement',
    'http://localhost:3000/en/edities/maand/programma/AAAAA1',
    'Kort\n\nWith Spreker een.\n\nAll about this session: http://localhost:3000/en/edities/maand/programma/AAAAA1',
  ]);
  expect(await sessionCalendar(visitor, (await session(visitor, 'DDDDD4'))!)).toBeNull();
});

test('a move and a cancellation reach the calendar under the same name', async () => {
  await takeIn(
    testVisit({ now: new Date(testNow.getTime() + 60_000) }),
    intake([plain, { ...deeper, start: new Date('2026-11-22T09:00:00Z'), end: new Date('2026-11-22T10:00:00Z') }]),
  );
  const moved = eventsIn(await editionCalendar(visitor, month)).at(-1);
  await visitor.db.updateTable('sessions').set({ state: 'cancelled', cancelled_at: testNow, sequence: 2 }).where('code', '=', 'BBBBB2').execute();
  const cancelled = eventsIn(await editionCalendar(visitor, month)).at(-1);
  await visitor.db.updateTable('sessions').set({ state: 'published', cancelled_at: null }).where('code', '=', 'BBBBB2').execute();
  expect([moved, cancelled]).toEqual([
    { uid: 'BBBBB2@innovember', summary: 'Verder', status: 'CONFIRMED', sequence: 1, related: ['PARENT AAAAA1@innovember'] },
    { uid: 'BBBBB2@innovember', summary: 'Gaat niet door: Verder', status: 'CANCELLED', sequence: 2, related: ['PARENT AAAAA1@innovember'] },
  ]);
});

test('my calendar has what I hold and what I wait for', async () => {
  const [first, second] = [
    testVisit({ person: await testPerson({ isInternal: false }) }),
    testVisit({ person: await testPerson({ isInternal: false }) }),
  ];
  const full = (await session(visitor, 'BBBBB2'))!;
  await claim(first, full, 'onSite', 'own');
  await claim(second, full, 'onSite', 'own');
  await claim(second, (await session(visitor, 'AAAAA1'))!, 'online', 'own');
  expect(eventsIn(await myCalendar(second)).map(({ summary, status }) => ({ summary, status }))).toEqual([
    { summary: 'Eerste', status: 'CONFIRMED' },
    { summary: 'Wachtlijst: Verder', status: 'TENTATIVE' },
  ]);
  expect(eventsIn(await myCalendar(testVisit({ person: await testPerson() })))).toEqual([]);
});

test('a feed has a secret address; a new one ends the earlier, and it can be ended', async () => {
  const person = await testPerson();
  const visit = testVisit({ person });
  expect(await feedAddress(visitor)).toEqual({ refused: 'not-signed-in' });
  expect(await hasFeed(visit)).toBe(false);
  const earlier = await feedOf(visit);
  const secret = await feedOf(visit);
  expect([await personOfFeed(visitor, earlier), (await personOfFeed(visitor, secret))?.id, await hasFeed(visit)]).toEqual([null, person.id, true]);
  await endFeed(visit);
  await endFeed(visit);
  expect([await personOfFeed(visitor, secret), await hasFeed(visit)]).toEqual([null, false]);
  const lines = await visit.db.selectFrom('journal').select('what').where('person_id', '=', person.id).orderBy('id').execute();
  expect(lines.map(({ what }) => what).sort()).toEqual(['feed-ended', 'feed-made', 'feed-made']);
  expect(JSON.stringify(await visit.db.selectFrom('calendar_feeds').selectAll().execute())).not.toContain(secret);
});
