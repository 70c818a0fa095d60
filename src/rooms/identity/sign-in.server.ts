import { newDigits, newId, newSecret, hashOf } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { refusals } from '#ground/measures.server.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Person, Visit, Way } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { minutesValid, mostTries, readCode } from './code.ts';
import { isOfDomains, readEmail } from './email.ts';
import { forgiveGuess, waitToAsk, waitToGuess } from './limits.server.ts';
import { networkOf } from './network.ts';
import { found } from './people.server.ts';
import { asProven } from './proof.ts';
import * as queries from './queries.server.ts';

/** Too often: wait this many seconds. */
export type TooOften = Refusal<'too-often'> & { readonly retryAfter: number };

/**
 * Sends six digits to an address, for this browser only. Never looks whether anybody has that address, so that nobody
 * can find out. `from` is the caller's network address; without it only the limits per address and browser hold.
 */
export async function askCode(
  visit: Visit,
  typed: string,
  browserSecret: string,
  from?: string,
): Promise<{ readonly email: string; readonly expiresAt: Date } | Refusal<'no-address'> | TooOften> {
  const email = readEmail(typed);
  if (email === null) return { refused: 'no-address' };
  const seconds = await waitToAsk(email, browserSecret, from === undefined ? null : networkOf(from));
  if (seconds !== null) return { refused: 'too-often', retryAfter: seconds };
  return atOnce(visit, (visit) => keepCode(visit, email, browserSecret));
}

async function keepCode(visit: Visit, email: string, browserSecret: string): Promise<{ email: string; expiresAt: Date } | TooOften> {
  const id = newId<'sign-in code'>(visit.now);
  const code = newDigits();
  const expiresAt = after(visit.now, { minutes: minutesValid });
  await queries.sweepCodes(visit.db, visit.now);
  const kept = await queries.insertCode(visit.db, {
    id,
    email,
    expiresAt,
    codeHash: saltedHash(id, guessHash(code, browserSecret)),
    browserHash: hashOf(browserSecret),
    codeToSend: code,
    createdAt: visit.now,
  });
  if ('againAt' in kept) return { refused: 'too-often', retryAfter: Math.max(1, Math.ceil((kept.againAt.getTime() - visit.now.getTime()) / 1000)) };
  await record(visit, { what: 'sign-in-code-asked', details: { code: id, language: visit.language } });
  return { email, expiresAt };
}

/** What a browser is waiting for: the address it typed and whether its code can still be used; null when it asked for none. */
export async function codeAsked(
  visit: Visit,
  browserSecret: string,
): Promise<{ readonly email: string; readonly state: 'open' | 'expired' | 'tried' } | null> {
  const code = await queries.newestCode(visit.db, hashOf(browserSecret));
  if (!code) return null;
  return { email: code.email, state: code.expiresAt <= visit.now ? 'expired' : code.tries >= mostTries ? 'tried' : 'open' };
}

/** Puts the code of a browser aside, for somebody who wants another address. */
export const forgetCode = (visit: Visit, browserSecret: string): Promise<void> => queries.closeCodes(visit.db, hashOf(browserSecret), visit.now);

export type WhyNotIn = 'code-wrong' | 'code-expired' | 'code-tried' | 'code-none' | 'code-malformed' | 'way-not-enough';

/** Lets in who types the right code in the browser that asked for it; who is new gets an account. */
export async function signIn(
  visit: Visit,
  typed: string,
  browserSecret: string,
  from?: string,
  device: string | null = null,
): Promise<In | Refusal<WhyNotIn> | TooOften> {
  // A refusal would undo the counting of a wrong guess.
  if (visit.db.isTransaction) throw new Error('signIn has a transaction of its own');
  const code = readCode(typed);
  if (code === null) return { refused: 'code-malformed' };
  const network = from === undefined ? null : networkOf(from);
  const seconds = await waitToGuess(network);
  if (seconds !== null) return { refused: 'too-often', retryAfter: seconds };
  const outcome = await atOnce(visit, async (visit) => {
    const tried = await queries.tryCode(visit.db, hashOf(browserSecret), guessHash(code, browserSecret), visit.now);
    return tried?.isRight ? { in: await enter(visit, await found(visit, tried.email), { way: 'code', device }) } : { wrong: tried !== null };
  });
  if ('in' in outcome) {
    await forgiveGuess(network);
    return outcome.in;
  }
  if (!outcome.wrong) await forgiveGuess(network);
  const refused = await whyNotIn(visit, browserSecret);
  refusals.inc({ refused });
  log.info({ why: refused }, 'a sign-in was refused');
  return { refused };
}

