// Mailboxes that take nothing any more: as their server said when a letter was brought, or afterwards in a message back.
import { simpleParser } from 'mailparser';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { bounceIn, isAboutMailbox } from './bounce.ts';
import * as queries from './bounce-queries.server.ts';

/** Somebody's mailbox refused for good: what they need not have stops; codes are still tried. Within a transaction. */
export async function bounced(visit: Visit, recipient: string, status: string): Promise<boolean> {
  if (!isAboutMailbox(status)) return false;
  const person = await queries.markBounced(visit.db, recipient, status, visit.now);
  if (person === null) return false;
  await record(visit, { what: 'letter-bounced', person });
  return true;
}

/** Reads a message that came back: 'noted', or why it changes nothing. Only what answers a letter of ours counts. */
export async function readBounce(visit: Visit, message: string | Buffer): Promise<'noted' | 'known' | 'no-bounce' | 'not-ours'> {
  const { attachments } = await simpleParser(message, { keepDeliveryStatus: true });
  const part = (...types: string[]): string => attachments.find(({ contentType }) => types.includes(contentType))?.content.toString('utf8') ?? '';
  const bounce = bounceIn(part('message/delivery-status'), part('message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers'));
  if (!bounce) return 'no-bounce';
  return atOnce(visit, async (visit) => {
    const recipient = await queries.recipientOf(visit.db, bounce.letter);
    if (recipient !== bounce.recipient) return 'not-ours';
    return (await bounced(visit, recipient, bounce.status)) ? 'noted' : 'known';
  });
}

export interface Bounced {
  readonly at: Date;
  readonly status: string;
}
export const bounceOf = ({ db }: Visit, person: PersonId): Promise<Bounced | null> => queries.bounceOf(db, person);
export const countBounced = ({ db }: Visit): Promise<number> => queries.countBounced(db);

/** Mail arrives again: somebody says so, or read a code that came by mail. */
export const arrivesAgain = ({ db }: Visit, person: PersonId): Promise<void> => queries.clearBounce(db, person);
