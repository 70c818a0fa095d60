import { expect, test } from 'vitest';
import { readGrant } from './role.ts';

test('a role is read as an operator writes it', () => {
  expect(['internal', 'admin', 'host:abc123', 'moderator:ABC123', 'manager:gemeente-delft', 'team:2026'].map(readGrant)).toEqual([
    { role: 'internal', scope: '' },
    { role: 'admin', scope: '' },
    { role: 'host', scope: 'ABC123' },
    { role: 'moderator', scope: 'ABC123' },
    { role: 'manager', scope: 'gemeente-delft' },
    { role: 'team', scope: '2026' },
  ]);
});

test('anything else is no role', () => {
  const none = ['', 'boss', 'host', 'host:', 'host:ABC', 'admin:2026', 'internal:', 'team:', 'team:A B', 'manager:-x', 'toString'];
  expect(none.map(readGrant)).toEqual(none.map(() => null));
});
