import type { Role } from '#ground/visit.ts';

/** What may be granted: a special role, or being internal (a civil servant). */
export type Grant = Role | { readonly role: 'internal'; readonly scope: '' };

/** Reads `internal`, `admin`, `host:CODE`, `moderator:CODE`, `manager:ORGANISATION` `team:EDITION` or `reviewer:EDITION`; null for anything else. */
export function readGrant(written: string): Grant | null {
  const colon = written.indexOf(':');
  const role = colon < 0 ? written : written.slice(0, colon);
  const scope = colon < 0 ? '' : written.slice(colon + 1);
  switch (role) {
    case 'internal':
    case 'admin':
      return colon < 0 ? { role, scope: '' } : null;
    case 'host':
    case 'moderator':
      return /^[0-9A-Za-z]{6}$/.test(scope) ? { role, scope: scope.toUpperCase() } : null;
    case 'manager':
    case 'team':
    case 'reviewer':
      return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(scope) ? { role, scope } : null;
    default:
      return null;
  }
}
