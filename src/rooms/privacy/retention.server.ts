// What had its time goes: the terms stand in the register, and nowhere else.
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import { recordAll } from '#rooms/journal';
import * as mail from '#rooms/mail';
import * as proposals from '#rooms/proposals';
import * as wishes from '#rooms/wishes';
import { erase, type Keeping } from './erase.server.ts';
import { register, warningDays, type Kept } from './register.ts';
import * as queries from './queries.server.ts';

const some = 1000;
const day = 86_400_000;

/** Forgets everything whose term is over; the worker asks for it every hour. */
export async function forgetWhatIsOver(visit: Visit, keeping: Keeping = config()): Promise<void> {
  await queries.noteSeen(visit.db);
  for (const kept of register) await forgetOver(visit, kept, keeping);
  await mail.forgetPaper(visit, keeping.dataDir);
}

async function forgetOver(visit: Visit, kept: Kept, keeping: Keeping): Promise<void> {
  if (kept.term.is === 'rows') while ((await queries.takeAwayOver(visit.db, kept, visit.now, some)) === some);
  if (kept.term.is !== 'rule') return;
  switch (kept.term.rule) {
    case 'edition-over':
      return identity.forgetNeeds(visit);
    case 'draw-confirmed':
      return wishes.forgetPseudonyms(visit, kept.term.days);
    case 'edition-reviewed':
      return proposals.forgetReviews(visit, kept.term.days);
    case 'not-seen':
      return endUnused(visit, kept.term.days, keeping);
  }
}

/** Who was not here for so long is told, and goes when they do not come. */
async function endUnused(visit: Visit, days: number, keeping: Keeping): Promise<void> {
  const before = (ago: number): Date => new Date(visit.now.getTime() - ago * day);
  for (const person of await queries.warnedBefore(visit.db, before(warningDays), some))
    if (!(await queries.isLastAdministrator(visit.db, person))) await erase(visit, person, keeping);
  await atOnce(visit, async (visit) => {
    const people = await queries.unusedSince(visit.db, before(days - warningDays), some);
    await queries.markWarned(visit.db, people, visit.now);
    await recordAll(
      visit,
      people.map((person) => ({ what: 'account-unused' as const, person, details: { days: warningDays } })),
    );
  });
}
