// What roles are for, by name: a session, an organisation or an edition.
import type { Text } from '#ground/text.ts';
import type { Role, Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';

/** By role and scope, as `nameKey` says; what is not there any more has no name. */
export async function namesOfScopes(visit: Visit, roles: readonly Role[]): Promise<ReadonlyMap<string, Text>> {
  const scopes = (...which: Role['role'][]): string[] => [...new Set(roles.flatMap(({ role, scope }) => (which.includes(role) ? [scope] : [])))];
  const [editions, organisations, sessions] = await Promise.all([
    programme.editions(visit),
    identity.organisationsWith(visit, scopes('manager')),
    programme.workingSessionsCalled(visit, scopes('host', 'moderator')),
  ]);
  const name = (role: Role): Text | undefined => {
    if (role.role === 'team' || role.role === 'reviewer') return editions.find(({ slug }) => slug === role.scope)?.name;
    if (role.role === 'manager') return organisations.find(({ slug }) => slug === role.scope)?.name;
    return sessions.find(({ code }) => code === role.scope)?.title;
  };
  return new Map(roles.flatMap((role) => (name(role) ? [[nameKey(role), name(role)!] as const] : [])));
}

export const nameKey = ({ role, scope }: Role): string => `${role} ${scope}`;
