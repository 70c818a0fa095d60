// What the organiser's pages ask of the database, and whom they let in; what they look like is journeyed.
import { isHttpError, isRedirect } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { testPerson, testVisit, watched } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import * as programme from '#rooms/programme';
import type { Session } from '#rooms/programme/session.ts';
import { claim, placeByHand } from '#rooms/seats';
import { asSomebody, newEdition, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { load as start } from './+page.server.ts';
import { load as list } from './sessies/+page.server.ts';
import { load as roll } from './sessies/[code]/+page.server.ts';
import { load as person } from './sessies/[code]/deelnemers/[person]/+page.server.ts';
import { GET as file } from './sessies/[code]/deelnemers.csv/+server.ts';
import { load as history } from './sessies/[code]/logboek/+page.server.ts';
import { actions, load as places } from './sessies/[code]/plaatsen/+page.server.ts';

type Load = (event: never) => unknown;

/** Asks a page as somebody; answers what it says, or how it refuses. */
async function ask(
  load: Load,
  visit: Visit,
  session: Session,
  { form, who }: { form?: Record<string, string>; who?: string } = {},
): Promise<unknown> {
  const path = `/organisatie/sessies/${session.code}`;
  const event = {
    locals: { visit, edition: await programme.edition(testVisit(), session.edition), place: { language: 'nl', edition: null } },
    params: { code: session.code, person: who },
    url: new URL(`http://localhost${path}`),
    request: new Request(`http://localhost${path}`, form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  };
  try {
    return await load(event as never);
  } catch (thrown) {
    if (isHttpError(thrown)) return thrown.status;
    if (isRedirect(thrown)) return thrown.location;
    throw thrown;
  }
}

const leading = async (session: Session): Promise<Visit> =>
  testVisit({ person: { ...(await testPerson()), roles: [{ role: 'team', scope: session.edition }] } });

async function statementsOf(load: Load, visit: Visit, session: Session): Promise<number> {
  let count = 0;
  await ask(
    load,
    watched(visit, (statement) => (count++, statement)),
    session,
  );
  return count;
}

test('every page asks the database equally often with one row and with three', async () => {
  const [small, large] = [await newEdition(), await newEdition()];
  const [one, three] = [await sessionWith({ onSite: 9, edition: small }), await sessionWith({ onSite: 9, edition: large })];
  for (let nth = 0; nth < 2; nth++) await sessionWith({ onSite: 9, edition: large });
  const [teamOfOne, teamOfThree] = [await leading(one), await leading(three)];
  await placeByHand(teamOfOne, one, (await asSomebody()).person.id, 'onSite', 'Spreker');
  for (let nth = 0; nth < 3; nth++) await placeByHand(teamOfThree, three, (await asSomebody()).person.id, 'onSite', 'Spreker');
  for (const load of [list, roll, history, places] as Load[]) {
    // What an edition says is remembered from the second time on.
    for (const [team, session] of [
      [teamOfOne, one],
      [teamOfThree, three],
    ] as const)
      await ask(load, team, session);
    expect(await statementsOf(load, teamOfThree, three)).toBe(await statementsOf(load, teamOfOne, one));
  }
});

test('a page is for who runs the session; others find nothing, visitors sign in first', async () => {
  const session = await sessionWith({ onSite: 1 });
  const holder = await asSomebody();
  await claim(holder, session, null, 'own');
  const pages: Load[] = [start, list, roll, history, places, person, file];
  const as = (visit: Visit) => Promise.all(pages.map((load) => ask(load, visit, session, { who: holder.person.id })));
  expect(await as(holder)).toEqual(pages.map(() => 404));
  expect(await as(testVisit())).toEqual(pages.map(() => `/inloggen?naar=${encodeURIComponent(`/organisatie/sessies/${session.code}`)}`));
  const moderator = testVisit({ person: { ...holder.person, roles: [{ role: 'moderator', scope: session.code }] } });
  expect(await as(moderator)).toEqual(pages.map(() => 404));
  const other = testVisit({ person: { ...holder.person, roles: [{ role: 'host', scope: 'ZZZZZZ' }] } });
  expect(await Promise.all([roll, history, places, person, file].map((load) => ask(load, other, session, { who: holder.person.id })))).toEqual(
    [1, 2, 3, 4, 5].map(() => 404),
  );
  const host = testVisit({ person: { ...holder.person, roles: [{ role: 'host', scope: session.code }] } });
  expect(await ask(start, host, session)).toBe('/organisatie/sessies');
  expect(await ask(roll, host, session)).toMatchObject({ people: [{ email: holder.person.email }] });
});

test('a form is for the same people as its page', async () => {
  const session = await sessionWith({ onSite: 1 });
  const form = { way: 'onSite', capacity: '5' };
  const more = actions['aantal'] as Load;
  expect(await ask(more, await asSomebody(), session, { form })).toBe(404);
  expect(await ask(more, testVisit(), session, { form })).toMatch(/^\/inloggen/);
  expect(await ask(more, await leading(session), session, { form })).toBe(`/organisatie/sessies/${session.code}/plaatsen?bewaard=onSite&door=0`);
});

test('nobody is shown the pass of another', async () => {
  const session = await sessionWith({ onSite: 1 });
  await claim(await asSomebody(), session, null, 'own');
  const said = JSON.stringify(await ask(roll, await leading(session), session));
  expect([said.includes('@example.org'), said.includes('"pass"')]).toEqual([true, false]);
});

test('whose role asks for a stronger sign-in is shown the way to it, and gets nothing; whose role is for something else finds nothing', async () => {
  const session = await sessionWith({ onSite: 1 });
  const known = await testPerson();
  const weak = (withheld: NonNullable<Person['withheld']>) => testVisit({ person: { ...known, way: 'code', roles: [], withheld } });
  const pages: Load[] = [start, list, roll, history, places, person, file];
  const as = (visit: Visit) => Promise.all(pages.map((load) => ask(load, visit, session, { who: known.id })));
  const way = `/inloggen/sterker?naar=${encodeURIComponent(`/organisatie/sessies/${session.code}`)}`;
  expect(await as(weak([{ role: 'host', scope: session.code }]))).toEqual(pages.map(() => way));
  expect(await as(weak([{ role: 'admin', scope: '' }]))).toEqual(pages.map(() => way));
  expect(await as(weak([{ role: 'internal', scope: '' }]))).toEqual(pages.map(() => 404));
  // With a role that does hold they are in, but not further than that role goes.
  const host = testVisit({ person: { ...known, roles: [{ role: 'host', scope: 'ZZZZZZ' }], withheld: [{ role: 'host', scope: session.code }] } });
  expect(await ask(roll, host, session)).toBe(way);
});
