// Every edition is separate. Two editions here have the same days, themes, hosts and titles; what is told of the one has
// no mark of the other. The marks are in every text, so that whatever travels along is seen.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, afterAll, test } from 'vitest';
import { useDatabase } from '#ground/database.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { editionCalendar, programmeCalendar } from '#rooms/calendar';
import { suggest } from '#rooms/compose';
import { exported } from '#rooms/exchange';
import * as itinerary from '#rooms/itinerary';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import * as registration from '#rooms/registration';
import { openApi } from './api/api.ts';
import { feeds } from './feeds/feeds.ts';
import { load as homePage } from './routes/+page.server.ts';
import { load as myProgrammePage } from './routes/mijn-programma/+page.server.ts';
import { load as programmePage } from './routes/programma/+page.server.ts';
import { load as sessionPage } from './routes/programma/[code]/+page.server.ts';

const house = testVisit();
useDatabase(house.db);
const me = testVisit({ person: await testPerson() });
const days = 86_400_000;

/** An edition of nine sessions; `mark` stands in all it says. */
async function editionOf(mark: string): Promise<Edition> {
  await programme.takeIn(house, {
    slug: `editie-${mark.toLowerCase()}`,
    name: { nl: `Editie ${mark}` },
    startsOn: '2026-11-02',
    endsOn: '2026-11-27',
    timeZone: 'Europe/Amsterdam',
    rules: { atLeast: 3, fits: 2, surprises: 1 },
    isExample: false,
    themes: ['inkoop', 'data', 'mensen'].map((slug) => ({ slug, name: { nl: `${slug} ${mark}` } })),
    organisations: [{ slug: `host-${mark.toLowerCase()}`, name: { nl: `Host ${mark}` } }],
    source: 'test',
    sessions: Array.from({ length: 9 }, (_, nth) => ({
      row: nth,
      guid: `${mark}${nth}`,
      sourceId: String(nth),
      code: `${mark}${nth}`.padEnd(6, '0'),
      title: { nl: `Sneller inkopen ${mark}` },
      summary: { nl: `Samen ${mark}` },
      description: {},
      themes: [['inkoop', 'data', 'mensen'][nth % 3]!],
      speakers: [`Spreker ${mark}`],
      format: 'webinar' as const,
      languages: ['nl'],
      start: new Date(testNow.getTime() + (nth + 1) * days),
      end: new Date(testNow.getTime() + (nth + 1) * days + days / 24),
      location: `Zaal ${mark}`,
      capacity: { onSite: 5, online: 5 },
      own: { level: null, organisations: [`host-${mark.toLowerCase()}`], deepens: nth > 0 ? [`${mark}0`] : [] },
    })),
  });
  return (await programme.edition(house, `editie-${mark.toLowerCase()}`))!;
}
const [here, there] = [await editionOf('NOORD'), await editionOf('ZUID')];
for (const code of ['NOORD1', 'ZUID20', 'ZUID30']) {
  const entry = await itinerary.add(me, code, { attendance: 'online' });
  if (isRefusal(entry)) throw new Error(entry.refused);
}

/** Says what it has, and nothing of the other edition. */
function expectOnlyHere(answer: unknown): void {
  const said = typeof answer === 'string' ? answer : JSON.stringify(answer);
  expect(said).toMatch(/NOORD/i);
  expect(said).not.toMatch(/ZUID/i);
}

const wish = { question: 'sneller inkopen', themes: ['inkoop'], availability: [], languages: [], organisation: null, chosen: [], seed: 7 };
const composed = (visit: Visit) => suggest(visit, here, { ...wish, attendance: 'either', fits: 9, surprises: 2 });

test('sessions, themes, hosts and suggestions are of one edition', async () => {
  for (const visit of [house, me]) {
    expectOnlyHere(await programme.sessions(visit, here.id));
    expectOnlyHere(await programme.themes(visit, here.id));
    expectOnlyHere(await programme.organisations(visit, here.id));
    expectOnlyHere(await composed(visit));
  }
});

