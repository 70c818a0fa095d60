// Who calls these has made sure that the visitor may.
import { newId, newSecret, hashOf } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record, recordAll } from '#rooms/journal';
import { readEmail } from './email.ts';
import { found, foundAll } from './people.server.ts';
import type { Grant } from './role.ts';
import * as queries from './queries.server.ts';

/** Gives somebody a role, or makes them internal; an address without an account gets one. */
export const grant = (visit: Visit, typed: string, role: Grant): Promise<void | Refusal<WhyNotGranted>> =>
  atOnce(visit, async (visit) => {
    const email = readEmail(typed);
    if (email === null) return { refused: 'no-address' };
    return grantAll(visit, [(await found(visit, email)).id], role);
  });

export type WhyNotGranted = 'no-address' | 'session-unknown' | 'edition-unknown' | 'organisation-unknown';

async function grantAll(visit: Visit, people: readonly PersonId[], role: Grant): Promise<void | Refusal<WhyNotGranted>> {
  if (!(await queries.scopeExists(visit.db, role)))
    return { refused: role.role === 'team' ? 'edition-unknown' : role.role === 'manager' ? 'organisation-unknown' : 'session-unknown' };
  const granted =
    role.role === 'internal' ? await queries.setInternal(visit.db, people, true) : await queries.insertRoles(visit.db, people, role, visit.now);
  await recordAll(
    visit,
    granted.map((person) => ({ what: 'role-granted' as const, person, details: { ...role } })),
  );
}

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

/** A token for a program of each of these people, in their order; an address without an account gets one. All or nothing. */
export const makeTokens = (
  visit: Visit,
  typed: readonly string[],
  { role, scopes = [] }: { readonly role?: Grant | undefined; readonly scopes?: readonly string[] } = {},
): Promise<string[] | (Refusal<WhyNotGranted> & { readonly address?: string })> =>
  atOnce(visit, async (visit) => {
    const emails = typed.map(readEmail);
    const wrong = emails.indexOf(null);
    if (wrong >= 0) return { refused: 'no-address' as const, address: typed[wrong] ?? '' };
    const people = await foundAll(
      visit,
      emails.filter((email) => email !== null),
    );
    const refusal = role && (await grantAll(visit, [...new Set(people.map(({ id }) => id))], role));
    if (isRefusal(refusal)) return refusal;
    const tokens = people.map(({ id }) => ({ id: newId<'access token'>(visit.now), personId: id, secret: newSecret() }));
    await queries.insertTokens(
      visit.db,
      tokens.map(({ id, personId, secret }) => ({ id, personId, hash: hashOf(secret) })),
      scopes,
      visit.now,
    );
    await recordAll(
      visit,
      tokens.map(({ id, personId }) => ({ what: 'token-made' as const, person: personId, details: { token: id } })),
    );
    return tokens.map(({ secret }) => secret);
  });

export async function makeToken(
  visit: Visit,
  email: string,
  options: { readonly role?: Grant; readonly scopes?: readonly string[] } = {},
): Promise<string | Refusal<WhyNotGranted>> {
  const tokens = await makeTokens(visit, [email], options);
  return isRefusal(tokens) ? tokens : tokens[0]!;
}
