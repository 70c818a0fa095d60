import { expect, test } from 'vitest';
import type { PersonId } from '#ground/id.ts';
import type { Person, Role } from '#ground/visit.ts';
import { mayOffer, offeredRoles } from './offer.ts';

const somebody = (...roles: Role[]): Person => ({
  id: 'p' as PersonId,
  email: 'deelnemer-1@example.org',
  isInternal: true,
  organisation: 'waterschap',
  roles,
});
const session = { code: 'ABC123', edition: 'innovember-2026', organisations: ['waterschap', 'provincie'] };
const othersSession = { ...session, organisations: ['provincie', 'waterschap'] };
const organisation = { edition: 'innovember-2026', organisations: ['waterschap'] };
const other = { edition: 'innovember-2026', organisations: ['provincie'] };
const edition = { edition: 'innovember-2026' };
const all = [
  ['host', session],
  ['host', othersSession],
  ['moderator', session],
  ['manager', organisation],
  ['manager', other],
  ['reviewer', edition],
  ['team', edition],
] as const;
const offered = (person: Person | null) => all.flatMap(([role, of], nth) => (mayOffer(person, role, of) ? [nth] : []));

test('the programme team offers everything of its edition, and managers of any organisation', () => {
  const everything = all.map((_, nth) => nth);
  expect(offered(somebody({ role: 'team', scope: 'innovember-2026' }))).toEqual(everything);
  expect(offered(somebody({ role: 'admin', scope: '' }))).toEqual(everything);
  expect(offered(somebody({ role: 'team', scope: 'innovember-2025' }))).toEqual([]);
});

test('who manages an organisation offers managing it, and hosting what it leads; nothing of another', () => {
  expect(offered(somebody({ role: 'manager', scope: 'waterschap' }))).toEqual([0, 3]);
  expect(offered(somebody({ role: 'manager', scope: 'provincie' }))).toEqual([1, 4]);
});

test('nobody else offers anything', () => {
  for (const role of ['host', 'moderator', 'reviewer'] as const)
    expect(offered(somebody({ role, scope: role === 'reviewer' ? edition.edition : session.code }))).toEqual([]);
  expect([offered(somebody()), offered(null)]).toEqual([[], []]);
  expect(offeredRoles.filter((role) => mayOffer(somebody({ role: 'manager', scope: 'waterschap' }), role, { code: 'ABC123' }))).toEqual([]);
});
