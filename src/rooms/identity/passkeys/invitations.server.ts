// Codes that are handed over by another way than mail. Who calls `invite` has made sure that the visitor may.
import { hashOf, newInvitation } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { daysInvited, inGroups, mostWrongFirst, mostWrongInvitations, readInvitation } from './invitation.ts';
import { waitToUseInvitation } from '../limits.server.ts';
import { networkOf } from '../network.ts';
import * as queries from './queries.server.ts';
import { personCalled } from '../people.server.ts';
import type { TooOften } from '../sign-in.server.ts';

/** A new code with which somebody's next passkey counts at once; the one before it holds no more. */
export const invite = (visit: Visit, typed: string): Promise<string | Refusal<'person-unknown'>> =>
  atOnce(visit, async (visit) => {
    const person = await personCalled(visit, typed);
    if (person === null) return { refused: 'person-unknown' };
    const signs = newInvitation();
    const expiresAt = new Date(visit.now.getTime() + daysInvited * 86_400_000);
    await queries.keepInvitation(visit.db, person.id, hashed(person.id, signs), expiresAt, visit.now);
    await record(visit, { what: 'invitation-made', person: person.id });
    return inGroups(signs);
  });

/** The same, unless they have a passkey that counts already: then null. */
export async function inviteNew(visit: Visit, typed: string): Promise<string | null> {
  const person = await personCalled(visit, typed);
  if (person === null) return null;
  const passkeys = await queries.passkeysOf(visit.db, person.id);
  if (passkeys.some(({ usableAt }) => usableAt <= visit.now)) return null;
  const code = await invite(visit, typed);
  return typeof code === 'string' ? code : null;
}

/** The code for the first administrator, new at every start; null when there is one. */
export const inviteFirst = (visit: Visit): Promise<string | null> =>
  atOnce(visit, async (visit) => {
    await queries.dropFirstInvitation(visit.db);
    if (await queries.hasAdministrator(visit.db)) return null;
    const signs = newInvitation();
    await queries.keepInvitation(visit.db, null, hashed(null, signs), null, visit.now);
    return inGroups(signs);
  });

/** The hash of a code that is right for somebody, by which it is used up later. A wrong one counts. */
export async function hashOfInvitation(
  visit: Visit,
  person: PersonId | null,
  typed: string,
  from?: string,
): Promise<string | Refusal<'invitation-malformed' | 'invitation-wrong'> | TooOften> {
  const signs = readInvitation(typed);
  if (signs === null) return { refused: 'invitation-malformed' };
  const seconds = await waitToUseInvitation(from === undefined ? null : networkOf(from));
  if (seconds !== null) return { refused: 'too-often', retryAfter: seconds };
  const hash = hashed(person, signs);
  const isRight = await queries.tryInvitation(visit.db, person, hash, visit.now, person === null ? mostWrongFirst : mostWrongInvitations);
  return isRight ? hash : { refused: 'invitation-wrong' };
}

const hashed = (person: PersonId | null, signs: string): string => hashOf(`invitation of ${person ?? 'the first'}: ${signs}`);
