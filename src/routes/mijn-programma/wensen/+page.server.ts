import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import * as itinerary from '#rooms/itinerary';
import type { Entry } from '#rooms/itinerary/entry.ts';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { isCode, type Session } from '#rooms/programme/session.ts';
import * as wishes from '#rooms/wishes';
import { whySaid } from '#rooms/wishes/told.ts';
import { strengthIn, wayIn, weighed, windowAbout } from '#rooms/wishes/weighing.ts';
import { isLive, type Window } from '#rooms/wishes/window.ts';
import { notHere } from '../../not-here.server.ts';
import { signInFirst } from '../../sign-in-first.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** My wishes as a list to weigh, and what came of the ones before. */
export const load: PageServerLoad = async ({ locals: { visit, edition }, url }) => {
  if (!edition) notHere(visit);
  const [all, windows, mine, entries, themes, organisations] = await Promise.all([
    programme.sessions(visit, edition.id),
    wishes.windows(visit, edition),
    wishes.wishesOf(visit, edition.id),
    itinerary.mine(visit, edition.id),
    programme.themes(visit, edition.id),
    programme.organisations(visit, edition.id),
  ]);
  const held = entries.filter(({ seat }) => seat.standing !== 'waiting').map(({ session }) => session);
  const weighedAll = weighed(mine, all, held);
  const live = windows.filter(isLive).toReversed();
  const answered = visit.person ? windows.filter(({ state }) => state === 'confirmed') : [];
  return {
    now: visit.now,
    timeZone: edition.timeZone,
    themes,
    organisations,
    live: live.map((window) => ({ window: known(window), wishes: weighedAll.filter(({ session }) => windowAbout(live, session) === window) })),
    answered: (await Promise.all(answered.map((window) => answerOf(visit, window, all, entries)))).filter((one) => one !== null),
    gone: goneIn(url.searchParams, all),
    isSaved: url.searchParams.has('bewaard'),
  };
};

/** As much of a window as this page tells. */
const known = ({ id, state, opensAt, closesAt, wanted }: Window) => ({ id, state, opensAt, closesAt, wanted });

async function answerOf(visit: Visit, window: Window, all: readonly Session[], entries: readonly Entry[]) {
  const outcome = await wishes.myOutcome(visit, window.id);
  if (outcome === null) return null;
  const titles = new Map(all.map(({ code, title }) => [code, title]));
  return {
    window: known(window),
    outcome: { pseudonym: outcome.pseudonym, share: outcome.share },
    answers: outcome.wishes.flatMap((wish) => {
      const session = all.find(({ code }) => code === wish.session);
      const seat = entries.find((entry) => entry.session.code === wish.session)?.seat ?? null;
      return session ? [{ ...wish, session: { ...session, description: {} }, why: whySaid(wish.why, titles, visit.language), seat }] : [];
    }),
  };
}

/** What the address says was taken away just now, with what is needed to put it back: 'ABC123:must:online'. */
function goneIn(said: URLSearchParams, all: readonly Session[]) {
  const back = said.get('weg') ?? '';
  const session = all.find(({ code }) => code === back.split(':')[0]);
  return session ? { title: session.title, back } : null;
}

export const actions: Actions = {
  /** Keeps everything as it is weighed on the page. */
  bewaar: async (event) => {
    const { visit, edition } = entered(event);
    const no = await keep(visit, edition, await event.request.formData());
    return no ? refused(no) : back(event, '?bewaard#wijziging');
  },
  /** Takes one wish away; what was weighed beside it is kept. */
  weg: async (event) => {
    const { visit, edition } = entered(event);
    const form = await event.request.formData();
    const no = await keep(visit, edition, form);
    if (no) return refused(no);
    const code = String(form.get('weg'));
    const wish = (await wishes.wishesOf(visit, edition.id)).find(({ session }) => session === code);
    if (!wish) return back(event, '');
    const gone = await wishes.unwish(visit, code);
    if (isRefusal(gone)) return refused(gone);
    return back(event, `?weg=${code}:${wish.strength}:${wish.attendance ?? 'either'}#wijziging`);
  },
  terug: async (event) => {
    const { visit } = entered(event);
    const [code = '', strength, attendance] = String((await event.request.formData()).get('terug')).split(':');
    if (!isCode(code)) return back(event, '');
    const again = await wishes.wish(visit, code, { strength: strengthIn(strength) ?? 'want', attendance: wayIn(attendance) ?? null });
    return isRefusal(again) ? refused(again) : back(event, `#wens-${code}`);
  },
};

/** Writes down what differs from what was wished before. */
async function keep(visit: Visit, edition: Edition, form: FormData): Promise<Refusal | null> {
  for (const wish of await wishes.wishesOf(visit, edition.id)) {
    const strength = strengthIn(form.get(`sterk-${wish.session}`)) ?? wish.strength;
    const way = wayIn(form.get(`hoe-${wish.session}`));
    const attendance = way === undefined ? wish.attendance : way;
    if (strength === wish.strength && attendance === wish.attendance) continue;
    const said = await wishes.wish(visit, wish.session, { strength, attendance });
    if (isRefusal(said)) return said;
  }
  return null;
}

function entered(event: RequestEvent): { visit: Visit; edition: Edition } {
  const { visit, edition } = event.locals;
  if (!edition) notHere(visit);
  if (!visit.person) signInFirst(event);
  return { visit, edition };
}

const back = (event: RequestEvent, said: string): never => redirect(303, address(event.locals.place, '/mijn-programma/wensen') + said);
const refused = ({ refused }: Refusal) => fail(409, { refused });
