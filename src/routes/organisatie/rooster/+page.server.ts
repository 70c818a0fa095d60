import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as programme from '#rooms/programme';
import * as schedule from '#rooms/schedule';
import { cardsOf } from '#rooms/schedule/card.ts';
import { spotIn, typedOf, typedSpot } from '#rooms/schedule/place-form.ts';
import { dayView, inView, isShown, lookingAt, lookingIn, monthView, weekView } from '#rooms/schedule/view.ts';
import { mondayOf } from '#rooms/programme/when.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

const mostUnplaced = 60;

/** The month in the making: a month, a week or a day of it, what has no place yet, and one session to move by form. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const { searchParams } = event.url;
  const looking = lookingIn(searchParams, edition, visit.now);
  const board = await schedule.boardOf(visit, edition.id);
  const [themes, organisations, share, undoable] = await Promise.all([
    programme.themes(visit, edition.id),
    programme.organisations(visit, edition.id),
    schedule.attendableShare(visit, edition.id, board),
    schedule.undoable(visit, edition.id),
  ]);
  const card = cardsOf(board, themes);
  const { shown, unplaced } = inView(board, looking, edition);
  const cards = shown.map(card);
  const asked = board.sessions.find(({ code }) => code === searchParams.get('sessie'));
  const did = searchParams.get('gedaan');
  return {
    ...{ edition, looking, themes, organisations, share },
    venues: board.venues,
    day: looking.weergave === 'dag' ? dayView(cards, board.slots, board.venues, looking.dag, edition.timeZone) : null,
    week: looking.weergave === 'week' ? weekView(cards, board.slots, mondayOf(looking.dag), edition.timeZone) : null,
    month: looking.weergave === 'maand' ? monthView(board.sessions.filter((one) => isShown(looking, one)).map(card), board.slots, edition) : null,
    hasSlots: board.slots.length > 0,
    unplaced: unplaced.slice(0, mostUnplaced).map(card),
    countUnplaced: unplaced.length,
    asked: asked ? { card: card(asked), typed: typedOf(asked, edition.timeZone) } : null,
    canUndo: undoable.undo !== null,
    canRedo: undoable.redo !== null,
    did: done.find((one) => one === did) ?? null,
  };
};

const done = ['gezet', 'vast', 'los', 'terug', 'opnieuw'] as const;

export const actions: Actions = {
  /** Puts a session somewhere, or nowhere. */
  zet: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const typed = typedSpot(form);
    const read = form.has('nergens') ? { spot: null } : spotIn(typed, await schedule.venues(visit, edition.id), edition.timeZone);
    if ('problems' in read) return fail(400, { typed, problems: read.problems });
    return told(event, await schedule.place(visit, edition.id, typed.code, read.spot, typed.revision), 'gezet');
  },
  /** Puts it where a cell of the board is. */
  cel: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const [start, end] = [new Date(Number(fieldIn(form, 'start', 16))), new Date(Number(fieldIn(form, 'end', 16)))];
    if (!(start < end)) return fail(400, { refused: 'slot-unknown' as const, where: null });
    const venue = (await schedule.venues(visit, edition.id)).find(({ id }) => id === fieldIn(form, 'venue', 36))?.id ?? null;
    const { code, revision } = typedSpot(form);
    return told(event, await schedule.place(visit, edition.id, code, { start, end, venue }, revision), 'gezet');
  },
  /** The optimiser leaves it where it is, or may move it again. */
  vast: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const { code, revision } = typedSpot(form);
    const isPinned = fieldIn(form, 'vast', 3) === 'ja';
    return told(event, await schedule.pin(visit, edition.id, code, isPinned, revision), isPinned ? 'vast' : 'los');
  },
  terug: async (event) => {
    const { visit, edition } = leader(event);
    const no = await schedule.undo(visit, edition.id);
    return no ? fail(409, { refused: no.refused, where: null }) : back(event, 'terug');
  },
  opnieuw: async (event) => {
    const { visit, edition } = leader(event);
    const no = await schedule.redo(visit, edition.id);
    return no ? fail(409, { refused: no.refused, where: null }) : back(event, 'opnieuw');
  },
};

function told(event: RequestEvent, placed: Awaited<ReturnType<typeof schedule.place>>, done: string) {
  if (!isRefusal(placed)) return back(event, done);
  if (!('session' in placed)) return fail(409, { refused: placed.refused, where: null });
  const { session, by } = placed;
  return fail(409, { refused: placed.refused, where: { code: session.code, title: session.title, spot: session.spot, by } });
}

/** To the same view of the board. */
function back({ locals: { place, visit, edition }, url }: RequestEvent, gedaan: string): never {
  const looking = edition && lookingIn(url.searchParams, edition, visit.now);
  redirect(303, address(place, '/organisatie/rooster') + (looking ? lookingAt(looking, { gedaan }) : ''));
}
