// Who has which special role, and who gets one or loses it. Who calls these has made sure that the visitor may.
import { sql } from 'kysely';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Role, Visit } from '#ground/visit.ts';
import { record, recordAll } from '#rooms/journal';
import { readEmail } from './email.ts';
import { found } from './people.server.ts';
import * as queries from './queries.server.ts';
import { daysUnused, type RoleHeld, type RoleIn } from './role-list.ts';
import type { Grant } from './role.ts';

interface Row extends Role {
  readonly email: string;
  readonly grantedAt: Date;
  readonly lastSeenAt: Date | null;
}

/** Every special role and who has it, by role; some at a time. */
export async function rolesHeld({ db, now }: Visit, { from, limit }: { readonly from: number; readonly limit: number }): Promise<RoleHeld[]> {
  const { rows } = await sql<Row>`
    select r.role, r.scope, p.email, r.granted_at as "grantedAt",
      greatest(p.seen_at, (select max(greatest(s.seen_at, s.created_at)) from sign_ins s where s.person_id = p.id)) as "lastSeenAt"
    from roles r join people p on p.id = r.person_id
    order by r.role, r.scope, p.email offset ${from} limit ${limit}`.execute(db);
  const unusedBefore = now.getTime() - daysUnused * 86_400_000;
  return rows.map((row) => ({ ...row, isUnused: (row.lastSeenAt ?? row.grantedAt).getTime() < unusedBefore }));
}

export async function countRoles({ db }: Visit): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from roles`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Who has a special role in an edition, or manages an organisation; some at a time. */
export const rolesIn = (visit: Visit, edition: string, part: { readonly from: number; readonly limit: number }): Promise<RoleIn[]> =>
  queries.rolesWhere(visit.db, queries.isOfEdition(edition), part);

export const countRolesIn = (visit: Visit, edition: string): Promise<number> => queries.countRolesWhere(visit.db, queries.isOfEdition(edition));

/** Who has this role. */
export const rolesOf = (visit: Visit, { role, scope }: Role): Promise<RoleIn[]> =>
  queries.rolesWhere(visit.db, sql`o.role = ${role} and o.scope = ${scope}`, { from: 0, limit: 500 });

/** Gives somebody a role, or makes them internal; an address without an account gets one. */
export const grant = (visit: Visit, typed: string, role: Grant): Promise<void | Refusal<WhyNotGranted>> =>
  atOnce(visit, async (visit) => {
    const email = readEmail(typed);
    if (email === null) return { refused: 'no-address' };
    return grantAll(visit, [(await found(visit, email)).id], role);
  });

export type WhyNotGranted = 'no-address' | 'session-unknown' | 'edition-unknown' | 'organisation-unknown';

/** Gives people a role, or makes them internal. */
export async function grantAll(visit: Visit, people: readonly PersonId[], role: Grant): Promise<void | Refusal<WhyNotGranted>> {
  if (!(await queries.scopeExists(visit.db, role))) return whyNoScope(role.role);
  const granted =
    role.role === 'internal' ? await queries.setInternal(visit.db, people, true) : await queries.insertRoles(visit.db, people, role, visit.now);
  await recordAll(
    visit,
    granted.map((person) => ({ what: 'role-granted' as const, person, details: { ...role } })),
  );
}

/** What is not there that a role would be for. */
export const whyNoScope = (role: Grant['role']): Refusal<Exclude<WhyNotGranted, 'no-address'>> => ({
  refused: role === 'team' || role === 'reviewer' ? 'edition-unknown' : role === 'manager' ? 'organisation-unknown' : 'session-unknown',
});

/** Takes a role away, at once; removing what somebody does not have changes nothing. */
export const revoke = (visit: Visit, typed: string, role: Grant): Promise<void | Refusal<'no-address' | 'person-unknown'>> =>
  atOnce(visit, async (visit) => {
    const email = readEmail(typed);
    if (email === null) return { refused: 'no-address' };
    const [person] = await queries.peopleByEmail(visit.db, [email]);
    if (!person) return { refused: 'person-unknown' };
    const had =
      role.role === 'internal'
        ? (await queries.setInternal(visit.db, [person.id], false)).length > 0
        : await queries.deleteRole(visit.db, person.id, role);
    if (had) await record(visit, { what: 'role-removed', person: person.id, details: { ...role } });
  });

/** Takes a role away as `revoke` does, but leaves the house somebody who looks after it. */
export const takeAway = (visit: Visit, email: string, role: Role): Promise<void | Refusal<'no-address' | 'person-unknown' | 'last-administrator'>> =>
  atOnce(visit, async (visit) => {
    if (role.role === 'admin') {
      // Two who take each other's role away at the same moment take turns.
      const { rows } = await sql`select person_id from roles where role = 'admin' order by person_id for update`.execute(visit.db);
      if (rows.length <= 1) return { refused: 'last-administrator' };
    }
    return revoke(visit, email, role);
  });
