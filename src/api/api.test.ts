import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { loadExamples } from '#rooms/exchange';
import { drop } from '#rooms/itinerary';
import * as programme from '#rooms/programme';
import type { Session } from '#rooms/programme/session.ts';
import { seatIn } from '#rooms/seats';
import { openApi } from './api.ts';
import { version } from './version.ts';

let outsider: Person;
let insider: Person;
let edition: string;
let all: readonly Session[];

/** Receives who is named in the token, and nobody else. */
const api = openApi(
  async (request, language): Promise<Visit | null> => {
    const token = request.headers.get('authorization');
    if (token === null) return testVisit({ language });
    const person = [outsider, insider].find((person) => token === `Bearer ${person.email}`);
    return person ? testVisit({ language, person }) : null;
  },
  () => 'https://innovember.example.org',
  () => ['https://www.example.org'],
);

interface Asked {
  readonly as?: Person;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}
/** Over a real connection, as the front of the house passes questions on. */
const server = createServer(getRequestListener(api.fetch, { overrideGlobalObjects: false }));
afterAll(() => server.close());

async function ask(method: string, path: string, { as, body, headers = {} }: Asked = {}) {
  const response = await fetch(`http://localhost:${(server.address() as AddressInfo).port}/api/v1${path}`, {
    method,
    headers: { ...(as && { authorization: `Bearer ${as.email}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

beforeAll(async () => {
  await once(server.listen(0), 'listening');
  [outsider, insider] = [await testPerson({ isInternal: false }), await testPerson()];
  await loadExamples(testVisit());
  const current = (await programme.currentEdition(testVisit()))!;
  edition = current.slug;
  all = await programme.sessions(testVisit({ person: insider }), current.id);
});

const upcoming = (more: (session: Session) => boolean = () => true): Session =>
  all.find((session) => session.start! > testNow && session.visibility === 'public' && session.state === 'published' && more(session))!;
const isFull = (session: Session) => session.placesLeft.online === 0 && session.placesLeft.onSite === 0;

test('editions are a list, the latest first, and the example says so', async () => {
  const { status, body, headers } = await ask('GET', '/editions');
  expect({ status, next: body.next, slugs: body.items.map((item: { slug: string }) => item.slug) }).toEqual({
    status: 200,
    next: null,
    slugs: [edition, 'innovember-2020'],
  });
  expect(body.items[0]).toMatchObject({ isExample: true, timeZone: 'Europe/Amsterdam', rules: { atLeast: 3, fits: 2, surprises: 1 } });
  expect(headers.get('API-Version')).toBe(version);
});

test('a list goes on where it ended, and every session comes once', async () => {
  const codes: string[] = [];
  let path: string | null = `/editions/${edition}/sessions?limit=40`;
  while (path) {
    const { body } = await ask('GET', path);
    codes.push(...body.items.map((item: { code: string }) => item.code));
    path = body.next?.replace('/api/v1', '') ?? null;
  }
  expect(codes).toEqual(all.filter((session) => session.visibility === 'public').map((session) => session.code));
});

test('a program finds by words what a reader of the page finds: also under the name of a theme or a host', async () => {
  const found = async (q: string) =>
    (await ask('GET', `/editions/${edition}/sessions?limit=200&q=${encodeURIComponent(q)}`)).body.items.map((item: { code: string }) => item.code);
  const of = (slug: string) =>
    all.filter((session) => session.organisations.includes(slug) && session.visibility === 'public').map((session) => session.code);
  expect(await found('Sociale Verzekeringsbank')).toEqual(expect.arrayContaining(of('svb')));
  expect(await found('zzz niets')).toEqual([]);
});

test('an internal session exists for civil servants only', async () => {
  const internal = all.find((session) => session.visibility === 'internal')!;
  const path = `/editions/${edition}/sessions/${internal.code}`;
  expect((await ask('GET', path, { as: insider })).status).toBe(200);
  expect((await ask('GET', path, { as: outsider })).status).toBe(404);
  expect((await ask('GET', path)).status).toBe(404);
  const listed = async (as?: Person) =>
    (await ask('GET', `/editions/${edition}/sessions?limit=200&visibility=internal`, as ? { as } : {})).body.items.length;
  expect([await listed(insider), await listed(outsider), await listed()]).toEqual([
    all.filter((session) => session.visibility === 'internal').length,
    0,
    0,
  ]);
  expect((await ask('PUT', `/me/programme/${internal.code}`, { as: outsider })).status).toBe(404);
});

test('a session of another edition does not exist in this one', async () => {
  expect((await ask('GET', `/editions/innovember-2020/sessions/${all[0]!.code}`)).status).toBe(404);
});

test('all faults of a question come at once, in the asker’s language', async () => {
  const { status, body, headers } = await ask('GET', `/editions/${edition}/sessions?limit=0&format=party&from=yesterday`, {
    headers: { 'accept-language': 'en' },
  });
  expect({ status, type: headers.get('content-type'), fields: body.errors.map((error: { field: string }) => error.field) }).toEqual({
    status: 400,
    type: 'application/problem+json',
    fields: ['limit', 'format', 'from'],
  });
  expect(body.title).toBe('Something in the request is not right');
});

test('suggestions are two that fit and one surprise, the same for the same question', async () => {
  const body = { question: 'ik wil sneller inkopen' };
  const [one, two] = [
    await ask('POST', `/editions/${edition}/suggestions`, { body }),
    await ask('POST', `/editions/${edition}/suggestions`, { body }),
  ];
  expect(one.body).toEqual(two.body);
  expect({ status: one.status, fits: one.body.fits.length, surprises: one.body.surprises.length, optimal: one.body.optimal }).toEqual({
    status: 200,
    fits: 2,
    surprises: 1,
    optimal: true,
  });
  for (const suggested of [...one.body.fits, ...one.body.surprises]) {
    const session = all.find((session) => session.code === suggested.session)!;
    expect(session.start! > testNow && session.visibility === 'public').toBe(true);
    expect(suggested.reasons[0].text).not.toContain('{');
  }
});

test('an empty question is a question', async () => {
  for (const body of [undefined, {}])
    expect((await ask('POST', `/editions/${edition}/suggestions`, body === undefined ? {} : { body })).status).toBe(200);
});

test('a key of one effect is nothing to a question that has none', async () => {
  const headers = { 'idempotency-key': 'twee-vragen' };
  const asked = await Promise.all(
    ['inkopen', 'data'].map((question) => ask('POST', `/editions/${edition}/suggestions`, { as: outsider, body: { question }, headers })),
  );
  expect(asked.map(({ status }) => status)).toEqual([200, 200]);
});

test('names that do not exist in this edition are all told', async () => {
  const { status, body } = await ask('POST', `/editions/${edition}/suggestions`, {
    body: { themes: ['no-such-theme'], organisation: 'nobody', chosen: ['ZZZZZZ'] },
  });
  expect({ status, fields: body.errors.map((error: { field: string }) => error.field) }).toEqual({
    status: 400,
    fields: ['themes.0', 'chosen.0', 'organisation'],
  });
});

test('a choice is made once, stays, and goes', async () => {
  const session = upcoming((session) => !isFull(session));
  const path = `/me/programme/${session.code}`;
  const first = await ask('PUT', path, { as: outsider });
  const again = await ask('PUT', path, { as: outsider, body: {} });
  const empty = await ask('PUT', path, { as: outsider, headers: { 'content-type': 'application/json' } });
  expect(empty.status).toBe(200);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(first.body).toEqual({
    session: session.code,
    standing: 'held',
    attendance: expect.any(String),
    waitsFor: null,
    position: null,
    offeredUntil: null,
    overlaps: [],
  });
  expect((await ask('GET', `/me/programme?edition=${edition}`, { as: outsider })).body.items).toEqual([first.body]);
  expect((await ask('GET', '/me/programme?edition=innovember-2020', { as: outsider })).body.items).toEqual([]);
  expect([(await ask('DELETE', path, { as: outsider })).status, (await ask('DELETE', path, { as: outsider })).status]).toEqual([204, 204]);
});

test('a full session gives a place in line', async () => {
  const { status, body } = await ask('PUT', `/me/programme/${upcoming(isFull).code}`, { as: outsider });
  expect({ status, standing: body.standing, position: body.position }).toEqual({ status: 201, standing: 'waiting', position: 1 });
});

test('a session that has started is refused', async () => {
  const started = all.find((session) => session.start! <= testNow && session.visibility === 'public')!;
  const { status, body } = await ask('PUT', `/me/programme/${started.code}`, { as: outsider });
  expect({ status, code: body.code }).toEqual({ status: 409, code: 'session-started' });
});

test('a calendar address is made, replaced and ended', async () => {
  const [one, two] = [await ask('POST', '/me/calendar-feed', { as: outsider }), await ask('POST', '/me/calendar-feed', { as: outsider })];
  expect([one.status, two.status, one.body.url === two.body.url]).toEqual([201, 201, false]);
  expect(two.body.url).toMatch(/\/agenda\/mijn\/[\w-]{43}\.ics$/);
  expect([
    (await ask('DELETE', '/me/calendar-feed', { as: outsider })).status,
    (await ask('DELETE', '/me/calendar-feed', { as: outsider })).status,
  ]).toEqual([204, 204]);
});

test('without a token there is no me, with a wrong one nothing at all', async () => {
  expect((await ask('GET', '/me')).status).toBe(401);
  expect((await ask('GET', '/editions', { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
  expect((await ask('GET', '/me', { as: insider })).body).toEqual({ email: insider.email, isInternal: true, organisation: null, roles: [] });
});

test('what is not there, not JSON, not acceptable or too large is said so', async () => {
  expect((await ask('GET', '/nothing')).status).toBe(404);
  expect((await ask('GET', '/editions/')).status).toBe(404);
  expect((await ask('POST', `/editions/${edition}/suggestions`, { body: '{', headers: {} })).status).toBe(400);
  expect(
    (await ask('POST', `/editions/${edition}/suggestions`, { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status,
  ).toBe(415);
  expect((await ask('GET', '/editions', { headers: { accept: 'text/html' } })).status).toBe(406);
  expect((await ask('POST', `/editions/${edition}/suggestions`, { body: { question: 'x'.repeat(200_000) } })).status).toBe(413);
});

test('who may not see a session any more can still give the place in it back', async () => {
  const internal = all.find((session) => session.visibility === 'internal' && session.start! > testNow)!;
  expect((await ask('PUT', `/me/programme/${internal.code}`, { as: insider })).status).toBe(201);
  const seat = () => seatIn(testVisit({ person: insider }), internal);
  expect(await seat()).not.toBeNull();
  await drop(testVisit({ person: { ...insider, isInternal: false } }), internal.code);
  expect(await seat()).toBeNull();
});

test('the document is open to everybody and names every operation once', async () => {
  const { body, headers } = await ask('GET', '/openapi.json');
  const operations = Object.values(body.paths as Record<string, Record<string, { operationId: string; responses: object }>>).flatMap((path) =>
    Object.values(path),
  );
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(body.servers).toEqual([{ url: 'https://innovember.example.org/api/v1' }]);
  expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(operations.length);
  expect(operations.length).toBeGreaterThan(50);
  for (const { responses } of operations) expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '406']));
});

test('the example month stands around today', () => {
  const days = new Set(
    all.map((session) => Temporal.Instant.from(session.start!.toISOString()).toZonedDateTimeISO('Europe/Amsterdam').toPlainDate().toString()),
  );
  expect([all.length, days.size]).toEqual([110, 20]);
});

test('an address that is not known is 404, one that is asked in another way 405 with the ways there are', async () => {
  const answers = await Promise.all([
    ask('GET', '/editions/'),
    ask('DELETE', '/editions'),
    ask('POST', '/me/programme/AAAAAA'),
    ask('OPTIONS', '/editions'),
  ]);
  expect(answers.map(({ status, headers, body }) => [status, headers.get('allow'), body?.code])).toEqual([
    [404, null, 'not-found'],
    [405, 'GET, HEAD, OPTIONS', 'not-that-way'],
    [405, 'DELETE, OPTIONS, PUT', 'not-that-way'],
    [204, 'GET, HEAD, OPTIONS', undefined],
  ]);
});

test('names that nobody knows are refused, together with everything else that is wrong', async () => {
  const fields = ({ status, body }: { status: number; body: { errors: { field: string; code: string }[] } }) => [
    status,
    body.errors.map(({ field, code }) => `${field} ${code}`),
  ];
  expect(fields(await ask('GET', '/organisations?sort=name&limit=0'))).toEqual([400, ['limit too_small', 'sort unrecognized_keys']]);
  const body = { queston: 'inkopen', fits: 99, availability: [{ from: '2026-11-10T09:00:00Z', until: '2026-11-10T10:00:00Z', where: 'x' }] };
  expect(fields(await ask('POST', `/editions/${edition}/suggestions?debug=1`, { body }))).toEqual([
    400,
    ['debug unrecognized_keys', 'availability.0.where unrecognized_keys', 'fits too_big', 'queston unrecognized_keys'],
  ]);
});

test('a site that the operator named may ask from a browser, another may not; the document is for every site', async () => {
  const from = async (origin: string, path: string, method = 'GET') => {
    const asked = { origin, ...(method === 'OPTIONS' && { 'access-control-request-method': 'PUT' }) };
    const { status, headers } = await ask(method, path, { headers: asked });
    return [status, headers.get('access-control-allow-origin'), headers.get('access-control-allow-methods')];
  };
  const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
  expect([
    await from('https://www.example.org', '/editions'),
    await from('https://www.example.org', '/me/programme/AAAAAA', 'OPTIONS'),
    await from('https://elsewhere.example.org', '/editions'),
    await from('https://elsewhere.example.org', '/me/programme/AAAAAA', 'OPTIONS'),
    await from('https://elsewhere.example.org', '/openapi.json', 'OPTIONS'),
  ]).toEqual([
    [200, 'https://www.example.org', null],
    [204, 'https://www.example.org', methods],
    [200, null, null],
    [204, null, null],
    [204, '*', methods],
  ]);
  expect((await ask('GET', '/editions', { headers: { origin: 'https://www.example.org' } })).headers.get('vary')).toContain('Origin');
});