/** How somebody proved who they are, and in which browser. */
export interface Entering {
  readonly way: Way;
  /** What a provider says about being a civil servant; absent: their mail domain says it. */
  readonly isInternal?: boolean;
  readonly level?: string | null;
  readonly providerSignIn?: string | null;
  readonly device?: string | null;
}
export interface In {
  /** Belongs in the sign-in cookie. */
  readonly token: string;
  /** With what this proof is enough for. */
  readonly person: Person;
}

/** Lets somebody in who has proven who they are. Belongs in the transaction that uses the proof up. */
export async function enter(visit: Visit, known: Person, entering: Entering): Promise<In | Refusal<'way-not-enough'>> {
  const { way, level = null, providerSignIn = null, device = null } = entering;
  const isInternal = await queries.updateInternal(visit.db, known.id, internalBy(known, entering), way);
  const person = asProven({ ...known, isInternal }, { way, provenAt: visit.now }, config().signIn, visit.now);
  if (person === null) return { refused: 'way-not-enough' };
  await queries.updateDetails(visit.db, person.id, { language: visit.language });
  await queries.sweepSignIns(visit.db, person.id, visit.now);
  const id = newId<'sign-in'>(visit.now);
  const token = newSecret();
  await queries.insertSignIn(visit.db, {
    ...{ id, personId: person.id, tokenHash: hashOf(token), way, level, providerSignIn, device },
    now: visit.now,
    expiresAt: after(visit.now, { days: daysSignedIn }),
  });
  await record({ ...visit, person }, { what: 'sign-in', person: person.id, details: { way, signIn: id } });
  return { token, person };
}

const internalBy = ({ email }: Person, { isInternal }: Entering): 'domain' | 'provider' | null => {
  if (isInternal === true) return 'provider';
  return isInternal === undefined && isOfDomains(email, config().internalDomains) ? 'domain' : null;
};

async function whyNotIn(visit: Visit, browserSecret: string): Promise<WhyNotIn> {
  const asked = await codeAsked(visit, browserSecret);
  if (asked === null) return 'code-none';
  if (asked.state === 'open') return 'code-wrong';
  return asked.state === 'tried' ? 'code-tried' : 'code-expired';
}

/** Ends one sign-in, wherever its token is. */
export const signOut = (visit: Visit, token: string): Promise<void> =>
  atOnce(visit, async (visit) => {
    const person = await queries.endSignIn(visit.db, hashOf(token), visit.now);
    if (person !== null) await record(visit, { what: 'sign-out', person });
  });

/** What a sign-in letter says, as long as the code can be used; null when the letter need not leave any more. */
export const codeToSend = (visit: Visit, id: string) => queries.codeToSend(visit.db, id, visit.now);
/** Forgets the digits of a code; belongs in the transaction that marks its letter as sent or dropped. */
export const wipeCode = (visit: Visit, id: string): Promise<void> => queries.wipeCode(visit.db, id);

// Over the browser's secret as well: who reads the database has no million codes to try, but 2^256 secrets.
const guessHash = (code: string, browserSecret: string): string => hashOf(`${code}:${browserSecret}`);
const saltedHash = (id: string, hash: string): string => hashOf(`${id}:${hash}`);

const daysSignedIn = 30;
const after = (now: Date, { days = 0, minutes = 0 }: { days?: number; minutes?: number }): Date =>
  new Date(now.getTime() + (days * 1440 + minutes) * 60_000);
