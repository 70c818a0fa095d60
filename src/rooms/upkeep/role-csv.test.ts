import { expect, test } from 'vitest';
import { rolesCsv } from './role-csv.ts';

test('the list of roles is a file in which nothing runs', () => {
  const at = new Date('2026-11-10T09:00:00Z');
  expect(rolesCsv([{ role: 'manager', scope: '=1+1', email: '+x@example.org', grantedAt: at, lastSeenAt: null, isUnused: true }], 'nl')).toBe(
    '\uFEFF"Rol";"Waarvoor";"Wie";"Sinds";"Laatst hier";"Langer dan 90 dagen niet gebruikt"\r\n' +
      `"manager";"'=1+1";"'+x@example.org";"2026-11-10T09:00:00.000Z";"";"ja"\r\n`,
  );
});
