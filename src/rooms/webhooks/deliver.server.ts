// Carries to programs of others what they asked to be told: at least once, in order per subject, and not for ever.
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { ask } from '#ground/outgoing.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import * as programme from '#rooms/programme';
import { answerOf, cloudEvent, daysOfTrying, pauseAfter } from './event.ts';
import { visitOfMaker } from './knows.server.ts';
import * as queries from './queries.server.ts';
import type { Due, Outcome } from './queries.server.ts';
import { signed } from './signature.server.ts';

const most = 20;
const seconds = 10;
/** Longer than one may take, so that nobody carries it twice at the same time. */
const leaseSeconds = 60;

/** Carries what is due now, and answers how many there were. */
export async function deliverDue(visitNow: () => Visit): Promise<number> {
  const visit = visitNow();
  const due = await queries.takeDue(visit.db, visit.now, leaseSeconds, most);
  await Promise.all(
    due.map((one) =>
      deliver(one, visitNow).catch((fault: unknown) => log.error({ fault, delivery: one.id }, 'a webhook could not be told, by a fault of ours')),
    ),
  );
  return due.length;
}

async function deliver(due: Due, visitNow: () => Visit): Promise<void> {
  const visit = visitNow();
  const { webhook } = due;
  const edition = (await programme.editions(visit)).find(({ id }) => id === webhook.edition);
  const maker = edition && (await visitOfMaker(visit, webhook, edition.slug));
  if (!edition || !maker) return end(visit, due);
  if (due.type.startsWith('session-') && !(await programme.session(maker, due.subject)))
    return queries.giveUp(visit.db, due, { status: null, fault: 'not-for-its-maker' }, visit.now);
  const outcome = await send(due, edition.slug, visit.now);
  await finish(visitNow(), due, outcome);
}

async function send(due: Due, edition: string, now: Date): Promise<Outcome> {
  const { secret, earlierSecret, earlierUntil, address } = due.webhook;
  const body = JSON.stringify(cloudEvent(due, { edition, origin: config().baseUrl.origin, oin: config().oin }));
  const secrets = [secret, ...(earlierSecret !== null && earlierUntil !== null && earlierUntil > now ? [earlierSecret] : [])];
  const answer = await ask(address, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json; charset=utf-8', ...signed(due.id, now, body, secrets) },
    body,
    timeout: seconds * 1000,
    mostBytes: 10_000,
  });
  return isRefusal(answer) ? { status: null, fault: answer.refused } : { status: answer.status, fault: null };
}

async function finish(visit: Visit, due: Due, outcome: Outcome): Promise<void> {
  const { db, now } = visit;
  const answer = outcome.status === null ? 'not-taken' : answerOf(outcome.status);
  if (answer === 'taken') return queries.markDelivered(db, due, outcome, now);
  if (answer === 'gone') return end(visit, due, outcome);
  const since = await queries.postpone(db, due, outcome, after(now, pauseAfter(due.tries)), now);
  if (now.getTime() - since.getTime() >= daysOfTrying * 86_400_000) await pause(visit, due);
}

/** Its receiver wants nothing more, or its maker leads the edition no more. */
const end = (visit: Visit, due: Due, outcome: Outcome = { status: null, fault: 'not-for-its-maker' }): Promise<void> =>
  atOnce(visit, async (visit) => {
    await queries.giveUp(visit.db, due, outcome, visit.now);
    const { id, edition } = due.webhook;
    if (await queries.endWebhook(visit.db, id, visit.now)) await record(visit, { what: 'webhook-ended', edition, details: { webhook: id } });
  });

/** Nothing came across for days: its maker is told by letter. What waits stays, for when it goes on. */
const pause = (visit: Visit, due: Due): Promise<void> =>
  atOnce(visit, async (visit) => {
    const { id, edition, madeBy } = due.webhook;
    if (!(await queries.pause(visit.db, id, visit.now))) return;
    await record(visit, { what: 'webhook-paused', person: madeBy, edition, details: { webhook: id } });
  });

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
