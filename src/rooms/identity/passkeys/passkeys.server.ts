// Passkeys: made, used, refused. The house asks a browser to prove something (a challenge, for five minutes and once)
// and looks whether that was proven here, to us, by somebody whom the device itself has recognised.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { hashOf, newId } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Json } from '#ground/tables.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { deviceSaid } from '../device.ts';
import { hashOfInvitation } from './invitations.server.ts';
import { forgiveGuess, waitToGuess, waitToProve } from '../limits.server.ts';
import { networkOf } from '../network.ts';
import { isSpecial, isStrong, minutesToProve, mostPasskeys, readPasskeyName, usableFrom, type Passkey } from './passkey.ts';
import * as queries from './queries.server.ts';
import { found, personWith } from '../people.server.ts';
import { readEmail } from '../email.ts';
import { insertRoles } from '../queries.server.ts';
import { enter, type In, type TooOften } from '../sign-in.server.ts';

const site = () => ({ origin: config().baseUrl.origin, rpID: config().baseUrl.hostname });
/** Who a device says its owner is, when nobody typed an address. */
const handleOf = ({ id }: Pick<Person, 'id'>): string => Buffer.from(id).toString('base64url');

// Signing in

/** What a browser has to prove with whichever passkey its owner chooses; says nothing of who has one. */
export async function askPasskey(visit: Visit, browserSecret: string, from?: string): Promise<PublicKeyCredentialRequestOptionsJSON | TooOften> {
  const seconds = await waitToProve(from === undefined ? null : networkOf(from));
  if (seconds !== null) return { refused: 'too-often', retryAfter: seconds };
  const options = await generateAuthenticationOptions({
    rpID: site().rpID,
    userVerification: 'required',
    timeout: minutesToProve * 60_000,
    allowCredentials: [],
  });
  await keep(visit, 'passkey-sign-in', browserSecret, { challenge: options.challenge });
  return options;
}

export type WhyNotByPasskey = 'passkey-late' | 'passkey-refused' | 'passkey-waits' | 'way-not-enough';

/** Lets in who proves to have a passkey. Somebody who is here already can only prove to be themselves. */
export async function signInByPasskey(
  visit: Visit,
  typed: string,
  browserSecret: string,
  from?: string,
  device: string | null = null,
): Promise<In | Refusal<WhyNotByPasskey> | TooOften> {
  // A refusal would give the challenge back.
  if (visit.db.isTransaction) throw new Error('signInByPasskey has a transaction of its own');
  const network = from === undefined ? null : networkOf(from);
  const seconds = await waitToGuess(network);
  if (seconds !== null) return { refused: 'too-often', retryAfter: seconds };
  const challenge = await take(visit, 'passkey-sign-in', browserSecret);
  if (challenge === null) return { refused: 'passkey-late' };
  const answer = readAnswer(proof, typed);
  const passkey = answer && (await queries.passkeyWith(visit.db, answer.id, visit.now));
  const counter = answer && passkey && (await counterProven(answer, String(challenge.asked['challenge']), passkey));
  if (!passkey || counter === null || (visit.person && visit.person.id !== passkey.person)) return { refused: 'passkey-refused' };
  await forgiveGuess(network);
  if (!passkey.isUsable) return { refused: 'passkey-waits' };
  return atOnce(visit, async (visit) => {
    const person = await personWith(visit, passkey.person);
    if (!person || !(await queries.markUsed(visit.db, passkey.id, counter ?? 0, visit.now))) return { refused: 'passkey-refused' };
    return enter(visit, person, { way: 'passkey', device });
  });
}

type Proof = z.infer<typeof proof>;
const text = z.string().max(20_000);
const proof = z.object({
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: text, authenticatorData: text, signature: text, userHandle: text }),
  clientExtensionResults: z.object({}).default({}),
});
const making = z.object({
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: text, attestationObject: text, transports: z.array(z.string().max(20)).max(10).default([]) }),
  clientExtensionResults: z.object({}).default({}),
});

