import { expect, test } from 'vitest';
import type { PersonId } from '#ground/id.ts';
import type { Person, Role } from '#ground/visit.ts';
import { mayLead, mayOrganise, mayRun } from './may.ts';

const somebody = (...roles: Role[]): Person => ({
  id: 'p' as PersonId,
  email: 'deelnemer-1@example.org',
  isInternal: true,
  organisation: 'waterschap',
  roles,
});
const session = { code: 'ABC123', edition: 'innovember-2026', organisations: ['waterschap', 'provincie'] };

test('the team of an edition leads it, and nobody else but who looks after the installation', () => {
  expect(mayLead(somebody({ role: 'team', scope: 'innovember-2026' }), 'innovember-2026')).toBe(true);
  expect(mayLead(somebody({ role: 'admin', scope: '' }), 'innovember-2026')).toBe(true);
  expect(mayLead(somebody({ role: 'team', scope: 'innovember-2025' }), 'innovember-2026')).toBe(false);
  expect(mayLead(somebody({ role: 'host', scope: 'ABC123' }), 'innovember-2026')).toBe(false);
  expect(mayLead(null, 'innovember-2026')).toBe(false);
});

test('a session is run by its host, the manager of its leading organisation and the team', () => {
  expect(mayRun(somebody({ role: 'host', scope: 'ABC123' }), session)).toBe(true);
  expect(mayRun(somebody({ role: 'manager', scope: 'waterschap' }), session)).toBe(true);
  expect(mayRun(somebody({ role: 'team', scope: 'innovember-2026' }), session)).toBe(true);
  expect(mayRun(somebody({ role: 'host', scope: 'DEF456' }), session)).toBe(false);
  expect(mayRun(somebody({ role: 'manager', scope: 'provincie' }), session)).toBe(false);
  expect(mayRun(somebody({ role: 'moderator', scope: 'ABC123' }), session)).toBe(false);
  expect(mayRun(somebody(), session)).toBe(false);
  expect(mayRun(null, session)).toBe(false);
});

test('the way to what is arranged is shown to who leads the edition, hosts or manages; not to who looks after the chat', () => {
  const roles: readonly Role[] = [
    { role: 'admin', scope: '' },
    { role: 'team', scope: 'innovember-2026' },
    { role: 'host', scope: 'ABC123' },
    { role: 'manager', scope: 'waterschap' },
    { role: 'team', scope: 'innovember-2025' },
    { role: 'moderator', scope: 'ABC123' },
  ];
  expect(roles.map((role) => mayOrganise(somebody(role), 'innovember-2026'))).toEqual([true, true, true, true, false, false]);
  expect(mayOrganise(null, 'innovember-2026')).toBe(false);
});
