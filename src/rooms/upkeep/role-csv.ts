// The list of special roles as a file, for the quarterly look.
import type { Language } from '#ground/visit.ts';
import type { RoleHeld } from '#rooms/identity/role-list.ts';
import { csv } from '#rooms/seats/roll-csv.ts';
import { words, type Word } from '#words';

const heads: readonly Word[] = ['upkeep.csvRole', 'upkeep.csvScope', 'upkeep.csvWho', 'upkeep.csvSince', 'upkeep.csvLast', 'upkeep.csvUnused'];

export function rolesCsv(roles: readonly RoleHeld[], language: Language): string {
  const t = words(language);
  const rows = roles.map(({ role, scope, email, grantedAt, lastSeenAt, isUnused }) => [
    role,
    scope,
    email,
    grantedAt.toISOString(),
    lastSeenAt?.toISOString() ?? '',
    t(isUnused ? 'upkeep.csvYes' : 'upkeep.csvNo'),
  ]);
  return csv([heads.map((head) => t(head)), ...rows], language);
}