/** The counter of a passkey that was proven to be there and to be its owner's; null when anything about it is not so. */
async function counterProven(answer: Proof, expectedChallenge: string, passkey: queries.KeptPasskey): Promise<number | null> {
  if (answer.response.userHandle !== handleOf({ id: passkey.person })) return null;
  const { origin, rpID } = site();
  const credential = { id: passkey.credential, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter };
  const checked = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    credential,
    requireUserVerification: true,
  }).catch(() => null);
  return checked?.verified && checked.authenticationInfo.userVerified ? checked.authenticationInfo.newCounter : null;
}

// Making one

export type WhyNotAsked = 'not-signed-in' | 'too-many-passkeys' | 'invitation-malformed' | 'invitation-wrong';

/** What a browser has to make. `invitation` is what was typed of one, which is looked at now, before anything is made. */
export async function askNewPasskey(
  visit: Visit,
  browserSecret: string,
  invitation: string,
  from?: string,
): Promise<PublicKeyCredentialCreationOptionsJSON | Refusal<WhyNotAsked> | TooOften> {
  const { person } = visit;
  if (person === null) return { refused: 'not-signed-in' };
  const seconds = await waitToProve(from === undefined ? null : networkOf(from));
  if (seconds !== null) return { refused: 'too-often', retryAfter: seconds };
  const hash = invitation.trim() === '' ? null : await hashOfInvitation(visit, person.id, invitation, from);
  return isRefusal(hash) ? hash : askToMake(visit, person, browserSecret, { invitation: hash });
}

