// What failed and was kept aside, over the rooms where it can happen; what is done about it is written down.
import { atOnce } from '#ground/database.server.ts';
import { isId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import * as journal from '#rooms/journal';
import * as mail from '#rooms/mail';
import { covered, withoutAddresses, type Failed, type FailedKind } from './failed.ts';

/** How much of each kind is kept aside. */
export async function countsOfFailed(visit: Visit): Promise<Readonly<Record<FailedKind, number>>> {
  const [reaction, letter] = await Promise.all([journal.countFailed(visit), mail.countGivenUp(visit)]);
  return { reaction, letter };
}

/** What failed of one kind, the newest first. */
export async function failed(visit: Visit, kind: FailedKind, part: { readonly from: number; readonly limit: number }): Promise<Failed[]> {
  if (kind === 'reaction')
    return (await journal.failedReactions(visit, part)).map(({ line, fault, ...rest }) => ({
      ...rest,
      id: line,
      recipient: null,
      fault: withoutAddresses(fault),
    }));
  return (await mail.givenUp(visit, part)).map(({ id, kind: what, recipient, writtenAt, givenUpAt, fault }) => ({
    id,
    what,
    recipient: covered(recipient),
    happenedAt: writtenAt,
    failedAt: givenUpAt,
    fault,
  }));
}

/** Has it tried again, one or all of a kind; answers how many there were. */
export const tryAgain = (visit: Visit, kind: FailedKind, which: string | 'all'): Promise<number> =>
  atOnce(visit, async (visit) => {
    const count = await (kind === 'reaction' ? journal.reactAgain : mail.carryAgain)(visit, which === 'all' ? 'all' : [which].filter(isId));
    if (count > 0) await journal.record(visit, { what: 'failed-again', details: { kind, which, count } });
    return count;
  });

/** Lets one go, for a reason. */
export const dropFailed = (visit: Visit, kind: FailedKind, which: string, reason: string): Promise<number> =>
  atOnce(visit, async (visit) => {
    const count = await (kind === 'reaction' ? journal.letGo : mail.putAside)(visit, [which].filter(isId));
    if (count > 0) await journal.record(visit, { what: 'failed-dropped', details: { kind, which, reason } });
    return count;
  });
