import { error, fail, redirect, type Cookies } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { address } from '#ground/address.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import * as calendar from '#rooms/calendar';
import * as itinerary from '#rooms/itinerary';
import type { Entry } from '#rooms/itinerary/entry.ts';
import { placedThen, told, viewIn } from '#rooms/itinerary/view.ts';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { attendances } from '#rooms/programme/session.ts';
import { draft, draftIn, keepDraftIn, lookFor } from '#rooms/registration';
import { myOutcome, windows, wishesOf } from '#rooms/wishes';
import { mostTold } from '#rooms/wishes/told.ts';
import { signInFirst } from '../sign-in-first.server.ts';

/** My programme in this edition; a visitor hears what will be here. */
export const load: PageServerLoad = async ({ locals: { visit, edition }, cookies, url }) => {
  if (!edition) error(404);
  const asked = programme.sessions(visit, edition.id);
  const [sessions, mine, known, themes, organisations, hasFeed, wishing] = await Promise.all([
    asked,
    itinerary.mineAmong(visit, edition.id, () => asked),
    draft(visit, draftIn(cookies), edition),
    programme.themes(visit, edition.id),
    programme.organisations(visit, edition.id),
    calendar.hasFeed(visit),
    wishingOf(visit, edition),
  ]);
  const titles = new Map(sessions.map(({ code, title }) => [code, title]));
  const hosts = new Set(mine.flatMap(({ session }) => session.organisations));
  return {
    entries: told(mine, sessions, visit.now),
    month: mine.length > 0 ? sessions.map(({ code, themes, start, end, deepens, state }) => ({ code, themes, start, end, deepens, state })) : [],
    themes,
    organisations: organisations.filter(({ slug }) => hosts.has(slug)),
    view: viewIn(url.searchParams.get('beeld')),
    outcomes:
      url.searchParams.has('bevestigd') && known?.isConfirmed
        ? known.draft.outcomes.map((outcome) => ({ ...outcome, title: titles.get(outcome.session) ?? {} }))
        : [],
    isUnfinished:
      known !== null && !known.isConfirmed && known.draft.choices.some((choice) => !mine.some(({ session }) => session.code === choice.session)),
    changed: await changedIn(visit, edition, url.searchParams, mine),
    hasFeed,
    wishing,
    now: visit.now,
  };
};

/** The window of wishes that there is something to say about, with how many wishes the visitor has. */
async function wishingOf(visit: Visit, edition: Edition) {
  const window = visit.person && mostTold(await windows(visit, edition), visit.now);
  // What came of wishes is of no use to who gave none.
  if (!window || (window.state === 'confirmed' && (await myOutcome(visit, window.id)) === null)) return null;
  const { state, opensAt, closesAt } = window;
  return { window: { state, opensAt, closesAt }, count: (await wishesOf(visit, edition.id)).length, timeZone: edition.timeZone };
}

/** What the address says was changed just now: taken out, with what is needed to put it back, taken, or another way of taking part. */
async function changedIn(visit: Visit, edition: Edition, said: URLSearchParams, mine: readonly Entry[]) {
  const what = said.has('eruit') ? 'dropped' : said.has('genomen') ? 'accepted' : 'attends';
  const code = said.get('eruit') ?? said.get('genomen') ?? said.get('anders');
  const session = visit.person && code ? await programme.session(visit, code) : null;
  if (!session || session.edition !== edition.slug) return null;
  const entry = mine.find((one) => one.session.code === session.code);
  if (what === 'accepted' && entry?.seat.standing !== 'held') return null;
  return {
    what: what as 'dropped' | 'accepted' | 'attends',
    code: session.code,
    title: session.title,
    seat: entry?.seat ?? null,
    placedThen: entry ? placedThen(entry, mine) : [],
    back: what === 'dropped' ? `${session.code}:${said.get('hoe') ?? ''}:${said.get('als') ?? ''}` : null,
  };
}

export const actions: Actions = {
  drop: async (event) => {
    const { visit, edition } = entered(event);
    const code = String((await event.request.formData()).get('session'));
    const seat = (await itinerary.mine(visit, edition.id)).find(({ session }) => session.code === code)?.seat;
    if (!seat) return back(event, '');
    const gone = await itinerary.drop(visit, code);
    if (isRefusal(gone)) return no(gone);
    back(event, `?eruit=${code}&hoe=${seat.attendance}&als=${seat.chosenAs}#wijziging`);
  },
  restore: async (event) => {
    const { visit } = entered(event);
    const { code, attendance, as } = asked(await event.request.formData());
    const entry = await itinerary.add(visit, code, { attendance, as });
    if (isRefusal(entry)) return no(entry);
    back(event, `#stop-${entry.session}`);
  },
  accept: async (event) => {
    const { visit } = entered(event);
    const code = String((await event.request.formData()).get('session'));
    const seat = await itinerary.accept(visit, code);
    if (isRefusal(seat)) return no(seat);
    back(event, `?genomen=${seat.session}#wijziging`);
  },
  attend: async (event) => {
    const { visit } = entered(event);
    const { code, attendance } = asked(await event.request.formData());
    const entry = await itinerary.add(visit, code, { attendance });
    if (isRefusal(entry)) return no(entry);
    back(event, `?anders=${entry.session}#wijziging`);
  },
  more: async (event) => {
    const { visit, edition } = entered(event);
    const kind = (await event.request.formData()).get('kind') === 'fit' ? { fits: 1, surprises: 0 } : { fits: 0, surprises: 1 };
    keepDraftIn(event.cookies, (await lookFor(visit, draftIn(event.cookies), edition, kind)).secret);
    redirect(303, address(event.locals.place, '/aanmelden/4-voorstel'));
  },
  feed: async (event) => {
    const feed = await calendar.feedAddress(entered(event).visit);
    return isRefusal(feed) ? no(feed) : { feed };
  },
  endFeed: async (event) => {
    await calendar.endFeed(entered(event).visit);
    back(event, '#agenda');
  },
};

function entered(event: RequestEvent): { visit: Visit; edition: Edition; cookies: Cookies } {
  const { visit, edition } = event.locals;
  if (!edition) error(404);
  if (!visit.person) signInFirst(event);
  return { visit, edition, cookies: event.cookies };
}

/** 'ABC123:online:fit' */
function asked(form: FormData) {
  const [code = '', attendance, as] = String(form.get('session')).split(':');
  const how = attendances.find((one) => one === attendance);
  const why = (['fit', 'surprise', 'own'] as const).find((one) => one === as);
  return { code, attendance: how ?? null, as: why ?? 'own' };
}

const back = (event: RequestEvent, said: string): never => redirect(303, address(event.locals.place, '/mijn-programma') + said);
const no = ({ refused }: Refusal) => fail(409, { refused });
