import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import * as programme from '#rooms/programme';
import { addDays, daysBetween, mondayOf } from '#rooms/programme/when.ts';
import * as schedule from '#rooms/schedule';
import { isDay } from '#rooms/schedule/view.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the house proposes for the month, or how far it is with that. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const [found, board, themes] = [
    await schedule.lastOptimisation(visit, edition.id),
    await schedule.boardOf(visit, edition.id),
    await programme.themes(visit, edition.id),
  ];
  const sessions = new Map(board.sessions.map(({ id, title }) => [id, title]));
  const venues = new Map(board.venues.map(({ id, name }) => [id, name]));
  const read = (at: schedule.ProposedMove['from']) =>
    at && { start: new Date(at.startsAt), end: new Date(at.endsAt), place: at.venue && (venues.get(at.venue) ?? null) };
  const isOpen = found !== null && found.acceptedAt === null && found.droppedAt === null;
  return {
    ...{ edition, themes },
    canAsk: board.slots.length > 0 && board.sessions.length > 0,
    weeks: [...new Set(daysBetween(edition.startsOn, edition.endsOn).map(mondayOf))],
    found: isOpen
      ? {
          id: found.id,
          isReady: found.finishedAt !== null,
          progress: found.progress,
          moves: (found.moves ?? []).map(({ session, from, to, change }) => ({
            ...{ session, change, from: read(from), to: read(to) },
            title: sessions.get(session) ?? { nl: session },
          })),
        }
      : null,
    isAccepted: event.url.searchParams.has('gedaan'),
  };
};

export const actions: Actions = {
  /** Asks for a whole month, a week, a theme, or only what has no time yet. */
  vraag: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const [week, theme] = [fieldIn(form, 'week', 10), fieldIn(form, 'thema', 80)];
    const { sessions } = await schedule.boardOf(visit, edition.id);
    const isPart = theme !== '' || form.has('los');
    const some = sessions.filter(({ themes, spot }) => (theme === '' || themes.includes(theme)) && (!form.has('los') || spot === null));
    const asked = await schedule.askOptimisation(visit, edition.id, {
      sessions: isPart ? some.map(({ id }) => id) : null,
      days: isDay(week) ? { from: week, until: addDays(week, 6) } : null,
    });
    return after(event, asked, '');
  },
  /** All of it, as one change that can be taken back. */
  neem: async (event) => {
    const { visit, edition } = leader(event);
    return after(event, await schedule.acceptOptimisation(visit, edition.id, fieldIn(await event.request.formData(), 'id', 36)), '?gedaan');
  },
  weg: async (event) => {
    const { visit, edition } = leader(event);
    return after(event, await schedule.dropOptimisation(visit, edition.id, fieldIn(await event.request.formData(), 'id', 36)), '');
  },
};

function after({ locals }: RequestEvent, answer: unknown, said: string) {
  if (isRefusal(answer)) return fail(409, { refused: (answer satisfies Refusal).refused });
  redirect(303, address(locals.place, '/organisatie/rooster/voorstel') + said);
}
