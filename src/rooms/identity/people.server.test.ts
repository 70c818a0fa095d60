import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { lines } from '#rooms/journal';
import {
  addressesOf,
  forgetNeeds,
  grant,
  makeToken,
  makeTokens,
  organisationNamed,
  organisations,
  personCalled,
  personOfToken,
  personWith,
  revoke,
  welcome,
} from './identity.server.ts';

const visit = testVisit();
await visit.db
  .insertInto('organisations')
  .values([
    { id: newId(testNow), slug: 'gemeente-delft', name: JSON.stringify({ nl: 'Gemeente Delft', en: 'Municipality of Delft' }) },
    { id: newId(testNow), slug: 'waterschap', name: JSON.stringify({ nl: 'Het Waterschap' }) },
  ])
  .execute();
await visit.db
  .insertInto('editions')
  .values({
    id: newId(testNow),
    slug: '2026',
    name: JSON.stringify({ nl: 'INNOvember' }),
    starts_on: '2026-11-01',
    ends_on: '2026-11-30',
    time_zone: 'Europe/Amsterdam',
    created_at: testNow,
  })
  .execute();

const tokenOf = async (...asked: Parameters<typeof makeToken>) => {
  const token = await makeToken(...asked);
  if (isRefusal(token)) throw new Error(token.refused);
  return token;
};

test('a token stands for its person, with their roles and organisation', async () => {
  const token = await tokenOf(visit, 'Programma@example.org', { role: { role: 'team', scope: '2026' }, scopes: ['read'] });
  await grant(visit, 'programma@example.org', { role: 'admin', scope: '' });
  expect(await personOfToken(visit, token)).toEqual({
    id: expect.any(String),
    email: 'programma@example.org',
    isInternal: false,
    organisation: null,
    scopes: ['read'],
    tokenUntil: null,
    roles: [
      { role: 'admin', scope: '' },
      { role: 'team', scope: '2026' },
    ],
  });
  expect(await personOfToken(visit, `${token}x`)).toBe(null);
  expect(JSON.stringify(await visit.db.selectFrom('access_tokens').selectAll().execute())).not.toContain(token);
});

test('thousands of tokens come in the order of their addresses, each with an account', async () => {
  const emails = Array.from({ length: 3000 }, (_, index) => `massa-${index}@example.org`);
  const tokens = await makeTokens(visit, [...emails, emails[0]!], { role: { role: 'internal', scope: '' } });
  if (isRefusal(tokens)) throw new Error(tokens.refused);
  expect(new Set(tokens).size).toBe(3001);
  const people = await Promise.all([0, 1, 1500, 3000].map((index) => personOfToken(visit, tokens[index]!)));
  expect(people.map((person) => [person?.email, person?.isInternal])).toEqual([0, 1, 1500, 0].map((index) => [`massa-${index}@example.org`, true]));
});

test('one address that is none, and nothing is made', async () => {
  expect(await makeTokens(visit, ['goed@example.org', 'fout'])).toEqual({ refused: 'no-address', address: 'fout' });
  expect(await visit.db.selectFrom('people').select('id').where('email', '=', 'goed@example.org').execute()).toEqual([]);
});

test('a role for something that does not exist is refused, and nothing is made', async () => {
  expect(await grant(visit, 'niets@example.org', { role: 'team', scope: '1999' })).toEqual({ refused: 'edition-unknown' });
  expect(await grant(visit, 'niets@example.org', { role: 'host', scope: 'AAAAAA' })).toEqual({ refused: 'session-unknown' });
  expect(await makeToken(visit, 'niets@example.org', { role: { role: 'manager', scope: 'niets' } })).toEqual({ refused: 'organisation-unknown' });
  expect(await visit.db.selectFrom('people').select('id').where('email', '=', 'niets@example.org').execute()).toEqual([]);
});

test('a role is gone at once when it is taken away; every change is written down once', async () => {
  const email = 'rol@example.org';
  const token = await tokenOf(visit, email);
  const role = { role: 'manager', scope: 'waterschap' } as const;
  await grant(visit, email, role);
  await grant(visit, email, role);
  await grant(visit, email, { role: 'internal', scope: '' });
  const granted = await personOfToken(visit, token);
  expect(granted).toMatchObject({ isInternal: true, roles: [role] });
  await revoke(visit, email, role);
  await revoke(visit, email, role);
  await revoke(visit, email, { role: 'internal', scope: '' });
  expect(await personOfToken(visit, token)).toMatchObject({ isInternal: false, roles: [] });
  expect((await lines(visit, { person: granted!.id })).map(({ what, details }) => [what, details['role']])).toEqual([
    ['token-made', undefined],
    ['role-granted', 'manager'],
    ['role-granted', 'internal'],
    ['role-removed', 'manager'],
    ['role-removed', 'internal'],
  ]);
  expect(await revoke(visit, 'nooit@example.org', role)).toEqual({ refused: 'person-unknown' });
});

