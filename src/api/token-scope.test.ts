import { expect, test } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { testVisit } from '#ground/testing.server.ts';
import { makeToken, personOfToken } from '#rooms/identity';
import { openApi } from './api.ts';

const api = openApi(
  async (request, language) => {
    const person = await personOfToken(testVisit(), request.headers.get('authorization')?.slice('Bearer '.length) ?? '');
    return person && testVisit({ language, person });
  },
  () => 'https://innovember.example.org',
);

async function statuses(scopes: readonly string[]) {
  const token = await makeToken(testVisit(), 'programma@example.org', { scopes });
  if (isRefusal(token)) throw new Error(token.refused);
  const ask = async (method: string, path: string) => {
    const response = await api.request(`/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}` } });
    return [response.status, response.ok || response.status === 204 ? null : (await response.json()).code];
  };
  return { read: await ask('GET', '/me'), write: await ask('PUT', '/me/programme/AAAAAA'), end: await ask('DELETE', '/me/calendar-feed') };
}

test('a token for reading alone reads, and changes nothing', async () => {
  expect(await statuses(['read'])).toEqual({ read: [200, null], write: [403, 'token-read-only'], end: [403, 'token-read-only'] });
});

test('what is called suggestions elsewhere is no way around that', async () => {
  const token = await makeToken(testVisit(), 'lezer@example.org', { scopes: ['read'] });
  if (isRefusal(token)) throw new Error(token.refused);
  for (const path of ['/me/programme/suggestions', '/me/wishes/suggestions']) {
    const response = await api.request(`/api/v1${path}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    expect([path, response.status]).toEqual([path, 403]);
  }
});

test('a token without scopes, or for writing too, may what its person may', async () => {
  const may = { read: [200, null], write: [404, expect.any(String)], end: [204, null] };
  expect([await statuses([]), await statuses(['read', 'write'])]).toEqual([may, may]);
});
