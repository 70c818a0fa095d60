// What is sent along with a wish is nobody's mistake but the sender's.
import { isHttpError, isRedirect } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { actions as pass } from '../mijn-programma/pas/[code]/+page.server.ts';
import { markWish } from './wishing.server.ts';

async function post(action: (event: never) => unknown, form: Record<string, string>, code = 'ABC123'): Promise<unknown> {
  const event = {
    locals: { visit: testVisit({ person: await testPerson() }), place: { language: 'nl', edition: null } },
    params: { code },
    url: new URL('http://localhost/programma'),
    request: new Request('http://localhost/programma', { method: 'POST', body: new URLSearchParams(form) }),
  };
  try {
    return await action(event as never);
  } catch (thrown) {
    if (isHttpError(thrown)) return thrown.status;
    if (isRedirect(thrown)) return thrown.location;
    throw thrown;
  }
}

test('a wish for what is no session leads back to where it was pressed', async () => {
  for (const wens of ['', 'a\nb:must', '\u20ac:weg', 'ABC123:%0d%0a', '//elsewhere.example:must'])
    expect(await post(markWish, { wens, terug: '/programma?dag=3#x' })).toMatch(/^\/programma\?dag=3#(x|wens-ABC123)$/);
});

test('a name is kept on the page of a pass, and nowhere else', async () => {
  const action = pass['name'] as (event: never) => unknown;
  expect(await post(action, { name: 'Deelnemer 1' })).toBe('/mijn-programma/pas/ABC123?bewaard#naam');
  for (const code of ['\n', '\u20ac', '..']) expect(await post(action, { name: 'Deelnemer 1' }, code)).toBe(404);
});
