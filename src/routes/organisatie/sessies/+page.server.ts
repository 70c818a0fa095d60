import { may } from '#rooms/identity/access.ts';
import { mayLead, mayRun } from '#rooms/identity/may.ts';
import * as programme from '#rooms/programme';
import { byDay } from '#rooms/programme/filter.ts';
import { mentions, wordsIn } from '#rooms/programme/question.ts';
import { isPast, type Session } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import { deskViewIn, type DeskView } from '#rooms/seats/view.ts';
import { pageAt } from '#ui/page.ts';
import { organiser } from '../entrance.server.ts';
import type { PageServerLoad } from './$types';

const perPage = 25;
const inTheWorks = ['draft', 'submitted', 'accepted', 'declined', 'scheduled'] as const;
const mostInTheWorks = 200;

/** The sessions of this edition that somebody runs, by time, with how full they are. */
export const load: PageServerLoad = async (event) => {
  const { visit, person, edition } = organiser(event);
  const { searchParams } = event.url;
  const asked = programme.sessionsToRun(visit, edition.id);
  const [all, themes, organisations] = [await asked, await programme.themes(visit, edition.id), await programme.organisations(visit, edition.id)];
  const mine = all.filter((session) => mayRun(person, session));
  const full = await seats.occupancies(
    visit,
    mine.map(({ id }) => id),
  );
  const working = (await programme.workingSessions(visit, edition.id, inTheWorks)).filter((session) => may(person, 'session.write', session));
  const waits = ({ id }: Session): boolean => (full.get(id)?.onSite.waiting ?? 0) + (full.get(id)?.online.waiting ?? 0) > 0;
  const of: Record<DeskView, (session: Session) => boolean> = {
    straks: (session) => !isPast(session, visit.now),
    wachtlijst: (session) => !isPast(session, visit.now) && waits(session),
    geweest: (session) => isPast(session, visit.now),
  };
  const q = (searchParams.get('q') ?? '').trim().slice(0, 60);
  const words = wordsIn(q);
  const found = mine.filter(
    (session) => words.length === 0 || session.code === q.toUpperCase() || mentions(session, words, { themes, organisations }),
  );
  const view = deskViewIn(searchParams.get('beeld'));
  const shown = found.filter(of[view]);
  const page = pageAt(shown.length, searchParams.get('pagina'), perPage);
  return {
    edition,
    now: visit.now,
    themes,
    q,
    view,
    page,
    total: mine.length,
    working: working.slice(0, mostInTheWorks).map(({ code, title, state }) => ({ code, title, state })),
    mayMake: person.roles.some(({ role }) => role === 'manager') || mayLead(person, edition.slug),
    counts: { straks: found.filter(of.straks).length, wachtlijst: found.filter(of.wachtlijst).length, geweest: found.filter(of.geweest).length },
    days: byDay(shown.slice(page.from, page.until), edition.timeZone).map(({ day, sessions }) => ({
      day,
      sessions: sessions.map(({ id, code, title, themes, start, end, timeZone, state }) => ({
        code,
        title,
        theme: themes[0] ?? null,
        start,
        end,
        timeZone,
        isCancelled: state === 'cancelled',
        places: full.get(id)!,
      })),
    })),
  };
};