test('places are counted in the edition in which they are taken', async () => {
  const left = async (edition: Edition) =>
    (await programme.sessions(house, edition.id)).filter(({ placesLeft }) => placesLeft.online === 4).map(({ code }) => code);
  expect([await left(here), await left(there)]).toEqual([['NOORD1'], ['ZUID20', 'ZUID30']]);
});

test('my programme, its calendar and a draft are of one edition', async () => {
  const mine = await itinerary.mine(me, here.id);
  expectOnlyHere(mine);
  expectOnlyHere(await programmeCalendar(me, here, mine));
  const kept = await registration.choose(me, null, here, 'NOORD2');
  expectOnlyHere((await registration.choose(me, kept.secret, here, 'ZUID40')).draft);
  expect(await registration.draft(me, kept.secret, there)).toBe(null);
});

test('calendars and exchange files are of one edition', async () => {
  expectOnlyHere(await editionCalendar(me, here));
  expectOnlyHere(await exported(me, here, 'json'));
  expectOnlyHere(await exported(me, here, 'xml'));
});

const api = openApi(
  () => Promise.resolve(me),
  () => 'https://innovember.example.org',
);
test.each([
  ['editions/editie-noord'],
  ['editions/editie-noord/themes'],
  ['editions/editie-noord/sessions?limit=100'],
  ['editions/editie-noord/sessions?q=inkopen&theme=inkoop'],
  ['me/programme?edition=editie-noord'],
])('the API answers of one edition: %s', async (path) => {
  const response = await api.request(`/api/v1/${path}`);
  expect(response.status).toBe(200);
  expectOnlyHere(await response.text());
});

test('a name of one edition is unknown in the other', async () => {
  const suggestions = (asked: object) =>
    api.request('/api/v1/editions/editie-noord/suggestions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': String(JSON.stringify(asked).length) },
      body: JSON.stringify(asked),
    });
  expectOnlyHere(await (await suggestions({ question: 'sneller inkopen' })).text());
  expect((await suggestions({ chosen: ['ZUID40'] })).status).toBe(400);
  expect((await api.request('/api/v1/editions/editie-noord/sessions/ZUID40')).status).toBe(404);
});

const server = createServer((req, res) => void feeds(req, res));
await once(server.listen(0, 'localhost'), 'listening');
afterAll(() => server.close());
test.each([['agenda/editie-noord.ics'], ['uitwisseling/editie-noord/schedule.json'], ['uitwisseling/editie-noord/schedule.xml']])(
  'a feed is of one edition: %s',
  async (path) => {
    const response = await fetch(`http://localhost:${(server.address() as AddressInfo).port}/${path}`);
    expect(response.status).toBe(200);
    expectOnlyHere(await response.text());
  },
);

/** What a page asks of the request it answers. */
function eventFor(visit: Visit, path: string, params: Record<string, string> = {}): never {
  const url = new URL(`https://innovember.example.org/edities/editie-noord${path}`);
  const place = { language: visit.language, edition: here.slug };
  return {
    url,
    params,
    locals: { visit, place, edition: here, notices: { readOnly: null, announcement: null } },
    cookies: { get: () => undefined },
    isDataRequest: false,
  } as never;
}
test('the pages are of one edition, for a visitor and for somebody with a programme in both', async () => {
  for (const visit of [house, me]) {
    expectOnlyHere(await homePage(eventFor(visit, '/')));
    for (const asked of ['', '?q=inkopen', '?weergave=maand', '?weergave=dag', '?organisatie=host-noord'])
      expectOnlyHere(await programmePage(eventFor(visit, `/programma${asked}`)));
    expectOnlyHere(await sessionPage(eventFor(visit, '/programma/NOORD1', { code: 'NOORD1' })));
    expectOnlyHere(await myProgrammePage(eventFor(visit, '/mijn-programma')));
  }
});

test('negative control: a host of the other edition is no choice here, and one word of it would be seen', async () => {
  const answer = await programmePage(eventFor(house, '/programma?organisatie=host-zuid'));
  expect(() => expectOnlyHere(answer)).toThrow();
  expect(() => expectOnlyHere([here, there])).toThrow();
  expect(() => expectOnlyHere([])).toThrow();
});
