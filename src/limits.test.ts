import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person } from '#ground/visit.ts';
import { tooOften } from './limits.server.ts';

/** What the limits look at of a request. */
const sent = (method: string, id: string, person: Person | null, address: string) =>
  tooOften({
    request: new Request('http://localhost:3000/', { method }),
    route: { id },
    locals: { visit: testVisit({ person }) },
    getClientAddress: () => address,
  } as unknown as RequestEvent);

test('somebody takes everything along twenty times an hour, and is told when again', async () => {
  const [one, other] = [await testPerson(), await testPerson()];
  const taken = (person: Person) => sent('POST', '/mijn-gegevens/uitvoer/bestand', person, '192.0.2.1');
  for (let i = 0; i < 20; i++) expect(await taken(one)).toBeNull();
  const refused = await taken(one);
  expect([refused?.status, Number(refused?.headers.get('retry-after')) > 3500, await refused?.text()]).toEqual([
    ...[429, true, 'Dat was te vaak achter elkaar. Wacht even en probeer het dan opnieuw.\n'],
  ]);
  expect(await taken(other)).toBeNull();
});

test('the guide hears an office of thousands; beyond that only who is signed in, who reads, and another network', async () => {
  const step = (person: Person | null = null, method = 'POST', address = '198.51.100.1') => sent(method, '/aanmelden/1-vraag', person, address);
  for (let i = 0; i < 20_000; i++) await step();
  expect((await step())?.status).toBe(429);
  expect([await step(await testPerson()), await step(null, 'GET'), await step(null, 'POST', '198.51.100.2')]).toEqual([null, null, null]);
});
