// The postman takes letters out of the outbox, looks whether they still hold, and carries them: at least once each.
import { config } from '#ground/config.server.ts';
import { atMost } from '#ground/counting.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import type { Visit } from '#ground/visit.ts';
import { wipeCode } from '#rooms/identity';
import { bounced } from './bounces.server.ts';
import { carrierFor, isOfMail, nameOfFault, statusForGood, type Carrier } from './carrier.server.ts';
import { writeDigest, type Along } from './digest.server.ts';
import type { Kind } from './kinds.ts';
import * as queries from './queries.server.ts';
import type { Waiting } from './queries.server.ts';
import { write } from './write.server.ts';

export interface Postman {
  /** Finishes the letters in hand. */
  readonly stop: () => Promise<void>;
}

let wake: () => void = () => {};
/** There is a letter in the outbox. */
export const wakePostman = (): void => wake();

/** Carries what is due as soon as it is there, and looks again every so often for what must be tried again. */
export function startPostman(visitNow: () => Visit, carrier: Carrier = carrierFor(config()), everySeconds = 2): Postman {
  let isStopping = false;
  let isWoken = false;
  let sleeper: (() => void) | null = null;
  wake = () => {
    isWoken = true;
    sleeper?.();
  };
  const sleep = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everySeconds * 1000);
      sleeper = () => {
        clearTimeout(timer);
        resolve();
      };
      if (isWoken || isStopping) sleeper();
    });
  const round = async (): Promise<void> => {
    while (!isStopping) {
      isWoken = false;
      const carried = await deliverDue(visitNow, carrier).catch((fault: unknown) => (log.error({ fault }, 'the postman cannot reach the outbox'), 0));
      if (carried === 0) await sleep();
    }
  };
  const rounds = round();
  return {
    stop: async () => {
      isStopping = true;
      sleeper?.();
      await rounds;
      carrier.close();
    },
  };
}

const most = 20;
/** Longer than a server may take over one letter, so that nobody carries it twice at the same time. */
const leaseSeconds = 120;

/** Carries what is due now, and answers how many letters it took out. */
export async function deliverDue(visitNow: () => Visit, carrier: Carrier): Promise<number> {
  const visit = visitNow();
  const letters = await queries.takeDue(visit.db, visit.now, leaseSeconds, most);
  const left = [...letters];
  const carryOn = async (): Promise<void> => {
    for (let letter = left.shift(); letter; letter = left.shift()) await deliver(visitNow(), visitNow, letter, carrier);
  };
  await Promise.all(Array.from({ length: atOnceWithServer }, carryOn));
  return letters.length;
}
/** As many as there are connections to the mail server: what is not in hand can still be stopped. */
const atOnceWithServer = 5;

/** Whoever chooses and lets go all day, or has it done to them, gets no flood of letters: the rest waits a day, and most of it holds no more then. */
const perDay = atMost(60, 24 * 3600);
/** A code has a limit of its own; what protects an account is never kept back behind other letters. */
const aboutAccount: readonly Kind[] = ['sign-in-code', 'passkey-added', 'passkey-removed', 'role-granted', 'role-removed', 'token-made', 'erased'];

async function deliver(visit: Visit, visitNow: () => Visit, waiting: Waiting, carrier: Carrier): Promise<void> {
  let along: Along = { told: [], over: [] };
  try {
    const found = waiting.kind === 'digest' ? await writeDigest(visit, waiting) : { letter: await write(visit, waiting), along };
    const { letter } = found;
    along = found.along;
    if ('not' in letter) return await finish(visitNow(), waiting, along, (visit) => queries.markDropped(visit.db, waiting.id, letter.not, visit.now));
    const seconds = aboutAccount.includes(waiting.kind) ? null : await perDay.wait(waiting.recipient);
    if (seconds !== null) return await queries.postpone(visit.db, waiting.id, 'too many today', new Date(visit.now.getTime() + seconds * 1000));
    if (!(await queries.mayLeave(visit.db, waiting.id))) {
      await perDay.giveBack(waiting.recipient);
      return await queries.putBack(visit.db, waiting.id, visit.now);
    }
    await carrier.carry({ id: waiting.id, kind: waiting.kind, recipient: waiting.recipient, writtenAt: waiting.createdAt, letter });
  } catch (fault) {
    log.warn(
      { letter: waiting.id, kind: waiting.kind, tries: waiting.tries, fault: isOfMail(fault) ? nameOfFault(fault) : fault },
      'a letter could not be carried',
    );
    if (!aboutAccount.includes(waiting.kind)) await perDay.giveBack(waiting.recipient);
    return giveUpOrWait(visitNow(), waiting, fault);
  }
  const then = visitNow();
  await finish(then, waiting, along, ({ db }) => queries.markSent(db, waiting.id, then.now));
}

async function giveUpOrWait(visit: Visit, waiting: Waiting, fault: unknown): Promise<void> {
  const status = statusForGood(fault);
  if (status === null && waiting.tries < mostTries)
    return queries.postpone(visit.db, waiting.id, nameOfFault(fault), new Date(visit.now.getTime() + pauseAfter(waiting.tries) * 1000));
  const gone: Along = { told: [], over: [] };
  await finish(visit, waiting, gone, async (visit) => {
    await queries.markDropped(visit.db, waiting.id, nameOfFault(fault), visit.now);
    if (status !== null) await bounced(visit, waiting.recipient, status);
  });
}

/** A code is wiped together with the mark of its letter: before it, a try that got lost could not be repeated; after it, the code would stay. */
const finish = (visit: Visit, { id, kind, details }: Waiting, along: Along, mark: (visit: Visit) => Promise<void>): Promise<void> =>
  atOnce(visit, async (visit) => {
    await mark(visit);
    for (const told of along.told) await queries.markSent(visit.db, told, visit.now);
    for (const over of along.over) await queries.markDropped(visit.db, over.id, over.why, visit.now);
    // Who is gone has no letters here.
    if (kind === 'erased') return queries.forgetLetter(visit.db, id);
    if (kind !== 'sign-in-code') return;
    await wipeCode(visit, String(details['code']));
    await queries.sweepCodeLetters(visit.db, visit.now);
  });

/** Four days of trying. */
const mostTries = 200;
/** Seconds: soon at first, then every half hour. */
const pauseAfter = (tries: number): number => Math.min(1800, 5 * 3 ** (tries - 1));
