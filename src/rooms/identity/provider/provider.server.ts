// Signing in with the provider of an organisation: OpenID Connect after the profile of the Dutch government. The code
// flow with PKCE; what the provider answers is believed only when its signature, issuer, audience, times and nonce are
// right, and only in the browser that asked. Its tokens are looked at once and kept nowhere.
import * as client from 'openid-client';
import { hashOf, newSecret } from '#ground/chance.server.ts';
import { config, type Provider } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Language, Person, Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { levelOf, saysInternal, signInOf, verifiedEmail, type Claims } from './claims.ts';
import { isOfDomains } from '../email.ts';
import { waitToProve } from '../limits.server.ts';
import { networkOf } from '../network.ts';
import { keepChallenge, takeChallenge } from '../passkeys/queries.server.ts';
import { found, personWith } from '../people.server.ts';
import { hoursForRoles } from '../proof.ts';
import { clientKey } from './key.server.ts';
import * as queries from './queries.server.ts';
import { enter, type In, type TooOften } from '../sign-in.server.ts';

/** What the button to the provider says after 'Sign in with'; null when there is none. */
export const providerName = (): string | null => config().provider?.name ?? null;

/** Where a provider sends somebody back to; it knows these addresses beforehand. */
export const backAt = (path: string, language: Language): string => `${config().baseUrl.origin}${language === 'en' ? '/en' : ''}${path}`;

const minutesValid = 10;
const challengeHash = (browserSecret: string, state: string): string => hashOf(`provider:${browserSecret}:${state}`);

/** The address at the provider where this browser proves who is before it; `next` is where they go on afterwards. */
export async function askProvider(
  visit: Visit,
  browserSecret: string,
  next: string,
  from: string,
): Promise<URL | Refusal<'provider-none' | 'provider-away'> | TooOften> {
  const { provider } = config();
  if (provider === null) return { refused: 'provider-none' };
  const seconds = await waitToProve(networkOf(from));
  if (seconds !== null) return { refused: 'too-often', retryAfter: seconds };
  const known = await reached(visit);
  if (known === null) return { refused: 'provider-away' };
  const [state, nonce, verifier] = [newSecret(), newSecret(), newSecret()];
  await keepChallenge(
    visit.db,
    {
      secretHash: challengeHash(browserSecret, state),
      purpose: 'provider',
      person: null,
      asked: { nonce, verifier, next },
      expiresAt: new Date(visit.now.getTime() + minutesValid * 60_000),
    },
    visit.now,
  );
  return client.buildAuthorizationUrl(known, {
    redirect_uri: backAt('/inloggen/terug', visit.language),
    scope: provider.scopes,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ui_locales: visit.language,
    max_age: String(hoursForRoles * 3600),
    ...asLevels(provider.levels),
  });
}

/** Essential: a provider that cannot give one of these levels says so, instead of giving less. */
const asLevels = (levels: readonly string[]): Record<string, string> =>
  levels.length === 0 ? {} : { acr_values: levels.join(' '), claims: JSON.stringify({ id_token: { acr: { essential: true, values: levels } } }) };

export type WhyNotFromProvider =
  | 'provider-none'
  | 'provider-late'
  | 'provider-away'
  | 'provider-said-no'
  | 'provider-not-trusted'
  | 'provider-level'
  | 'provider-email'
  | 'provider-confirm'
  | 'way-not-enough';

/** Lets in whom the provider sent back to this address, in the browser that went there. */
export async function enterFromProvider(
  visit: Visit,
  browserSecret: string,
  address: URL,
  device: string | null = null,
): Promise<(In & { readonly next: string }) | Refusal<WhyNotFromProvider>> {
  // A refusal would give the challenge back.
  if (visit.db.isTransaction) throw new Error('enterFromProvider has a transaction of its own');
  const { provider } = config();
  if (provider === null) return { refused: 'provider-none' };
  const state = address.searchParams.get('state') ?? '';
  const challenge = await takeChallenge(visit.db, challengeHash(browserSecret, state), 'provider', visit.now);
  if (challenge === null) return { refused: 'provider-late' };
  const { nonce, verifier, next } = challenge.asked;
  const claims = await claimsAt(visit, provider, address, { state, nonce: String(nonce), verifier: String(verifier) });
  if (isRefusal(claims)) return claims;
  const entered = await atOnce(visit, (visit) => enterWith(visit, provider, claims, device));
  if (!isRefusal(entered)) return { ...entered, next: String(next) };
  await atOnce(visit, (visit) => record(visit, { what: 'sign-in-refused', details: { way: 'provider', reason: entered.refused } }));
  return entered;
}

