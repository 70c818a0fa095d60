import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { hashOf } from '#ground/chance.server.ts';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { drawNext } from '#rooms/wishes';
import { after, testEdition, testLeader, testSession } from '#rooms/wishes/window-with.testing.server.ts';
import { openApi } from './api.ts';

const people = new Map<string, Person>();
let now = after(0);
/** Receives who is named in the token. */
const api = openApi(
  async (request, language): Promise<Visit | null> => {
    const token = request.headers.get('authorization');
    const person = token === null ? null : (people.get(token.slice('Bearer '.length)) ?? null);
    return token !== null && !person ? null : testVisit({ language, person, now });
  },
  () => 'https://innovember.example.org',
);
const known = (person: Person): Person => (people.set(person.email, person), person);

async function ask(method: string, path: string, as: Person | null = null, body?: unknown, headers: Record<string, string> = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response = await api.request(`/api/v1${path}`, {
    method,
    headers: {
      ...headers,
      ...(as && { authorization: `Bearer ${as.email}` }),
      ...(text !== undefined && { 'content-type': 'application/json', 'content-length': String(text.length) }),
    },
    ...(text !== undefined && { body: text }),
  });
  const said = await response.text();
  return { status: response.status, body: said === '' ? null : JSON.parse(said) };
}

async function led({ wanted = 2 } = {}) {
  now = after(0);
  const edition = await testEdition();
  const { person } = await testLeader(edition);
  const [one, other] = [await testSession(edition), await testSession(edition, { startsIn: 30 })];
  const path = `/editions/${edition.slug}/wish-windows`;
  const plan = { opensAt: after(-1).toISOString(), closesAt: after(2).toISOString(), sessions: [one.code, other.code], wanted };
  return { edition, leader: known(person), path, plan, one: one.code, other: other.code };
}
const somebody = async (isInternal = true) => known(await testPerson({ isInternal }));

test('a wish is put, read, listed and taken back, each as often as one likes', async () => {
  const { edition, leader, path, plan, one, other } = await led();
  expect((await ask('POST', path, leader, plan)).status).toBe(201);
  const me = await somebody();
  const wished = { session: one, strength: 'must', attendance: null };
  expect(await ask('GET', `/me/wishes/${one}`, me)).toMatchObject({ status: 404, body: { code: 'wish-unknown' } });
  expect(await ask('PUT', `/me/wishes/${one}`, me, { strength: 'must' })).toEqual({ status: 201, body: wished });
  expect(await ask('PUT', `/me/wishes/${one}`, me, { strength: 'must', attendance: null })).toEqual({ status: 200, body: wished });
  expect(await ask('GET', `/me/wishes/${one}`, me)).toEqual({ status: 200, body: wished });
  expect(await ask('PUT', `/me/wishes/${other}`, me, { strength: 'maybe', attendance: 'onSite' })).toMatchObject({ status: 201 });
  expect((await ask('GET', `/me/wishes?edition=${edition.slug}`, me)).body).toEqual({
    items: [wished, { session: other, strength: 'maybe', attendance: 'onSite' }],
    next: null,
  });
  expect(await ask('DELETE', `/me/wishes/${one}`, me)).toEqual({ status: 204, body: null });
  expect(await ask('DELETE', `/me/wishes/${one}`, me)).toEqual({ status: 204, body: null });
  expect(await ask('GET', `/me/wishes/${one}`, me)).toMatchObject({ status: 404 });
  expect(await ask('PUT', `/me/programme/${one}`, me)).toMatchObject({ status: 409, body: { code: 'wishes-first' } });
});

