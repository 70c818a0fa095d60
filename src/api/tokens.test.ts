import { expect, test } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person } from '#ground/visit.ts';
import { endToken, grant, makeMyToken, makeToken, myTokens, personOfToken } from '#rooms/identity';
import { mostTokens } from '#rooms/identity/my-token.ts';
import { openApi } from './api.ts';

const day = 86_400_000;
const api = openApi(
  async (request, language) => {
    const person = await personOfToken(testVisit(), request.headers.get('authorization')?.slice('Bearer '.length) ?? '');
    return person && testVisit({ language, person });
  },
  () => 'https://innovember.example.org',
);

async function ask(token: string, method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const content = body && JSON.stringify(body);
  const response = await api.request(`/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(content && { 'content-type': 'application/json', 'content-length': String(content.length) }),
      ...headers,
    },
    ...(content && { body: content }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}
const wanted = { name: 'agenda van ons team', scope: 'read', days: 30 };

async function operators(): Promise<string> {
  const token = await makeToken(testVisit(), (await testPerson()).email);
  if (isRefusal(token)) throw new Error(token.refused);
  return token;
}

test('a token is made, shown once, listed without its secret, used and ended', async () => {
  const mine = await operators();
  const made = await ask(mine, 'POST', '/me/tokens', wanted);
  const { id, token, ...rest } = made.body;
  expect([made.status, rest]).toEqual([
    201,
    {
      name: wanted.name,
      scope: 'read',
      createdAt: testNow.toISOString(),
      usedAt: null,
      expiresAt: new Date(testNow.getTime() + 30 * day).toISOString(),
    },
  ]);
  expect((await ask(token, 'GET', '/me')).status).toBe(200);
  const listed = (await ask(mine, 'GET', '/me/tokens')).body.items;
  expect(listed[0]).toEqual({ id, ...rest, usedAt: testNow.toISOString() });
  expect([(await ask(mine, 'DELETE', `/me/tokens/${id}`)).status, (await ask(token, 'GET', '/me')).status]).toEqual([204, 401]);
  expect((await ask(mine, 'DELETE', `/me/tokens/${id}`)).body).toMatchObject({ status: 404, code: 'token-gone' });
});

test('a token makes none that can do more than itself or holds longer', async () => {
  const mine = await operators();
  const [reads, month] = [
    (await ask(mine, 'POST', '/me/tokens', wanted)).body.token,
    (await ask(mine, 'POST', '/me/tokens', { ...wanted, scope: 'write' })).body.token,
  ];
  expect((await ask(reads, 'POST', '/me/tokens', wanted)).body.code).toBe('token-read-only');
  expect((await ask(month, 'POST', '/me/tokens', { ...wanted, days: 90 })).body).toMatchObject({ status: 409, code: 'token-too-long' });
  expect((await ask(month, 'POST', '/me/tokens', { ...wanted, days: 30 })).status).toBe(201);
});

test('nobody ends the token of somebody else', async () => {
  const [mine, other] = [await operators(), await operators()];
  const { id } = (await ask(mine, 'POST', '/me/tokens', wanted)).body;
  expect((await ask(other, 'DELETE', `/me/tokens/${id}`)).status).toBe(404);
  expect((await ask(mine, 'GET', '/me/tokens')).body.items).toHaveLength(2);
});

test('a token carries no role that its sign-in did not', async () => {
  const known = await testPerson();
  await grant(testVisit(), known.email, { role: 'admin', scope: '' });
  const roles = async (way: NonNullable<Person['way']>) => {
    const made = await makeMyToken(testVisit({ person: { ...known, way } }), { name: 'x', scope: 'write', days: 30 });
    if (isRefusal(made)) throw new Error(made.refused);
    return (await personOfToken(testVisit(), made.secret))?.roles;
  };
  expect([await roles('code'), await roles('passkey')]).toEqual([[], [{ role: 'admin', scope: '' }]]);
});

test('a sign-in that lost its roles to time makes no token that has them', async () => {
  const stale: Person = { ...(await testPerson()), way: 'passkey', withheld: [{ role: 'admin', scope: '' }] };
  expect(await makeMyToken(testVisit({ person: stale }), { name: 'x', scope: 'read', days: 30 })).toEqual({ refused: 'sign-in-again' });
});

test('there are twenty at most, also when they are asked for at once', async () => {
  const visit = testVisit({ person: await testPerson() });
  const made = await Promise.all(Array.from({ length: mostTokens + 5 }, () => makeMyToken(visit, { name: 'x', scope: 'read', days: 30 })));
  expect([made.filter(isRefusal), (await myTokens(visit)).length]).toEqual([Array(5).fill({ refused: 'too-many-tokens' }), mostTokens]);
  await endToken(visit, (await myTokens(visit))[0]!.id);
  expect(isRefusal(await makeMyToken(visit, { name: 'x', scope: 'read', days: 30 }))).toBe(false);
});

test('one key is one token, also when both ask at once; the answer is kept so that only who asked can read it', async () => {
  const mine = await operators();
  const key = { 'idempotency-key': 'sleutel-1' };
  const both = await Promise.all([ask(mine, 'POST', '/me/tokens', wanted, key), ask(mine, 'POST', '/me/tokens', wanted, key)]);
  expect(both[0]).toEqual(both[1]);
  expect((await ask(mine, 'GET', '/me/tokens')).body.items).toHaveLength(2);
  expect((await ask(mine, 'POST', '/me/tokens', { ...wanted, days: 90 }, key)).body).toMatchObject({ status: 409, code: 'key-used' });
  const kept = await testVisit().db.selectFrom('kept_answers').select('answer').execute();
  expect(String(kept[0]!.answer)).not.toContain(both[0]!.body.token);
});

test('without a key each is another one, and a no is not kept', async () => {
  const mine = await operators();
  const tokens = [await ask(mine, 'POST', '/me/tokens', wanted), await ask(mine, 'POST', '/me/tokens', wanted)].map(({ body }) => body.token);
  expect(tokens[0]).not.toBe(tokens[1]);
  const before = (await testVisit().db.selectFrom('kept_answers').select('key_hash').execute()).length;
  expect((await ask(mine, 'POST', '/me/tokens', { ...wanted, name: '' }, { 'idempotency-key': 'sleutel-2' })).status).toBe(400);
  expect((await testVisit().db.selectFrom('kept_answers').select('key_hash').execute()).length).toBe(before);
});