/** What the provider says about whom it sent back, once all of it is checked. */
async function claimsAt(
  visit: Visit,
  { internalClaim }: Provider,
  address: URL,
  { state, nonce, verifier }: { readonly state: string; readonly nonce: string; readonly verifier: string },
): Promise<(Claims & client.IDToken) | Refusal<'provider-away' | 'provider-said-no' | 'provider-not-trusted'>> {
  const known = await reached(visit);
  if (known === null) return { refused: 'provider-away' };
  // The address as the provider was given it, whatever the visitor's browser calls us.
  const back = new URL(`${backAt('/inloggen/terug', visit.language)}${address.search}`);
  try {
    const tokens = await client.authorizationCodeGrant(known, back, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      maxAge: hoursForRoles * 3600,
    });
    const claims = tokens.claims();
    if (claims === undefined) return { refused: 'provider-not-trusted' };
    const isWhole = claims['email'] !== undefined && (internalClaim === null || claims[internalClaim.name] !== undefined);
    if (isWhole || known.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await client.fetchUserInfo(known, tokens.access_token, claims.sub)), ...claims };
  } catch (fault) {
    return whyNot(fault);
  }
}

/** What the fault tells of is not logged: that holds tokens, and what they say about people. */
function whyNot(fault: unknown): Refusal<'provider-away' | 'provider-said-no' | 'provider-not-trusted'> {
  if (fault instanceof client.AuthorizationResponseError) {
    log.warn({ error: fault.error }, 'the sign-in provider said no');
    return { refused: 'provider-said-no' };
  }
  log.warn({ fault }, 'the sign-in provider did not answer well');
  return { refused: isSilence(fault) ? 'provider-away' : 'provider-not-trusted' };
}

const silences = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];
/** Nobody there, or something else in its place; `fetch` says the first with a TypeError. */
const isSilence = (fault: unknown): boolean =>
  fault instanceof client.ClientError ? silences.includes(fault.code ?? '') : fault instanceof TypeError && fault.message === 'fetch failed';

async function enterWith(
  visit: Visit,
  provider: Provider,
  claims: Claims & client.IDToken,
  device: string | null,
): Promise<In | Refusal<'provider-level' | 'provider-email' | 'provider-confirm' | 'way-not-enough'>> {
  const enough = levelOf(claims, provider.levels);
  if (enough === null) return { refused: 'provider-level' };
  const person = await whoIs(visit, claims);
  if ('refused' in person) return person;
  const isInternal = saysInternal(claims, provider.internalClaim);
  return enter(visit, person, {
    way: 'provider',
    level: enough.level,
    providerSignIn: signInOf(claims),
    device,
    ...(isInternal !== undefined && { isInternal }),
  });
}

/** Whoever this account of the provider was linked to; else who has the address that it vouches for, from now on linked. */
async function whoIs(visit: Visit, claims: Claims & client.IDToken): Promise<Person | Refusal<'provider-email' | 'provider-confirm'>> {
  const account = { issuer: claims.iss, subject: claims.sub };
  const linked = await queries.personAtProvider(visit.db, account);
  const known = linked && (await personWith(visit, linked));
  if (known) return known;
  const email = verifiedEmail(claims);
  if (email === null) return { refused: 'provider-email' };
  const person = await found(visit, email);
  if (!(await mayLink(visit, person))) return { refused: 'provider-confirm' };
  await queries.linkAccount(visit.db, account, person.id, visit.now);
  await record({ ...visit, person }, { what: 'provider-linked', person: person.id });
  return person;
}

/**
 * An address that changes hands, or a provider that is careless about addresses, must not give somebody another's
 * account. So what is worth taking over is linked only from a sign-in of its owner; for a special role that is a strong
 * one, because who reads somebody's mail has the code and the verified address both. Roles alone that were given to an
 * address of the own domains wait for whoever has it: for those the provider is who decides.
 */
async function mayLink(visit: Visit, person: Person): Promise<boolean> {
  const held = await queries.heldBy(visit.db, person.id);
  if (visit.person?.id === person.id && (visit.person.way !== 'code' || !held.roles)) return true;
  return !held.proofs && (!held.roles || isOfDomains(person.email, config().internalDomains));
}

// The provider

const secondsToAnswer = 5;
const hour = 3_600_000;
let asked: { readonly at: Date; readonly client: Promise<client.Configuration> } | undefined;

/** What the provider says about itself, asked when it is first needed and once an hour; null when it does not answer. */
export async function reached({ now }: Visit): Promise<client.Configuration | null> {
  const { provider } = config();
  if (provider === null) return null;
  if (!asked || now.getTime() - asked.at.getTime() > hour) asked = { at: now, client: discovered(provider) };
  const mine = asked;
  return mine.client.catch((fault: unknown) => {
    if (asked === mine) asked = undefined;
    log.warn({ fault }, 'the sign-in provider cannot be reached');
    return null;
  });
}

async function discovered({ issuer, clientId }: Provider): Promise<client.Configuration> {
  return client.discovery(issuer, clientId, {}, client.PrivateKeyJwt(await clientKey()), {
    timeout: secondsToAnswer,
    execute: [
      // The signature counts, whoever brought the token.
      client.enableNonRepudiationChecks,
      // Only on this machine itself: the settings refuse any other address without https.
      ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ],
  });
}
