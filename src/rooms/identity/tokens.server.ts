// Tokens for programs: those that somebody makes for their own, and those that the operator hands out.
import { hashOf, newId, newSecret } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { record, recordAll } from '#rooms/journal';
import { readEmail } from './email.ts';
import { mostTokens, type NewToken } from './my-token.ts';
import { foundAll } from './people.server.ts';
import type { Grant } from './role.ts';
import { grantAll, type WhyNotGranted } from './roles.server.ts';
import { mayWrite } from './scope.ts';
import * as queries from './queries.server.ts';

export type MyToken = queries.MyToken;
export type WhyNoToken = 'not-signed-in' | 'token-read-only' | 'sign-in-again' | 'too-many-tokens' | 'token-too-long';

/** My tokens that still hold, the newest first. */
export const myTokens = async ({ db, now, person }: Visit): Promise<MyToken[]> => (person ? queries.tokensOf(db, person.id, now) : []);

/** A token for a program of mine, shown this once. It can do no more than what I am here with, and not for longer. */
export const makeMyToken = (visit: Visit, { name, scope, days }: NewToken): Promise<(MyToken & { readonly secret: string }) | Refusal<WhyNoToken>> =>
  atOnce(visit, async (visit) => {
    const { person, now } = visit;
    if (!person) return { refused: 'not-signed-in' };
    if (!mayWrite(person)) return { refused: 'token-read-only' };
    if (isStale(person)) return { refused: 'sign-in-again' };
    const expiresAt = new Date(now.getTime() + days * 86_400_000);
    if (person.tokenUntil && person.tokenUntil < expiresAt) return { refused: 'token-too-long' };
    if ((await queries.countTokens(visit.db, person.id, now)) >= mostTokens) return { refused: 'too-many-tokens' };
    const id = newId<'access token'>(now);
    const secret = newSecret();
    const token = { id, name, scopes: scope === 'write' ? ['read', 'write'] : ['read'], createdAt: now, usedAt: null, expiresAt };
    await queries.insertMyToken(visit.db, { ...token, person: person.id, hash: hashOf(secret), way: person.way ?? 'operator' });
    await record(visit, { what: 'token-made', person: person.id, details: { token: id } });
    return { ...token, secret };
  });

/** Ends one of my tokens, from the next request on. */
export const endToken = (visit: Visit, id: string): Promise<void | Refusal<'token-gone'>> =>
  atOnce(visit, async (visit) => {
    const { person } = visit;
    if (!person || !(await queries.endToken(visit.db, person.id, id, visit.now))) return { refused: 'token-gone' };
    await record(visit, { what: 'token-ended', person: person.id, details: { token: id } });
  });

/** A sign-in that has lost its roles to time would get them back by a token, which is as strong as its way. */
const isStale = ({ way, withheld = [] }: Person): boolean =>
  way !== undefined && withheld.some(({ role }) => role !== 'internal' && config().signIn[role].includes(way));

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
