import { expect, test } from 'vitest';
import { isRedirect } from '@sveltejs/kit';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { config } from '#ground/config.server.ts';
import { cookies as ours } from '#rooms/privacy/cookies.ts';
import { actions } from './uitloggen/+page.server.ts';

test('who signs out leaves no cookie behind in this browser: what the guide was told is gone too', async () => {
  const gone: string[] = [];
  const cookies = { get: () => undefined, delete: (name: string) => gone.push(name) };
  const locals = { visit: testVisit({ person: await testPerson() }), place: { language: 'nl', edition: null } };
  const left = await Promise.resolve(actions['default']!({ locals, cookies } as never)).catch((thrown: unknown) => thrown);
  expect({ isRedirect: isRedirect(left), gone: gone.toSorted() }).toEqual({
    isRedirect: true,
    gone: ours(config().baseUrl)
      .map(({ name }) => name)
      .toSorted(),
  });
});
