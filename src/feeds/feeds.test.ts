import http from 'node:http';
import type { AddressInfo } from 'node:net';
import ICAL from 'ical.js';
import { afterAll, expect, test } from 'vitest';
import { useDatabase } from '#ground/database.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { endFeed, feedAddress } from '#rooms/calendar';
import { session, takeIn } from '#rooms/programme';
import type { IncomingSession } from '#rooms/programme/intake.ts';
import { claim } from '#rooms/seats';
import { feeds } from './feeds.ts';

const visit = testVisit();
useDatabase(visit.db);
const plain: IncomingSession = {
  row: 1,
  guid: 'a',
  sourceId: null,
  code: 'AAAAA1',
  title: { nl: 'Eerste', en: 'First' },
  summary: {},
  description: {},
  themes: [],
  speakers: [],
  format: 'meeting',
  languages: ['nl'],
  start: new Date('2030-11-20T09:00:00Z'),
  end: new Date('2030-11-20T10:00:00Z'),
  location: 'Zaal 1',
  capacity: { onSite: null, online: 0 },
  own: null,
};
await takeIn(visit, {
  slug: 'maand',
  name: { nl: 'Maand' },
  startsOn: '2030-11-01',
  endsOn: '2030-11-30',
  timeZone: 'Europe/Amsterdam',
  rules: null,
  isExample: false,
  themes: [],
  organisations: [],
  source: 'schedule',
  sessions: [plain, { ...plain, row: 2, guid: 'b', code: 'BBBBB2', title: { nl: 'Alleen intern' } }],
});
await visit.db.updateTable('sessions').set({ visibility: 'internal' }).where('code', '=', 'BBBBB2').execute();

const server = http.createServer((req, res) => void feeds(req, res).then((mine) => mine || res.writeHead(418).end()));
await new Promise<void>((done) => server.listen(0, 'localhost', done));
afterAll(() => void server.close());
const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://localhost:${(server.address() as AddressInfo).port}${path}`, init);
const titles = (file: string): unknown[] =>
  new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((one) => one.getFirstPropertyValue('summary'));

test('a calendar of an edition, in Dutch and English, without what is internal', async () => {
  const dutch = await get('/agenda/maand.ics');
  expect([dutch.status, dutch.headers.get('content-type'), dutch.headers.get('content-disposition'), dutch.headers.get('cache-control')]).toEqual([
    200,
    'text/calendar; charset=utf-8',
    'attachment; filename="maand.ics"',
    'no-cache',
  ]);
  expect(titles(await dutch.text())).toEqual(['Eerste']);
  for (const path of ['/en/agenda/maand.ics', '/agenda/maand.ics?taal=en']) expect(titles(await (await get(path)).text())).toEqual(['First']);
});

test('a file of one session; what is hidden, of another edition or not there is not found', async () => {
  expect(titles(await (await get('/agenda/maand/AAAAA1.ics')).text())).toEqual(['Eerste']);
  for (const path of [
    '/agenda/maand/BBBBB2.ics',
    '/agenda/ander/AAAAA1.ics',
    '/agenda/maand/NIETS1.ics',
    '/agenda/maand/AAAAA1',
    '/agenda/ander.ics',
    '/agenda/%E0%A4%A.ics',
    '/agenda/mijn/kort.ics',
    `/agenda/mijn/${'x'.repeat(43)}.ics`,
    '/uitwisseling/maand/schedule.csv',
    '/uitwisseling/ander/schedule.json',
  ]) {
    const answer = await get(path);
    expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 404, 'no-store']);
  }
});

test('who has the file already gets only that word, until something changes', async () => {
  const etag = (await get('/agenda/maand.ics')).headers.get('etag')!;
  const again = (held: string) => get('/agenda/maand.ics', { headers: { 'if-none-match': held } }).then(({ status }) => status);
  expect([await again(etag), await again(`W/${etag}, "x"`), await again('"x"')]).toEqual([304, 304, 200]);
  await visit.db.updateTable('sessions').set({ sequence: 1 }).where('code', '=', 'AAAAA1').execute();
  expect(await again(etag)).toBe(200);
});

test('my calendar is found by its secret, and gone as soon as it is ended', async () => {
  const mine = testVisit({ person: await testPerson() });
  const url = await feedAddress(mine);
  if (isRefusal(url)) throw new Error(url.refused);
  const path = new URL(url).pathname;
  await claim(mine, (await session(mine, 'BBBBB2'))!, 'onSite', 'own');
  const answer = await get(path);
  expect([
    answer.status,
    answer.headers.get('cache-control'),
    answer.headers.get('access-control-allow-origin'),
    answer.headers.get('x-robots-tag'),
    titles(await answer.text()),
  ]).toEqual([200, 'private, no-cache', null, 'noindex', ['Alleen intern']]);
  await endFeed(mine);
  expect((await get(path)).status).toBe(404);
});

test('the exchange files carry what is public', async () => {
  const json = await get('/uitwisseling/maand/schedule.json');
  const xml = await get('/uitwisseling/maand/schedule.xml');
  expect([json.headers.get('content-type'), xml.headers.get('content-type')]).toEqual([
    'application/json; charset=utf-8',
    'application/xml; charset=utf-8',
  ]);
  for (const body of [await json.text(), await xml.text()]) expect([body.includes('Eerste'), body.includes('Alleen intern')]).toEqual([true, false]);
});

test('a change is not possible here, and other addresses are not ours', async () => {
  const answer = await get('/agenda/maand.ics', { method: 'POST' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  for (const path of ['/', '/programma', '/agenda', '/en', '/edities/maand/agenda/maand.ics', '/uitwisseling'])
    expect([path, (await get(path)).status]).toEqual([path, 418]);
});

test('search engines find the public pages, and a finder of leaks an address', async () => {
  const map = await (await get('/sitemap.xml')).text();
  expect([map.includes('<loc>http://localhost:3000/en/programma/AAAAA1</loc>'), map.includes('BBBBB2')]).toEqual([true, false]);
  expect(await (await get('/robots.txt')).text()).toContain('Disallow: /agenda/mijn/\n');
  expect(await (await get('/.well-known/security.txt')).text()).toMatch(/^Contact: mailto:\S+@\S+\nExpires: \d{4}-\d\d-01T00:00:00\.000Z\n/);
});
