import { expect, test, vi } from 'vitest';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { openApi } from './api.ts';

// The settings are read when the first file that needs them is.
vi.hoisted(() => (process.env['API_LIMIT'] = '3'));

const [one, other] = [await testPerson(), await testPerson()];
const api = openApi(
  async (request, language): Promise<Visit> =>
    testVisit({ language, person: [one, other].find(({ email }) => request.headers.get('authorization') === `Bearer ${email}`) ?? null }),
  () => 'https://innovember.example.org',
);
const ask = async (path: string, headers: Record<string, string>, init: RequestInit = {}) => {
  const answer = await api.request(`/api/v1${path}`, { ...init, headers });
  return { status: answer.status, left: answer.headers.get('RateLimit'), wait: answer.headers.get('Retry-After'), answer };
};
const asOne = { authorization: `Bearer ${one.email}` };

test('an account that asks too often is told how long to wait, and nobody else is', async () => {
  const answers = [];
  for (let i = 0; i < 4; i++) answers.push(await ask('/editions', asOne));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers.map(({ left }) => left?.replace(/t=\d+$/, 't='))).toEqual([2, 1, 0, 0].map((left) => `"account";r=${left};t=`));
  const [first, last] = [answers[0]!, answers[3]!];
  expect([first.wait, first.answer.headers.get('RateLimit-Policy')]).toEqual([null, '"account";q=3;w=60']);
  expect(Number(last.wait)).toBeGreaterThan(0);
  expect(await last.answer.json()).toMatchObject({ status: 429, code: 'too-often', title: 'Te veel vragen, wacht even' });
  expect((await ask('/editions', { authorization: `Bearer ${other.email}` })).status).toBe(200);
});

test('visitors read as much as they like; what costs much to reckon is counted for their network', async () => {
  for (let i = 0; i < 20; i++) expect(await ask('/editions', {})).toMatchObject({ status: 200, left: null, wait: null });
  const suggest = (network: string) =>
    ask('/editions/nergens/suggestions', { 'x-innovember-address': network, 'content-type': 'application/json' }, { method: 'POST', body: '{}' });
  const all = await Promise.all(Array.from({ length: 3001 }, (_, i) => suggest(`2001:db8:1:2::${(i % 9000).toString(16)}`)));
  expect(all.filter(({ status }) => status === 429)).toHaveLength(1);
  expect((await suggest('2001:db8:1:3::1')).status).not.toBe(429);
});

test('every operation says that it may answer so', async () => {
  const { paths } = (await (await ask('/openapi.json', {})).answer.json()) as { paths: Record<string, Record<string, { responses?: object }>> };
  const silent = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { responses }]) => responses && !('429' in responses))
      .map(([method]) => `${method} ${path}`),
  );
  expect(silent).toEqual([]);
});
