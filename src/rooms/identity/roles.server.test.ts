import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit, watched } from '#ground/testing.server.ts';
import type { Person } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import { countRoles, grant, rolesHeld, takeAway } from './identity.server.ts';

const first = await testPerson({ email: 'beheer-1@example.org' });
const visit = testVisit({ person: first });
const daysAgo = (days: number) => new Date(testNow.getTime() - days * 86_400_000);
const part = { from: 0, limit: 50 };
const has = (person: Person, role: string, grantedAt: Date) =>
  sql`insert into roles (person_id, role, scope, granted_at) values (${person.id}, ${role}, '', ${grantedAt})`.execute(visit.db);
const cameIn = (person: Person, at: Date) =>
  sql`insert into sign_ins (id, person_id, token_hash, created_at, expires_at) values (${newId(testNow)}, ${person.id}, ${newId(testNow)}, ${at}, ${testNow})`.execute(
    visit.db,
  );

test('every special role is listed with who has it, since when, and whether it is used', async () => {
  const [second, third, fourth] = await Promise.all(['a', 'b', 'c'].map((name) => testPerson({ email: `${name}@example.org` })));
  await has(first, 'admin', daysAgo(400));
  await cameIn(first, daysAgo(2));
  await has(second!, 'admin', daysAgo(400));
  await cameIn(second!, daysAgo(91));
  await has(third!, 'admin', daysAgo(91));
  await has(fourth!, 'admin', daysAgo(10));
  expect(await countRoles(visit)).toBe(4);
  expect((await rolesHeld(visit, part)).map(({ email, lastSeenAt, isUnused }) => ({ email, lastSeenAt, isUnused }))).toEqual([
    { email: 'a@example.org', lastSeenAt: daysAgo(91), isUnused: true },
    { email: 'b@example.org', lastSeenAt: null, isUnused: true },
    { email: 'beheer-1@example.org', lastSeenAt: daysAgo(2), isUnused: false },
    { email: 'c@example.org', lastSeenAt: null, isUnused: false },
  ]);
  expect((await rolesHeld(visit, { from: 1, limit: 2 })).map(({ email }) => email)).toEqual(['b@example.org', 'beheer-1@example.org']);
});

test('the list asks the database once, however long it is', async () => {
  let count = 0;
  await rolesHeld(
    watched(visit, (statement) => (count++, statement)),
    part,
  );
  expect(count).toBe(1);
});

test('a role is taken away, but the last administrator stays', async () => {
  const admin = { role: 'admin', scope: '' } as const;
  for (const email of ['a@example.org', 'b@example.org', 'c@example.org']) expect(await takeAway(visit, email, admin)).toBe(undefined);
  expect(await takeAway(visit, 'beheer-1@example.org', admin)).toEqual({ refused: 'last-administrator' });
  await grant(visit, 'a@example.org', admin);
  // Two who take each other's role away at the same moment.
  const both = await Promise.all(['a@example.org', 'beheer-1@example.org'].map((email) => takeAway(visit, email, admin)));
  expect(both.filter((refusal) => refusal !== undefined)).toEqual([{ refused: 'last-administrator' }]);
  expect(await countRoles(visit)).toBe(1);
});

test('who took a role away is in the journal', async () => {
  const person = await testPerson({ email: 'd@example.org' });
  await grant(visit, 'd@example.org', { role: 'admin', scope: '' });
  await takeAway(visit, 'd@example.org', { role: 'admin', scope: '' });
  expect((await lines(visit, { person: person.id })).map(({ what, byPerson }) => ({ what, byPerson }))).toEqual([
    { what: 'role-granted', byPerson: first.id },
    { what: 'role-removed', byPerson: first.id },
  ]);
});
