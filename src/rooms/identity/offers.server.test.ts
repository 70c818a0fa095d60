import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { newId } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { lines } from '#rooms/journal';
import { acceptOffer, declineOffer, endOffer, offerRole, offersFor, offersOf, offerWith, personCalled } from './identity.server.ts';
import type { OfferedRole } from './offer.ts';

const asker = await testPerson({ email: 'team-1@example.org' });
const visit = testVisit({ person: asker });
for (const slug of ['waterschap', 'provincie'])
  await sql`insert into organisations (id, slug, name) values (${newId(testNow)}, ${slug}, ${{ nl: slug }})`.execute(visit.db);
const manager: OfferedRole = { role: 'manager', scope: 'waterschap' };
const later = (days: number) => new Date(testNow.getTime() + days * 86_400_000);
const made = async (email: string, role = manager) => {
  const id = await offerRole(visit, email, role);
  if (isRefusal(id)) throw new Error(id.refused);
  return id;
};
const rolesOf = async (email: string) => (await personCalled(visit, email))?.roles ?? [];

test('who is asked and says yes has the role; before that they have nothing', async () => {
  const id = await made(' Nieuw-1@Example.org ');
  expect(await personCalled(visit, 'nieuw-1@example.org')).toBe(null);
  const person = await testPerson({ email: 'nieuw-1@example.org' });
  const theirs = testVisit({ person });
  expect((await offersFor(theirs)).map(({ id, role, scope, offeredBy }) => ({ id, role, scope, offeredBy }))).toEqual([
    { id, ...manager, offeredBy: 'team-1@example.org' },
  ]);
  // Looking uses nothing up.
  expect(await offersFor(theirs)).toHaveLength(1);
  expect(await rolesOf(person.email)).toEqual([]);
  expect(await acceptOffer(theirs, id)).toEqual(manager);
  expect(await rolesOf(person.email)).toEqual([manager]);
  expect(await acceptOffer(theirs, id)).toEqual({ refused: 'role-offer-gone' });
  expect((await lines(visit, { person: person.id })).map(({ what, byPerson }) => ({ what, byPerson }))).toEqual([
    { what: 'role-granted', byPerson: person.id },
    { what: 'role-accepted', byPerson: person.id },
  ]);
  expect(await offerRole(visit, person.email, manager)).toEqual({ refused: 'has-role' });
});

test('an offer is for its address alone: nobody else can say yes to it, or see it', async () => {
  const id = await made('nieuw-2@example.org');
  const other = testVisit({ person: await testPerson() });
  expect([await offersFor(other), await acceptOffer(other, id), await declineOffer(other, id), await acceptOffer(testVisit(), id)]).toEqual([
    [],
    ...Array.from({ length: 3 }, () => ({ refused: 'role-offer-gone' })),
  ]);
  expect((await offerWith(visit, id))?.isOpen).toBe(true);
});

test('who is asked already is not asked twice, also by two at once; of something else they are', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => made('nieuw-3@example.org')));
  expect(new Set(ids).size).toBe(1);
  expect(await made('nieuw-3@example.org', { role: 'manager', scope: 'provincie' })).not.toBe(ids[0]);
  expect((await offersOf(visit, manager)).filter(({ email }) => email === 'nieuw-3@example.org')).toHaveLength(1);
});

test('an offer that is ended, declined or over cannot be accepted; it can be made again', async () => {
  const person = await testPerson({ email: 'nieuw-4@example.org' });
  const theirs = testVisit({ person });
  const ended = await made(person.email);
  expect([await endOffer(visit, ended), await endOffer(visit, ended)]).toEqual([undefined, { refused: 'role-offer-gone' }]);
  const declined = await made(person.email);
  expect([await declineOffer(theirs, declined), await declineOffer(theirs, declined)]).toEqual([manager, { refused: 'role-offer-gone' }]);
  const over = await made(person.email);
  const tooLate = testVisit({ person, now: later(31) });
  expect([await offersFor(tooLate), await acceptOffer(tooLate, over)]).toEqual([[], { refused: 'role-offer-gone' }]);
  for (const id of [ended, declined]) expect(await acceptOffer(theirs, id)).toEqual({ refused: 'role-offer-gone' });
  expect(await rolesOf(person.email)).toEqual([]);
  const again = await offerRole(testVisit({ person: asker, now: later(31) }), person.email, manager);
  expect(again).not.toBe(over);
  expect(await acceptOffer(tooLate, String(again))).toEqual(manager);
});

test('what is not an address or not there is refused, and so is asking everybody', async () => {
  expect(await offerRole(visit, 'niemand', manager)).toEqual({ refused: 'no-address' });
  expect(await offerRole(visit, 'a@example.org', { role: 'manager', scope: 'weg' })).toEqual({ refused: 'organisation-unknown' });
  expect(await offerRole(visit, 'a@example.org', { role: 'host', scope: 'ABC123' })).toEqual({ refused: 'session-unknown' });
  expect(await offerRole(visit, 'a@example.org', { role: 'reviewer', scope: 'weg' })).toEqual({ refused: 'edition-unknown' });
  const busy = testVisit({ person: await testPerson() });
  for (let nth = 0; nth < 200; nth++) await offerRole(busy, `veel-${nth}@example.org`, manager);
  expect(await offerRole(busy, 'veel-201@example.org', manager)).toEqual({ refused: 'too-many-offers' });
});
