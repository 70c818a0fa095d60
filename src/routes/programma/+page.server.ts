import { redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { mineAmong } from '#rooms/itinerary';
import { organisations, sessions, themes } from '#rooms/programme';
import { weeksOf } from '#rooms/programme/calendar-month.ts';
import { dayGrid } from '#rooms/programme/day-grid.ts';
import { byDay, chosen, inOrder, perPage, readFilter, type Choices } from '#rooms/programme/filter.ts';
import { isPast } from '#rooms/programme/session.ts';
import { local } from '#rooms/programme/when.ts';
import { markWish, wishingIn } from './wishing.server.ts';
import { notHere } from '../not-here.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The programme as the address asks for it: what is to come first, what is over below it, each in order of time. */
export const load: PageServerLoad = async ({ url, locals: { visit, edition, place } }) => {
  // Where there is no edition at all, home says so.
  if (edition === null && place.edition === null) redirect(303, address(place, '/'));
  if (edition === null) notHere(visit);
  const asked = sessions(visit, edition.id);
  const [all, lines, hosts, own] = await Promise.all([
    asked,
    themes(visit, edition.id),
    organisations(visit, edition.id),
    mineAmong(visit, edition.id, () => asked),
  ]);
  const today = local(visit.now, edition.timeZone).day;
  const days = [...new Set(all.flatMap(({ start }) => (start === null ? [] : [local(start, edition.timeZone).day])))].toSorted();
  const choices: Choices = {
    themes: lines,
    organisations: hosts,
    languages: [...new Set(all.flatMap(({ languages }) => languages))].toSorted(),
    days,
  };
  const { filter, ignored } = readFilter(url.searchParams, choices);
  const found = inOrder(chosen(all, filter, choices, visit.now), today);

  const [over, coming] = [found.filter((session) => isPast(session, visit.now)), found.filter((session) => !isPast(session, visit.now))];
  const from = Math.min(filter.pagina - 1, Math.max(0, Math.ceil(found.length / perPage) - 1)) * perPage;
  const shown = filter.weergave === 'lijst' ? [...coming, ...over].slice(from, from + perPage) : [];
  const day = days.includes(filter.wanneer) ? filter.wanneer : (days.find((one) => one >= today) ?? days.at(-1) ?? today);
  const at = days.indexOf(day);
  const wishing = await wishingIn(visit, edition, all);
  return {
    now: visit.now,
    today,
    edition,
    wishing,
    choices,
    filter,
    ignored,
    total: all.length,
    found: found.length,
    mine: own.map(({ session, seat }) => ({ code: session.code, as: seat.chosenAs })),
    list: {
      from,
      coming: byDay(
        shown.filter((session) => !isPast(session, visit.now)),
        edition.timeZone,
      ),
      over: byDay(
        shown.filter((session) => isPast(session, visit.now)),
        edition.timeZone,
      ),
    },
    month: filter.weergave === 'maand' ? weeksOf(found, edition) : null,
    grid:
      filter.weergave === 'dag'
        ? { day, before: days[at - 1] ?? null, after: days[at + 1] ?? null, table: dayGrid(onDay(found, day, edition.timeZone), lines) }
        : null,
  };
};

const onDay = <Item extends { readonly start: Date | null }>(sessions: readonly Item[], day: string, timeZone: string): readonly Item[] =>
  sessions.filter(({ start }) => start !== null && local(start, timeZone).day === day);

/** A wish said in the list. */
export const actions: Actions = { wens: markWish };
