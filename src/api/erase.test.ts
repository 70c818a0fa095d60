import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testVisit } from '#ground/testing.server.ts';
import { makeToken, personCalled, personOfToken, welcome } from '#rooms/identity';
import { openApi } from './api.ts';

// The list of who was erased is kept there.
await vi.hoisted(async () => {
  const { mkdtemp } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  process.env['DATA_DIR'] = await mkdtemp(`${tmpdir()}/innovember-api-erase-`);
});

const api = openApi(
  async (request, language) => {
    const person = await personOfToken(testVisit(), request.headers.get('authorization')?.slice('Bearer '.length) ?? '');
    return person && testVisit({ language, person });
  },
  () => 'https://innovember.example.org',
);
const tokenOf = async (email: string, scopes: readonly string[] = ['read', 'write']): Promise<string> => {
  const token = await makeToken(testVisit(), email, { scopes });
  if (isRefusal(token)) throw new Error(token.refused);
  return token;
};
async function ask(method: string, path: string, token: string, headers: Record<string, string> = {}) {
  const response = await api.request(`/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}`, ...headers } });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

test('everything that is kept of somebody comes with a token that may read', async () => {
  const token = await tokenOf('deelnemer-1@example.org', ['read']);
  await welcome(testVisit({ person: await personCalled(testVisit(), 'deelnemer-1@example.org') }), 'deelnemer-1@example.org', {
    accessNeeds: 'ringleiding',
  });
  const { status, body } = await ask('GET', '/me/export', token);
  const part = (name: string) => body.parts.find((part: { name: string }) => part.name === name).rows;
  expect({ status, email: body.email, needs: part('access-needs'), tokens: part('tokens').length }).toEqual({
    status: 200,
    email: 'deelnemer-1@example.org',
    needs: [{ access_needs: 'ringleiding' }],
    tokens: 1,
  });
  expect(JSON.stringify(body)).not.toContain('deelnemer-2');
});

test('to be erased asks for a token that may write, is of the last quarter of an hour, and the own address', async () => {
  const email = 'deelnemer-2@example.org';
  const [reader, token] = [await tokenOf(email, ['read']), await tokenOf(email)];
  expect(await ask('DELETE', '/me', reader, { confirm: email })).toMatchObject({ status: 403, body: { code: 'token-read-only' } });
  expect(await ask('DELETE', '/me', token)).toMatchObject({ status: 400, body: { code: 'not-confirmed' } });
  expect(await ask('DELETE', '/me', token, { confirm: 'deelnemer-1@example.org' })).toMatchObject({ status: 400, body: { code: 'not-confirmed' } });
  await sql`update access_tokens set created_at = ${testNow}::timestamptz - interval '16 minutes'`.execute(testVisit().db);
  expect(await ask('DELETE', '/me', token, { confirm: email })).toMatchObject({ status: 403, body: { code: 'not-fresh' } });
  await sql`update access_tokens set created_at = ${testNow}::timestamptz - interval '14 minutes'`.execute(testVisit().db);
  expect(await ask('DELETE', '/me', token, { confirm: 'Deelnemer-2@example.org' })).toEqual({ status: 204, body: null });
  expect(await personCalled(testVisit(), email)).toBe(null);
  expect((await ask('GET', '/me', token)).status).toBe(401);
});
