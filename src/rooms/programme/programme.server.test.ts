import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { atOnce } from '#ground/database.server.ts';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import type { Intake, IncomingSession } from './intake.ts';
import type { Edition } from './edition.ts';
import * as programme from './programme.server.ts';

const visit = testVisit();
const row = (nth: number, more: Partial<IncomingSession> = {}): IncomingSession => ({
  row: nth,
  guid: `guid-${nth}`,
  sourceId: null,
  code: null,
  title: { nl: `Sessie ${nth}` },
  summary: {},
  description: {},
  themes: ['data'],
  speakers: [],
  format: 'webinar',
  languages: ['nl'],
  start: new Date(`2026-11-1${nth}T10:00:00Z`),
  end: new Date(`2026-11-1${nth}T11:00:00Z`),
  location: null,
  capacity: { onSite: 0, online: 10 },
  own: { level: null, organisations: ['uwv'], deepens: nth === 2 ? ['guid-1'] : [] },
  ...more,
});
const intake = (slug: string, sessions: readonly IncomingSession[]): Intake => ({
  slug,
  name: { nl: slug },
  startsOn: '2026-11-02',
  endsOn: '2026-11-27',
  timeZone: 'Europe/Amsterdam',
  rules: null,
  isExample: false,
  themes: [{ slug: 'data', name: { nl: 'Data' } }],
  organisations: [{ slug: 'uwv', name: { nl: 'UWV' } }],
  source: 'schedule',
  sessions,
});

let edition: Edition;
beforeAll(async () => {
  await programme.takeIn(visit, intake('proef', [row(1), row(2), row(3)]));
  await programme.takeIn(visit, intake('later', [row(4)]));
  edition = (await programme.edition(visit, 'proef'))!;
});

const titles = async (as = visit) => (await programme.sessions(as, edition.id)).map((session) => session.title['nl']);
const codeOf = async (title: string) => (await programme.sessions(visit, edition.id)).find((session) => session.title['nl'] === title)!.code;

test('the sessions of an edition are its own, by time', async () => {
  expect(await titles()).toEqual(['Sessie 1', 'Sessie 2', 'Sessie 3']);
  const [one, two] = await programme.sessions(visit, edition.id);
  expect([one!.deepenedBy, two!.deepens]).toEqual([[two!.code], [one!.code]]);
});

test('a change of any of its tables is seen at once, also when somebody else makes it', async () => {
  await titles();
  await sql`update sessions set title = '{"nl":"Sessie drie"}' where code = ${await codeOf('Sessie 3')}`.execute(visit.db);
  expect(await titles()).toEqual(['Sessie 1', 'Sessie 2', 'Sessie drie']);
  await sql`update themes set name = '{"nl":"Gegevens"}' where edition_id = ${edition.id}`.execute(visit.db);
  expect((await programme.themes(testVisit(), edition.id)).map((theme) => theme.name)).toEqual([{ nl: 'Gegevens' }]);
  await sql`delete from deepenings`.execute(visit.db);
  expect((await programme.sessions(visit, edition.id)).flatMap((session) => session.deepens)).toEqual([]);
});

test('the places left are those of this moment', async () => {
  const code = await codeOf('Sessie 1');
  await sql`update places set held = 9 where attendance = 'online' and session_id = (select id from sessions where code = ${code})`.execute(visit.db);
  expect((await programme.sessions(visit, edition.id))[0]!.placesLeft).toEqual({ onSite: 0, online: 1 });
});

test('what is made internal is gone for everybody else: the session, its links, its hosts, its edition’s list', async () => {
  const insider = testVisit({ person: await testPerson() });
  const outsider = testVisit({ person: await testPerson({ isInternal: false }) });
  const code = await codeOf('Sessie 2');
  await programme.setVisibility(visit, [code], 'internal');
  expect([await titles(), await titles(outsider), await titles(insider)]).toEqual([
    ['Sessie 1', 'Sessie drie'],
    ['Sessie 1', 'Sessie drie'],
    ['Sessie 1', 'Sessie 2', 'Sessie drie'],
  ]);
  expect([await programme.session(visit, code), (await programme.session(insider, code))?.code]).toEqual([null, code]);
});

test('what a transaction sees of its own change is not remembered when it is undone', async () => {
  const before = await titles();
  await atOnce(visit, async (inside) => {
    await sql`update sessions set title = '{"nl":"Niet gebeurd"}' where edition_id = ${edition.id}`.execute(inside.db);
    expect(new Set(await titles(inside))).toEqual(new Set(['Niet gebeurd']));
    return { refused: 'never-mind' };
  });
  expect(await titles()).toEqual(before);
});

test('the current edition is the one that runs, else the next, else the last, unless one is set', async () => {
  const at = async (now: string) => (await programme.currentEdition(testVisit({ now: new Date(now) })))?.slug;
  await sql`update editions set starts_on = '2027-11-01', ends_on = '2027-11-26' where slug = 'later'`.execute(visit.db);
  expect([
    await at('2026-10-01T12:00:00Z'),
    await at('2026-11-27T22:00:00Z'),
    await at('2026-11-27T23:30:00Z'),
    await at('2028-01-01T00:00:00Z'),
  ]).toEqual(['proef', 'proef', 'later', 'later']);
  await sql`update editions set is_current = true where slug = 'later'`.execute(visit.db);
  expect(await at('2026-11-10T12:00:00Z')).toBe('later');
});

test('how long an offer stands is set for an edition, and written down when it changes', async () => {
  expect(edition.acceptHours).toBe(null);
  for (const hours of [24, 24, null]) {
    await programme.setAcceptHours(visit, edition.id, hours);
    expect((await programme.edition(visit, 'proef'))!.acceptHours).toBe(hours);
  }
  const { rows } = await sql`select details from journal where what = 'edition-changed' and edition_id = ${edition.id} order by id`.execute(visit.db);
  expect(rows).toEqual([{ details: { acceptHours: 24 } }, { details: { acceptHours: null } }]);
});

test('who runs sessions sees the internal ones too, also without being internal', async () => {
  const all = await programme.sessions(testVisit({ person: await testPerson({ isInternal: true }) }), edition.id);
  await programme.setVisibility(visit, [all[0]!.code], 'internal');
  const outsider = testVisit({ person: await testPerson({ isInternal: false }) });
  const seen = async (sessions: Promise<readonly { code: string }[]>) => (await sessions).some(({ code }) => code === all[0]!.code);
  expect([await seen(programme.sessions(outsider, edition.id)), await seen(programme.sessionsToRun(outsider, edition.id))]).toEqual([false, true]);
  await programme.setVisibility(visit, [all[0]!.code], 'public');
});
