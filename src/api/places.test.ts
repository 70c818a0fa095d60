import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Role, Visit } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import { claim, release } from '#rooms/seats';
import { asSomebody, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { openApi } from './api.ts';

const visit = testVisit();
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
const known = (person: Person): Person => (people.set(person.email, person), person);
const organiser = async (...roles: Role[]): Promise<Person> => known({ ...(await testPerson({ isInternal: false })), roles });

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

/** A session, its address, and who hosts it. */
async function hosted(places: Parameters<typeof sessionWith>[0]) {
  const session = await sessionWith(places);
  return { session, path: `/editions/${session.edition}/sessions/${session.code}`, host: await organiser({ role: 'host', scope: session.code }) };
}
const none = { capacity: 0, held: 0, offered: 0, waiting: 0, checkedIn: 0 };

test('who runs a session sees how full it is and makes more places; the first in line move up at once', async () => {
  const { session, path, host } = await hosted({ onSite: 1 });
  for (let nth = 0; nth < 4; nth++) await claim(await asSomebody(), session, null, 'own');
  const before = { onSite: { ...none, capacity: 1, held: 1, waiting: 3 }, online: none };
  expect(await ask('GET', `${path}/places`, host)).toEqual({ status: 200, body: before });
  const after = { onSite: { ...none, capacity: 3, held: 3, waiting: 1 }, online: none };
  expect(await ask('PATCH', `${path}/places`, host, { onSite: { capacity: 3 } })).toEqual({ status: 200, body: after });
  expect(await ask('PATCH', `${path}/places`, host, { onSite: { capacity: 2 } })).toMatchObject({ status: 409, body: { code: 'below-held' } });
  // All or nothing.
  expect(await ask('PATCH', `${path}/places`, host, { onSite: { capacity: null }, online: { capacity: -1 } })).toMatchObject({ status: 400 });
  expect(await ask('GET', `${path}/places`, host)).toEqual({ status: 200, body: after });
});

test('who has no business with the places of a session hears so, or that it is not there', async () => {
  const { session, path } = await hosted({ onSite: 1 });
  const [nobody, other, team] = [
    await organiser(),
    await organiser({ role: 'host', scope: 'ZZZZZZ' }),
    await organiser({ role: 'team', scope: session.edition }),
  ];
  const asked = ['places', 'shares', 'seats'].map((what) => `${path}/${what}`);
  const statuses = async (who: Person | null) => Promise.all(asked.map(async (one) => (await ask('GET', one, who)).status));
  expect([await statuses(null), await statuses(nobody), await statuses(other), await statuses(team)]).toEqual([
    [401, 401, 401],
    [403, 403, 403],
    [403, 403, 403],
    [200, 200, 200],
  ]);
  expect((await ask('GET', `/editions/another/sessions/${session.code}/places`, team)).status).toBe(404);
  await sql`update sessions set visibility = 'internal' where id = ${session.id}`.execute(visit.db);
  expect([await statuses(nobody), await statuses(team)]).toEqual([
    [404, 404, 404],
    [200, 200, 200],
  ]);
});

test('shares are set as a whole, and never below what a group has', async () => {
  const { session, path, host } = await hosted({ onSite: 5 });
  await claim(await asSomebody({ isInternal: true }), session, null, 'own');
  const items = [
    { attendance: 'onSite', group: 'internal', most: 1 },
    { attendance: 'onSite', group: 'organisation:*', most: 3 },
  ];
  const set = await ask('PUT', `${path}/shares`, host, { items });
  expect(set).toEqual({
    status: 200,
    body: {
      items: [
        { ...items[0], taken: 1 },
        { ...items[1], taken: 0 },
      ],
      next: null,
    },
  });
  expect(await ask('GET', `${path}/shares`, host)).toEqual(set);
  expect(await claim(await asSomebody({ isInternal: true }), session, null, 'own')).toMatchObject({ standing: 'waiting', position: 1 });
  const none = [{ attendance: 'onSite', group: 'internal', most: 0 }];
  expect(await ask('PUT', `${path}/shares`, host, { items: none })).toMatchObject({ status: 409, body: { code: 'share-below-held' } });
  const twice = [...none, ...none];
  expect(await ask('PUT', `${path}/shares`, host, { items: twice })).toMatchObject({ status: 400 });
  expect(await ask('PUT', `${path}/shares`, host, { items: [{ attendance: 'onSite', group: 'friends', most: 5 }] })).toMatchObject({ status: 400 });
});

test('the roll comes in pages, everybody once, in order of arrival, without passes', async () => {
  const { session, path, host } = await hosted({ onSite: 2 });
  for (let nth = 0; nth < 5; nth++) await claim(await asSomebody(), session, null, 'own');
  const seen: { arrival: number; standing: string; position: number | null }[] = [];
  let next: string | null = `${path}/seats?limit=2`;
  while (next) {
    const { body } = await ask('GET', next, host);
    expect(JSON.stringify(body)).not.toContain('"pass"');
    seen.push(...body.items.map(({ arrival, standing, position }: (typeof seen)[number]) => ({ arrival, standing, position })));
    next = body.next?.replace('/api/v1', '') ?? null;
  }
  expect(seen).toEqual([
    { arrival: 1, standing: 'held', position: null },
    { arrival: 2, standing: 'held', position: null },
    { arrival: 3, standing: 'waiting', position: 1 },
    { arrival: 4, standing: 'waiting', position: 2 },
    { arrival: 5, standing: 'waiting', position: 3 },
  ]);
  expect((await ask('GET', `${path}/seats?standing=waiting`, host)).body.items).toHaveLength(3);
  expect((await ask('GET', `${path}/seats?cursor=nonsense`, host)).status).toBe(400);
});

test('by hand somebody gets a place past the line, or goes; with a reason, in the journal', async () => {
  const { session, path, host } = await hosted({ onSite: 1, online: 1 });
  const [first, last] = [await asSomebody(), await asSomebody()];
  for (const who of [first, last]) await claim(who, session, 'onSite', 'own');
  const seat = `${path}/seats/${last.person.id}`;
  expect(await ask('PUT', seat, host, { attendance: 'onSite', reason: 'Spreker' })).toMatchObject({ status: 409, body: { code: 'no-place-left' } });
  for (const reason of [undefined, '', '  ', 'x'.repeat(201), 'a\0b', 'a\ud800b', 'a\u001b[2J'])
    expect((await ask('PUT', seat, host, { attendance: 'online', reason })).status).toBe(400);
  expect((await ask('PUT', `${seat}/removal`, host, { reason: 'a\0b' })).status).toBe(400);
  expect(await ask('PUT', seat, host, { attendance: 'online', reason: 'Spreker' })).toMatchObject({
    status: 200,
    body: { person: last.person.id, standing: 'held', attendance: 'online', position: null },
  });
  expect((await ask('PUT', `${seat}/removal`, host)).status).toBe(400);
  // What is written about somebody never stands in an address, where a proxy would keep it.
  expect((await ask('PUT', `${seat}/removal?reason=Ziek`, host, { reason: 'Ziek' })).status).toBe(400);
  expect((await ask('DELETE', `${seat}?reason=Ziek`, host)).status).toBe(405);
  for (let times = 0; times < 2; times++) expect((await ask('PUT', `${seat}/removal`, host, { reason: 'Ziek' })).status).toBe(204);
  const written = (await lines(visit, { session: session.id })).filter(({ byPerson }) => byPerson === host.id);
  expect(written.map(({ what, person, details }) => ({ what, person, reason: details['reason'] }))).toEqual([
    { what: 'seat-moved-up', person: last.person.id, reason: 'Spreker' },
    { what: 'seat-released', person: last.person.id, reason: 'Ziek' },
  ]);
  const stranger = `${path}/seats/019a8c2e-7b1d-7c3e-9f00-0123456789ab`;
  expect(await ask('PUT', stranger, host, { attendance: 'online', reason: 'Spreker' })).toMatchObject({
    status: 404,
    body: { code: 'person-unknown' },
  });
  expect((await ask('PUT', `${path}/seats/nobody`, host, { attendance: 'online', reason: 'Spreker' })).status).toBe(400);
});

test('nobody from outside is placed in an internal session, also not by hand', async () => {
  const { session, path, host } = await hosted({ onSite: 1 });
  await sql`update sessions set visibility = 'internal' where id = ${session.id}`.execute(visit.db);
  const [outsider, insider] = [await asSomebody({ isInternal: false }), await asSomebody({ isInternal: true })];
  const place = (who: Person) => ask('PUT', `${path}/seats/${who.id}`, host, { attendance: 'onSite', reason: 'Spreker' });
  expect(await place(outsider.person)).toMatchObject({ status: 409, body: { code: 'internal-only' } });
  expect(await place(insider.person)).toMatchObject({ status: 200 });
});

test('an offered place is taken, once or twice; without an offer there is nothing to take', async () => {
  const { session } = await hosted({ onSite: 1, acceptHours: 2 });
  const [first, second] = [await asSomebody(), await asSomebody()];
  const me = known(second.person);
  for (const who of [first, second]) await claim(who, session, null, 'own');
  const path = `/me/programme/${session.code}/acceptance`;
  expect(await ask('PUT', path, me)).toMatchObject({ status: 409, body: { code: 'no-offer' } });
  await release(first, session);
  const entry = { session: session.code, standing: 'held', attendance: 'onSite', waitsFor: null, position: null, offeredUntil: null, overlaps: [] };
  for (let times = 0; times < 2; times++) expect(await ask('PUT', path, me)).toEqual({ status: 200, body: entry });
  expect((await ask('PUT', '/me/programme/ZZZZZZ/acceptance', me)).status).toBe(404);
  expect((await ask('PUT', path, null)).status).toBe(401);
});

test('an offer whose time is over is told to be over', async () => {
  const { session } = await hosted({ onSite: 1, acceptHours: 2 });
  const [first, second] = [await asSomebody(), await asSomebody()];
  for (const who of [first, second]) await claim(who, session, null, 'own');
  await release(first, session);
  await sql`update seats set offered_until = ${new Date('2026-11-10T08:59:00Z')} where session_id = ${session.id} and standing = 'offered'`.execute(
    visit.db,
  );
  expect(await ask('PUT', `/me/programme/${session.code}/acceptance`, known(second.person))).toMatchObject({
    status: 409,
    body: { code: 'offer-expired' },
  });
});
