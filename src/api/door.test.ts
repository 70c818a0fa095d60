import { expect, test } from 'vitest';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Role, Visit } from '#ground/visit.ts';
import { claim, passOf } from '#rooms/seats';
import { asSomebody, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { openApi } from './api.ts';

const people = new Map<string, Person>();
/** Receives who is named in the token. */
const api = openApi(
  async (request, language): Promise<Visit | null> => {
    const token = request.headers.get('authorization');
    const person = token === null ? null : (people.get(token.slice('Bearer '.length)) ?? null);
    return token !== null && !person ? null : testVisit({ language, person });
  },
  () => 'https://innovember.example.org',
);
async function somebody(...roles: Role[]): Promise<Person> {
  const person = { ...(await testPerson({ isInternal: false })), roles };
  people.set(person.email, person);
  return person;
}

async function ask(method: string, path: string, as: Person | null, body?: unknown) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response = await api.request(`/api/v1${path}`, {
    method,
    headers: {
      ...(as && { authorization: `Bearer ${as.email}` }),
      ...(text !== undefined && { 'content-type': 'application/json', 'content-length': String(text.length) }),
    },
    ...(text !== undefined && { body: text }),
  });
  const said = await response.text();
  return { status: response.status, body: said === '' ? null : JSON.parse(said) };
}

/** A session with so many places, who hosts it, and people with a seat in it, in order of arrival. */
async function hosted(places: number, howMany: number) {
  const session = await sessionWith({ onSite: places });
  const guests = await Promise.all(Array.from({ length: howMany }, () => asSomebody()));
  const passes: string[] = [];
  for (const visit of guests) {
    await claim(visit, session, null, 'own');
    passes.push((await passOf(visit, session))!);
  }
  const host = await somebody({ role: 'host', scope: session.code });
  return { path: `/editions/${session.edition}/sessions/${session.code}/check-ins`, host, guests, passes };
}

test('somebody is in once, from the first moment, and out again', async () => {
  const { path, host, passes } = await hosted(2, 1);
  const [pass] = passes;
  const at = '2026-11-10T08:58:00.000Z';
  const answer = { pass, standing: 'held', checkedInAt: at };
  expect(await ask('PUT', `${path}/${pass}`, host, { at })).toEqual({ status: 201, body: answer });
  expect(await ask('PUT', `${path}/${pass}`, host, { at: '2026-11-10T08:59:00.000Z' })).toEqual({ status: 200, body: answer });
  expect(await ask('PUT', `${path}/${pass}`, host)).toEqual({ status: 200, body: answer });
  expect((await ask('GET', path, host)).body.items).toMatchObject([{ pass, checkedInAt: at }]);
  expect(await ask('DELETE', `${path}/${pass}`, host)).toEqual({ status: 204, body: null });
  expect(await ask('DELETE', `${path}/${pass}`, host)).toEqual({ status: 204, body: null });
  expect((await ask('GET', path, host)).body.items).toMatchObject([{ pass, checkedInAt: null }]);
});

test('a moment that has yet to come is now', async () => {
  const { path, host, passes } = await hosted(2, 1);
  expect((await ask('PUT', `${path}/${passes[0]}`, host, { at: '2026-11-10T23:00:00Z' })).body.checkedInAt).toBe(testNow.toISOString());
});

test('a moment from before time was counted is a mistake of who asks', async () => {
  const { path, host, passes } = await hosted(2, 1);
  for (const at of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00'])
    expect(await ask('PUT', `${path}/${passes[0]}`, host, { at })).toMatchObject({ status: 400, body: { errors: [{ field: 'at' }] } });
});

test('the list comes in pages, everybody once, with no more about them than a host needs', async () => {
  const { path, host, guests, passes } = await hosted(2, 3);
  const pages = [await ask('GET', `${path}?limit=2`, host)];
  pages.push(await ask('GET', pages[0]!.body.next.replace('/api/v1', ''), host));
  const shown = { organisation: null, attendance: 'onSite', waitsFor: null, checkedInAt: null };
  expect(pages.flatMap(({ body }) => body.items)).toEqual(
    passes.map((pass, nth) => ({
      pass,
      name: guests[nth]!.person!.email,
      ...shown,
      standing: nth < 2 ? 'held' : 'waiting',
      position: nth < 2 ? null : 1,
    })),
  );
  expect(pages[1]!.body.next).toBe(null);
});

test('who waits gets no place that somebody has; a pass of nobody is not there', async () => {
  const { path, host, passes } = await hosted(1, 2);
  expect(await ask('PUT', `${path}/${passes[1]}`, host)).toMatchObject({ status: 409, body: { code: 'no-place-left' } });
  const unknown = '00000000-0000-4000-8000-000000000000';
  expect(await ask('PUT', `${path}/${unknown}`, host)).toMatchObject({ status: 404, body: { code: 'pass-unknown' } });
  expect(await ask('DELETE', `${path}/${unknown}`, host)).toMatchObject({ status: 404, body: { code: 'pass-unknown' } });
  expect(await ask('PUT', `${path}/nonsense`, host)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  expect(await ask('PUT', `${path}/${passes[0]}`, host, { at: 'yesterday' })).toMatchObject({ status: 400, body: { code: 'invalid' } });
});

test('a pass of another session opens nothing here', async () => {
  const here = await hosted(1, 1);
  const there = await hosted(1, 1);
  expect(await ask('PUT', `${here.path}/${there.passes[0]}`, here.host)).toMatchObject({ status: 404, body: { code: 'pass-unknown' } });
});

test('only who runs the session stands at its door', async () => {
  const { path, passes } = await hosted(1, 1);
  const asked = [['GET', path] as const, ['PUT', `${path}/${passes[0]}`] as const, ['DELETE', `${path}/${passes[0]}`] as const];
  const statuses = async (who: Person | null) => Promise.all(asked.map(async ([method, one]) => (await ask(method, one, who)).status));
  expect([await statuses(null), await statuses(await somebody()), await statuses(await somebody({ role: 'host', scope: 'ZZZZZZ' }))]).toEqual([
    [401, 401, 401],
    [403, 403, 403],
    [403, 403, 403],
  ]);
});