test('who is new is welcomed with their details; who exists keeps theirs unless they ask themselves', async () => {
  const person = await welcome(visit, 'welkom@example.org', { organisation: 'gemeente-delft', accessNeeds: ' gebarentaal ' });
  if (isRefusal(person)) throw new Error(person.refused);
  expect(await personWith(visit, person.id)).toMatchObject({ email: 'welkom@example.org', organisation: 'gemeente-delft', language: 'nl' });
  expect(await welcome(visit, 'WELKOM@example.org')).toMatchObject({ id: person.id, organisation: 'gemeente-delft' });
  await expect(welcome(visit, 'welkom@example.org', { organisation: 'waterschap' })).rejects.toThrow();
  await expect(welcome(testVisit({ person: await testPerson() }), 'welkom@example.org', { accessNeeds: 'niets' })).rejects.toThrow();
  expect(await welcome(testVisit({ person }), 'welkom@example.org', { organisation: 'waterschap' })).toMatchObject({ organisation: 'waterschap' });
  expect(await welcome(testVisit({ person }), 'welkom@example.org', { organisation: 'bestaat-niet' })).toEqual({ refused: 'organisation-unknown' });
  const { rows } = await sql`select access_needs from people where id = ${person.id}`.execute(visit.db);
  expect(rows).toEqual([{ access_needs: 'gebarentaal' }]);
});

test('side by side, one address is one person', async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => welcome(visit, 'tegelijk@example.org')));
  expect(new Set(people.map((person) => ('id' in person ? person.id : null))).size).toBe(1);
});

test('an organisation is found by what people call it', async () => {
  const delft = { slug: 'gemeente-delft', name: { nl: 'Gemeente Delft', en: 'Municipality of Delft' } };
  expect(await Promise.all(['gemeente delft', ' Municipality of DELFT', 'gemeente-delft'].map((name) => organisationNamed(visit, name)))).toEqual([
    delft,
    delft,
    delft,
  ]);
  expect(await organisationNamed(visit, 'Onbekend')).toBe(null);
  expect((await organisations(visit)).map(({ slug }) => slug)).toEqual(['gemeente-delft', 'waterschap']);
});

test('what somebody needs to take part is forgotten once their edition is over, and at once by who takes part in nothing', async () => {
  const participant = await testPerson();
  const guest = await testPerson();
  await visit.db.updateTable('people').set({ access_needs: 'een gebarentolk' }).where('id', 'in', [participant.id, guest.id]).execute();
  const session = newId(testNow);
  await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, updated_at, created_at)
    select ${session}, id, 'NEEDS1', '{"nl": "Inkopen"}', 'webinar', 'public', 'published', ${testNow}, ${testNow} from editions where slug = '2026'`.execute(
    visit.db,
  );
  await sql`insert into seats (session_id, person_id, attendance, standing, arrival, claimed_at)
    values (${session}, ${participant.id}, 'online', 'held', 1, ${testNow})`.execute(visit.db);
  const needs = async () => {
    const people = await visit.db.selectFrom('people').select(['id', 'access_needs']).execute();
    return [participant, guest].map((person) => people.find(({ id }) => id === person.id)?.access_needs);
  };
  await forgetNeeds({ ...visit, now: new Date('2026-11-30T22:59:00Z') });
  expect(await needs()).toEqual(['een gebarentolk', null]);
  await forgetNeeds({ ...visit, now: new Date('2026-11-30T23:01:00Z') });
  expect(await needs()).toEqual([null, null]);
});

test('somebody is found by the address that is typed, and the address by the person', async () => {
  const person = await testPerson({ email: 'gevonden@example.org' });
  expect((await personCalled(visit, ' Gevonden@Example.org '))?.id).toBe(person.id);
  expect([await personCalled(visit, 'niemand@example.org'), await personCalled(visit, 'geen adres')]).toEqual([null, null]);
  expect(await addressesOf(visit, [person.id, newId(testNow)])).toEqual(new Map([[person.id, 'gevonden@example.org']]));
  expect(await addressesOf(visit, [])).toEqual(new Map());
});