async function askToMake(
  visit: Visit,
  person: Person,
  browserSecret: string,
  asked: Readonly<Record<string, Json>>,
): Promise<PublicKeyCredentialCreationOptionsJSON | Refusal<'too-many-passkeys'>> {
  const passkeys = await queries.passkeysOf(visit.db, person.id);
  if (passkeys.length >= mostPasskeys) return { refused: 'too-many-passkeys' };
  const options = await generateRegistrationOptions({
    rpName: 'INNOvember',
    rpID: site().rpID,
    userName: person.email,
    userDisplayName: person.email,
    userID: new Uint8Array(Buffer.from(person.id)),
    timeout: minutesToProve * 60_000,
    attestationType: 'none',
    // One that waits may be made anew on the same device, with a code that was handed over meanwhile.
    excludeCredentials: passkeys.filter(({ usableAt }) => usableAt <= visit.now).map(({ credential }) => ({ id: credential })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
  await keep(visit, 'passkey-new', browserSecret, { ...asked, challenge: options.challenge }, person);
  return options;
}

/** EdDSA, ES256 and RS256: what devices make today. */
const algorithms = [-8, -7, -257];

/** How somebody made a passkey, besides the passkey itself. */
export interface Made {
  readonly name: string;
  /** The token of the sign-in in which it was made. */
  readonly token: string | null;
  readonly device: string | null;
}
export interface Added {
  readonly passkey: Passkey;
  /** When the passkey is a better proof than the sign-in was, a new one takes its place. */
  readonly in: In | null;
}
export type WhyNotAdded = 'not-signed-in' | 'passkey-late' | 'passkey-not-made' | 'passkey-known' | 'too-many-passkeys' | 'way-not-enough';

/** Keeps a passkey that somebody made; from when it counts depends on how they came in. */
export async function addPasskey(visit: Visit, typed: string, browserSecret: string, made: Made): Promise<Added | Refusal<WhyNotAdded>> {
  if (visit.db.isTransaction) throw new Error('addPasskey has a transaction of its own');
  const challenge = await take(visit, 'passkey-new', browserSecret);
  if (challenge === null) return { refused: 'passkey-late' };
  const { asked } = challenge;
  const isFirstAdministrator = asked['isFirstAdministrator'] === true;
  if (challenge.person === null || (!isFirstAdministrator && visit.person?.id !== challenge.person)) return { refused: 'not-signed-in' };
  const proven = await credentialMade(typed, String(asked['challenge']));
  if (proven === null) return { refused: 'passkey-not-made' };
  return atOnce(visit, async (visit) => {
    const person = await personWith(visit, challenge.person!);
    if (!person) return { refused: 'not-signed-in' };
    const passkeys = await queries.passkeysOf(visit.db, person.id, { lock: true });
    if (passkeys.length >= mostPasskeys) return { refused: 'too-many-passkeys' };
    const invitation = asked['invitation'];
    const isInvited =
      typeof invitation === 'string' && (await queries.useInvitation(visit.db, isFirstAdministrator ? null : person.id, invitation, visit.now));
    if (isFirstAdministrator && (!isInvited || (await queries.hasAdministrator(visit.db)))) return { refused: 'passkey-late' };
    const present = isFirstAdministrator ? undefined : await presentSignIn(visit, person, made.token);
    const strong = present !== undefined && isStrong(present, visit.now);
    const passkey: Passkey = {
      id: newId<'passkey'>(visit.now),
      name: readPasskeyName(made.name) ?? deviceSaid(made.device, visit.language),
      device: made.device,
      createdAt: visit.now,
      usableAt: usableFrom({ isStrong: strong, isInvited, isFirst: passkeys.length === 0, isSpecial: isSpecial(person) }, visit.now),
      usedAt: null,
    };
    if (!(await queries.insertPasskey(visit.db, { ...passkey, ...proven, person: person.id, addedIn: present?.id ?? null })))
      return { refused: 'passkey-known' };
    const theirs = { ...visit, person };
    await record(theirs, { what: 'passkey-added', person: person.id, details: { passkey: passkey.id } });
    if (isFirstAdministrator) {
      await insertRoles(visit.db, [person.id], { role: 'admin', scope: '' }, visit.now);
      await record(theirs, { what: 'role-granted', person: person.id, details: { role: 'admin', scope: '' } });
    }
    if (strong || passkey.usableAt > visit.now) return { passkey, in: null };
    const entered = await enter(visit, (await personWith(visit, person.id))!, { way: 'passkey', device: made.device });
    if (isRefusal(entered)) return entered;
    if (present) await queries.endSignIns(visit.db, person.id, { only: present.id }, visit.now);
    return { passkey, in: entered };
  });
}

async function credentialMade(typed: string, expectedChallenge: string) {
  const answer = readAnswer(making, typed);
  if (answer === null) return null;
  const { origin, rpID } = site();
  const checked = await verifyRegistrationResponse({
    response: answer,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => null);
  if (!checked?.verified || !checked.registrationInfo.userVerified) return null;
  const { id, publicKey, counter } = checked.registrationInfo.credential;
  return { credential: id, publicKey, counter };
}

const presentSignIn = async (visit: Visit, { id }: Person, token: string | null) =>
  token === null ? undefined : (await queries.signInsOf(visit.db, id, visit.now)).find(({ tokenHash }) => tokenHash === hashOf(token));

// The first administrator

/** The same, for whoever has the code that the console showed at the start. */
export async function askFirstPasskey(
  visit: Visit,
  browserSecret: string,
  typed: { readonly invitation: string; readonly email: string },
  from?: string,
): Promise<
  PublicKeyCredentialCreationOptionsJSON | Refusal<'no-address' | 'too-many-passkeys' | 'invitation-malformed' | 'invitation-wrong'> | TooOften
> {
  const email = readEmail(typed.email);
  if (email === null) return { refused: 'no-address' };
  const hash = await hashOfInvitation(visit, null, typed.invitation, from);
  if (isRefusal(hash)) return hash;
  if (await queries.hasAdministrator(visit.db)) return { refused: 'invitation-wrong' };
  return askToMake(visit, await found(visit, email), browserSecret, { invitation: hash, isFirstAdministrator: true });
}

// What somebody has

/** The visitor's own passkeys, the oldest first. */
export const myPasskeys = async (visit: Visit): Promise<Passkey[]> =>
  visit.person === null ? [] : (await queries.passkeysOf(visit.db, visit.person.id)).map(({ credential: _, ...passkey }) => passkey);

export const renamePasskey = (visit: Visit, id: string, typed: string): Promise<void | Refusal<'passkey-unknown' | 'name-malformed'>> =>
  atOnce(visit, async (visit) => {
    const name = readPasskeyName(typed);
    if (name === null) return { refused: 'name-malformed' };
    if (!visit.person || !isId(id) || !(await queries.renamePasskey(visit.db, visit.person.id, id, name))) return { refused: 'passkey-unknown' };
    await record(visit, { what: 'passkey-renamed', person: visit.person.id, details: { passkey: id } });
  });

export type WhyNotRemoved = 'passkey-unknown' | 'last-passkey' | 'stronger-first';

/**
 * Takes away a passkey of the visitor. Whoever reads their mail must not be able to, nor make the first one anew: with
 * anything that asks for more than a code that asks for a strong sign-in. The last one of who has a special role goes
 * only when they said that they know (`isSure`).
 */
export const removePasskey = (
  visit: Visit,
  id: string,
  token: string | null,
  { isSure }: { readonly isSure: boolean },
): Promise<void | Refusal<WhyNotRemoved>> =>
  atOnce(visit, async (visit) => {
    const { person } = visit;
    const passkeys = person === null ? [] : await queries.passkeysOf(visit.db, person.id, { lock: true });
    const passkey = passkeys.find((one) => one.id === id);
    if (!person || !passkey) return { refused: 'passkey-unknown' };
    const present = await presentSignIn(visit, person, token);
    const isWorthMore = isSpecial(person) || (person.withheld ?? []).length > 0;
    if (isWorthMore && !(present && isStrong(present, visit.now))) return { refused: 'stronger-first' };
    if (isSpecial(person) && passkeys.length === 1 && !isSure) return { refused: 'last-passkey' };
    await queries.deletePasskey(visit.db, person.id, id);
    await record(visit, { what: 'passkey-removed', person: person.id, details: { passkey: id } });
  });

/** The owner says that a passkey which does not count yet is not theirs: it goes, and so does the sign-in in which it was made. */
export const refusePasskey = (visit: Visit, id: string): Promise<void | Refusal<'passkey-unknown'>> =>
  atOnce(visit, async (visit) => {
    const { person } = visit;
    const passkeys = person === null ? [] : await queries.passkeysOf(visit.db, person.id, { lock: true });
    const passkey = passkeys.find((one) => one.id === id);
    if (!person || !passkey || passkey.usableAt <= visit.now) return { refused: 'passkey-unknown' };
    const gone = await queries.deletePasskey(visit.db, person.id, id);
    if (gone?.addedIn) await queries.endSignIns(visit.db, person.id, { only: gone.addedIn }, visit.now);
    await record(visit, { what: 'passkey-refused', person: person.id, details: { passkey: id } });
  });

// Challenges

const keep = (
  visit: Visit,
  purpose: queries.Challenge['purpose'],
  browserSecret: string,
  asked: queries.Challenge['asked'],
  person: Person | null = null,
) =>
  queries.keepChallenge(
    visit.db,
    {
      ...{ purpose, asked, person: person?.id ?? null },
      secretHash: hashOf(`${purpose}:${browserSecret}`),
      expiresAt: new Date(visit.now.getTime() + minutesToProve * 60_000),
    },
    visit.now,
  );

const take = (visit: Visit, purpose: queries.Challenge['purpose'], browserSecret: string) =>
  queries.takeChallenge(visit.db, hashOf(`${purpose}:${browserSecret}`), purpose, visit.now);

/** What a browser answered, when it has the shape of an answer. */
function readAnswer<Shape>(shape: z.ZodType<Shape>, typed: string): Shape | null {
  try {
    return shape.parse(JSON.parse(typed));
  } catch {
    return null;
  }
}
