import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { config } from '#ground/config.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { say } from '#ground/text.ts';
import { asIfProven, mayRun } from '#rooms/identity/may.ts';
import * as itinerary from '#rooms/itinerary';
import { choiceCookie } from '#rooms/itinerary/cookie.ts';
import { placedThen } from '#rooms/itinerary/view.ts';
import { materialsOf } from '#rooms/library';
import { organisations, session, sessions, themes } from '#rooms/programme';
import { eventOf } from '#rooms/programme/event.ts';
import { inOrder } from '#rooms/programme/filter.ts';
import { prose } from '#rooms/programme/prose.ts';
import { attendances, isPast, type Attendance, type Session } from '#rooms/programme/session.ts';
import { local } from '#rooms/programme/when.ts';
import { choose, draftIn, keepDraftIn } from '#rooms/registration';
import { lines as linesOf } from '#rooms/seats';
import { sentence } from '#words';
import { sayWish, takeUpWish, takeWish, wishingFor } from '../wishing.server.ts';
import { notHere } from '../../not-here.server.ts';
import { signInFirst } from '../../sign-in-first.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One session: before, now or after, with what goes deeper on it and the reader's own place in it. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition, place } = event.locals;
  const found = await session(visit, event.params.code);
  if (found === null) notHere(visit);
  // A session has one address, within its own edition.
  if (found.edition !== edition?.slug)
    redirect(308, address({ ...place, edition: found.edition }, event.url.pathname.slice(event.url.pathname.indexOf('/programma/'))));
  // While nothing can be changed it waits in its cookie.
  if (event.locals.notices.readOnly === null) {
    await takeUpChoice(event);
    if (!event.isDataRequest) await takeUpWish(event, visit);
  }
  const asked = sessions(visit, edition.id);
  const [all, lines, hosts, own, wishing, queue, materials] = await Promise.all([
    asked,
    themes(visit, edition.id),
    organisations(visit, edition.id),
    itinerary.mineAmong(visit, edition.id, () => asked),
    wishingFor(visit, found.code),
    linesOf(visit, found),
    materialsOf(visit, found),
  ]);
  const near = (codes: readonly string[]): readonly Session[] => all.filter(({ code }) => codes.includes(code));
  const today = local(visit.now, edition.timeZone).day;
  const theme = found.themes[0];
  const entry = own.find(({ session }) => session.code === found.code) ?? null;
  return {
    now: visit.now,
    edition,
    isOver: edition.endsOn < today,
    session: found,
    themes: lines,
    organisations: hosts,
    line:
      theme === undefined ? [] : [...new Set([...all.filter(({ themes }) => themes[0] === theme), ...near([...found.deepens, ...found.deepenedBy])])],
    deepens: near(found.deepens),
    deepenedBy: near(found.deepenedBy),
    similar:
      found.state === 'cancelled' || isPast(found, visit.now)
        ? inOrder(
            all.filter((one) => isStillOn(one, found, visit.now)),
            today,
          ).slice(0, 3)
        : [],
    entry: entry && { seat: entry.seat, placedThen: placedThen(entry, own) },
    queue,
    materials,
    mayRun: mayRun(asIfProven(visit.person), found),
    wishing,
    description: prose(say(found.description, place.language).text),
    event: eventOf(found, hosts, place.language, new URL(event.url.pathname, event.url.origin).href),
  };
};

const isStillOn = (one: Session, found: Session, now: Date): boolean =>
  one.code !== found.code && one.start !== null && one.start > now && one.state !== 'cancelled' && one.themes[0] === found.themes[0];

export const actions: Actions = {
  /** Puts the session in the reader's programme; who has not signed in does so first, and the choice is kept meanwhile. */
  kies: async (event) => {
    const { visit } = event.locals;
    const form = await event.request.formData();
    const attendance = attendances.find((one) => one === form.get('attendance')) ?? null;
    if (visit.person === null) return askToSignIn(event, attendance);
    const entry = await itinerary.add(visit, event.params.code, { attendance });
    if (isRefusal(entry)) return fail(409, { refused: sentence(visit.language, `refused.${entry.refused}`) });
    redirect(303, event.url.pathname);
  },

  /** Takes the place that is offered to the reader. */
  neem: async (event) => {
    const { visit } = event.locals;
    if (visit.person === null) return askToSignIn(event, null, false);
    const seat = await itinerary.accept(visit, event.params.code);
    if (isRefusal(seat)) return fail(409, { refused: sentence(visit.language, `refused.${seat.refused}`) });
    redirect(303, event.url.pathname);
  },

  /** Takes the session out of the reader's programme. */
  'laat-los': async (event) => {
    const { visit } = event.locals;
    if (visit.person === null) return askToSignIn(event, null, false);
    const gone = await itinerary.drop(visit, event.params.code);
    if (isRefusal(gone)) return fail(409, { refused: sentence(visit.language, `refused.${gone.refused}`) });
    redirect(303, event.url.pathname);
  },

  wens: sayWish,
  'wens-weg': takeWish,
};

async function askToSignIn(event: RequestEvent, attendance: Attendance | null, keeps = true): Promise<never> {
  const { visit, edition } = event.locals;
  // Who has no account yet finds it in the guide as well.
  if (keeps && edition) keepDraftIn(event.cookies, (await choose(visit, draftIn(event.cookies), edition, event.params.code, attendance)).secret);
  const { name, options } = choiceCookie(config().baseUrl);
  if (keeps) event.cookies.set(name, `${event.params.code}.${attendance ?? ''}`, options);
  signInFirst(event);
}

/** The choice was posted by this browser before signing in, so it may be carried out on the way back. */
async function takeUpChoice(event: RequestEvent): Promise<void> {
  const { name, options } = choiceCookie(config().baseUrl);
  const kept = event.cookies.get(name);
  if (kept === undefined || event.locals.visit.person === null || event.isDataRequest) return;
  const [code, way] = kept.split('.');
  if (code !== event.params.code) return;
  event.cookies.delete(name, options);
  await itinerary.add(event.locals.visit, code, { attendance: attendances.find((one) => one === way) ?? null });
}