test('outside a window there is nothing to wish, and after it nothing changes', async () => {
  const { edition, leader, path, plan, one } = await led();
  const me = await somebody();
  expect(await ask('PUT', `/me/wishes/${one}`, me, { strength: 'must' })).toMatchObject({ status: 409, body: { code: 'no-window' } });
  await ask('POST', path, leader, plan);
  await ask('PUT', `/me/wishes/${one}`, me, { strength: 'must' });
  expect(await ask('PUT', `/me/wishes/${one}`, me, { strength: 'very' })).toMatchObject({ status: 400, body: { errors: [{ field: 'strength' }] } });
  expect(await ask('PUT', `/me/wishes/${one}`, me, { strength: 'must', attendance: 'online' })).toMatchObject({
    status: 409,
    body: { code: 'not-offered' },
  });
  expect(await ask('PUT', '/me/wishes/NEVER0', me, { strength: 'must' })).toMatchObject({ status: 404, body: { code: 'session-unknown' } });
  expect(await ask('PUT', `/me/wishes/${one}`, null, { strength: 'must' })).toMatchObject({ status: 401 });
  now = after(3);
  expect(await ask('PUT', `/me/wishes/${one}`, me, { strength: 'maybe' })).toMatchObject({ status: 409, body: { code: 'window-closed' } });
  expect(await ask('DELETE', `/me/wishes/${one}`, me)).toMatchObject({ status: 409, body: { code: 'window-closed' } });
  expect((await ask('GET', `/me/wishes?edition=${edition.slug}`, me)).body.items).toHaveLength(1);
});

test('an internal session is nobody else’s to wish, and its window does not exist for them', async () => {
  const { edition, leader, path } = await led();
  const hidden = await testSession(edition, { visibility: 'internal' });
  const made = await ask('POST', path, leader, { opensAt: after(-1).toISOString(), closesAt: after(2).toISOString(), sessions: [hidden.code] });
  expect(made).toMatchObject({ status: 201, body: { wanted: 3, sessions: [hidden.code] } });
  const [insider, outsider] = [await somebody(), await somebody(false)];
  expect(await ask('PUT', `/me/wishes/${hidden.code}`, insider, { strength: 'must' })).toMatchObject({ status: 201 });
  expect(await ask('PUT', `/me/wishes/${hidden.code}`, outsider, { strength: 'must' })).toMatchObject({
    status: 404,
    body: { code: 'session-unknown' },
  });
  expect((await ask('GET', `/me/wishes?edition=${edition.slug}`, insider)).body.items).toHaveLength(1);
  const status = async (as: Person | null) => (await ask('GET', `${path}/${made.body.id}`, as)).status;
  expect([await status(insider), await status(leader), await status(outsider), await status(null)]).toEqual([200, 200, 404, 404]);
  expect((await ask('GET', path, outsider)).body.items).toEqual([]);
});

test('who asks twice with the same key has one window; without one the second is refused', async () => {
  const { leader, path, plan } = await led();
  const key = { 'Idempotency-Key': 'one' };
  const both = await Promise.all([ask('POST', path, leader, plan, key), ask('POST', path, leader, plan, key)]);
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect(both[0]!.body.id).toBe(both[1]!.body.id);
  now = after(5);
  expect((await ask('POST', path, leader, plan, key)).body.id).toBe(both[0]!.body.id);
  now = after(0);
  expect(await ask('POST', path, leader, plan)).toMatchObject({ status: 409, body: { code: 'in-other-window' } });
  // Another plan is another question, whatever its key.
  expect(await ask('POST', path, leader, { ...plan, wanted: 7 }, key)).toMatchObject({ status: 409, body: { code: 'in-other-window' } });
  expect((await ask('GET', path)).body.items).toHaveLength(1);
});

