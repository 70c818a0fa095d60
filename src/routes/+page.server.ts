import { organisations, sessions, themes } from '#rooms/programme';
import { inOrder } from '#rooms/programme/filter.ts';
import { isPast } from '#rooms/programme/session.ts';
import { daysBetween, local } from '#rooms/programme/when.ts';
import { notHere } from './not-here.server.ts';
import type { PageServerLoad } from './$types';

/** The month as lines, and what is on now or next: three to five of them. */
export const load: PageServerLoad = async ({ locals: { visit, edition, place } }) => {
  if (edition === null && place.edition !== null) notHere(visit);
  if (edition === null) return { now: visit.now, month: null };
  const [all, lines, hosts] = await Promise.all([sessions(visit, edition.id), themes(visit, edition.id), organisations(visit, edition.id)]);
  const today = local(visit.now, edition.timeZone).day;
  const coming = inOrder(all, today).filter((session) => session.start !== null && session.state !== 'cancelled' && !isPast(session, visit.now));
  return {
    now: visit.now,
    month: {
      edition,
      themes: lines,
      organisations: hosts,
      sessions: all,
      next: coming.slice(0, 4),
      isLong: daysBetween(edition.startsOn, edition.endsOn).length > 20,
      isDrawn: all.some(({ start }) => start !== null),
      isRunning: edition.startsOn <= today,
      isOver: edition.endsOn < today && coming.length === 0,
    },
  };
};