test('a draw goes from window to outcome, and the seed is nowhere before it is done', async () => {
  const { leader, path, plan, one, other } = await led({ wanted: 1 });
  const { body: made } = await ask('POST', path, leader, plan);
  const window = `${path}/${made.id}`;
  const { rows } = await sql<{ seed: string }>`select seed from wish_windows where id = ${made.id}`.execute(testVisit().db);
  const [first, second] = [await somebody(), await somebody()];
  for (const one_ of [first, second]) await ask('PUT', `/me/wishes/${one}`, one_, { strength: 'must' });
  await ask('PUT', `/me/wishes/${other}`, second, { strength: 'maybe' });
  expect(await ask('PUT', `${window}/closing`, await somebody())).toMatchObject({ status: 403, body: { code: 'not-leading' } });
  expect(await ask('PUT', `${window}/closing`)).toMatchObject({ status: 401 });
  expect(await ask('PUT', `${window}/closing`, leader)).toMatchObject({ status: 200, body: { state: 'closed', seed: null } });
  const everything = await Promise.all([
    ask('GET', path),
    ask('GET', window, leader),
    ask('GET', `${window}/sessions`, leader),
    ask('GET', `${window}/file`, leader),
    ask('GET', `/me/draws/${made.id}`, first),
    ask('GET', '/openapi.json'),
  ]);
  expect(everything.map(({ status }) => status)).toEqual([200, 200, 200, 409, 404, 200]);
  expect(JSON.stringify(everything)).not.toContain(rows[0]!.seed);
  while (await drawNext(() => testVisit({ now: after(1) })));
  const { body: drawn } = await ask('GET', window, leader);
  expect(drawn).toMatchObject({ state: 'drawn', seed: rows[0]!.seed, seedHash: hashOf(rows[0]!.seed) });
  expect(drawn).toMatchObject({ report: { people: 2, given: 2, withThree: 0, withNothing: 0, belowThree: 0, sessions: [0, 2] } });
  // While it is checked, nobody else is told what may still change.
  expect((await ask('GET', window)).body).toEqual({ ...drawn, report: null });
  const review = await ask('GET', `${window}/sessions?limit=1`, leader);
  expect(review.body).toMatchObject({ items: [{ session: one, wished: 2, must: 2 }], next: expect.stringContaining(`cursor=${one}`) });
  expect((await ask('GET', review.body.next.replace('/api/v1', ''), leader)).body).toMatchObject({ items: [{ session: other }], next: null });
  expect((await ask('GET', `${window}/sessions`, await somebody())).status).toBe(403);
  expect(await ask('PUT', `${window}/redraw`, leader)).toMatchObject({ status: 409, body: { code: 'draw-the-same' } });
  const { body: file } = await ask('GET', `${window}/file`, leader);
  expect(hashOf(file.file)).toBe(drawn.fileHash);
  expect((await ask('GET', `${window}/file`, await somebody())).status).toBe(403);
  expect(await ask('POST', `${window}/audit-link`, leader)).toMatchObject({
    status: 201,
    body: { url: expect.stringMatching(/\/loting\/controle\/[\w-]{43}$/) },
  });
  expect(await ask('PUT', `${window}/confirmation`, leader)).toMatchObject({ status: 200, body: { state: 'confirmed' } });
  expect(await ask('PUT', `${window}/confirmation`, leader)).toMatchObject({ status: 200, body: { state: 'confirmed' } });
  expect(await ask('PUT', `${window}/calling-off`, leader)).toMatchObject({ status: 409, body: { code: 'draw-confirmed' } });
  // Two people: whatever is reckoned from them says something of each.
  expect((await ask('GET', window)).body.report).toBe(null);
  const outcomes = [await ask('GET', `/me/draws/${made.id}`, first), await ask('GET', `/me/draws/${made.id}`, second)];
  expect(outcomes[0]!.body).toMatchObject({
    pseudonym: expect.any(String),
    share: 1,
    wishes: [{ session: one, given: 'onSite', why: { code: 'granted' } }],
  });
  expect(outcomes[1]!.body.wishes[0]).toEqual({
    session: one,
    strength: 'must',
    given: null,
    line: null,
    why: { code: 'enough', text: expect.stringMatching(/\w/), values: { wanted: 1, count: 1 } },
  });
  expect((await ask('GET', `/me/draws/${made.id}`, await somebody())).status).toBe(404);
});

test('a window changes through its address and in its own edition only', async () => {
  const { leader, path, plan, one } = await led();
  const { body: made } = await ask('POST', path, leader, { ...plan, opensAt: after(1).toISOString() });
  expect(made).toMatchObject({ state: 'planned', seedHash: null, weights: { must: 4, want: 2, maybe: 1 } });
  expect(await ask('PATCH', `${path}/${made.id}`, leader, { wanted: 1, sessions: [one] })).toMatchObject({
    status: 200,
    body: { wanted: 1, sessions: [one] },
  });
  const elsewhere = (await led()).path;
  expect((await ask('GET', `${elsewhere}/${made.id}`, leader)).status).toBe(404);
  expect((await ask('PATCH', `${elsewhere}/${made.id}`, leader, { wanted: 2 })).status).toBe(404);
  expect((await ask('GET', `${path}/nonsense`)).status).toBe(404);
  expect(await ask('PUT', `${path}/${made.id}/closing`, leader)).toMatchObject({ status: 409, body: { code: 'window-not-open' } });
  expect(await ask('PUT', `${path}/${made.id}/calling-off`, leader)).toMatchObject({ status: 200, body: { state: 'called-off' } });
});
