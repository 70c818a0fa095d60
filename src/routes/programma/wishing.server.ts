// Wishes where sessions are read: in the programme, and on a session's own page.
import { fail, redirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { config } from '#ground/config.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { wayBack } from '#rooms/identity/way.ts';
import type { Edition } from '#rooms/programme/edition.ts';
import { isCode, type Session } from '#rooms/programme/session.ts';
import { unwish, windowOf, windows, wish, wishesOf, wishFor } from '#rooms/wishes';
import { wishCookie } from '#rooms/wishes/cookie.ts';
import { strengthIn, wayIn, wishable } from '#rooms/wishes/weighing.ts';
import { sentence } from '#words';
import { signInFirst } from '../sign-in-first.server.ts';

/** The window that a session's places wait for, with the reader's own wish; null where people sign up as usual. */
export async function wishingFor(visit: Visit, code: string) {
  const window = await windowOf(visit, code);
  if (window === null) return null;
  return { window, wish: await wishFor(visit, code) };
}

/** What can be wished in the programme now, and what the reader wished; null when no window is open. */
export async function wishingIn(visit: Visit, edition: Edition, sessions: readonly Session[]) {
  const all = await windows(visit, edition);
  const open = all.find(({ state }) => state === 'open');
  if (!open) return null;
  const codes = wishable(all, sessions, visit.now);
  const mine = await wishesOf(visit, edition.id);
  return {
    window: open.id,
    until: open.closesAt,
    codes: new Set(codes.keys()),
    mine: new Map(mine.map(({ session, strength }) => [session, strength])),
  };
}

/** A wish said on a session's own page; who has not signed in does so first, and the wish is kept meanwhile. */
export async function sayWish(event: RequestEvent<{ code: string }>) {
  const { visit } = event.locals;
  const { code } = event.params;
  const form = await event.request.formData();
  const strength = strengthIn(form.get('strength')) ?? 'want';
  const attendance = wayIn(form.get('attendance'));
  if (visit.person === null) {
    const { name, options } = wishCookie(config().baseUrl);
    event.cookies.set(name, [code, strength, attendance === null ? 'either' : (attendance ?? '')].join('.'), options);
    signInFirst(event);
  }
  const said = await wish(visit, code, { strength, ...(attendance !== undefined && { attendance }) });
  if (isRefusal(said)) return fail(409, { refused: sentence(visit.language, `refused.${said.refused}`) });
  redirect(303, `${event.url.pathname}#wens`);
}

/** Takes the wish back. */
export async function takeWish(event: RequestEvent<{ code: string }>) {
  const { visit } = event.locals;
  if (visit.person === null) signInFirst(event);
  const gone = await unwish(visit, event.params.code);
  if (isRefusal(gone)) return fail(409, { refused: sentence(visit.language, `refused.${gone.refused}`) });
  redirect(303, `${event.url.pathname}#wens`);
}

/** A wish that was said before signing in is said now. */
export async function takeUpWish(event: { readonly cookies: Cookies; readonly params: { readonly code: string } }, visit: Visit): Promise<void> {
  const { name, options } = wishCookie(config().baseUrl);
  const kept = event.cookies.get(name);
  if (kept === undefined || visit.person === null) return;
  const [code, strength, attendance] = kept.split('.');
  if (code !== event.params.code) return;
  event.cookies.delete(name, options);
  const how = wayIn(attendance);
  await wish(visit, code, { strength: strengthIn(strength) ?? 'want', ...(how !== undefined && { attendance: how }) });
}

/** One press in the list: 'ABC123:must', or 'ABC123:weg' for the same press again. Back to where it was pressed. */
export async function markWish(event: RequestEvent) {
  const { visit, place } = event.locals;
  const form = await event.request.formData();
  const back = wayBack(String(form.get('terug') ?? ''), address(place, '/programma'));
  if (visit.person === null) signInFirst(event, back);
  const [code = '', what] = String(form.get('wens')).split(':');
  const strength = strengthIn(what);
  const said =
    !isCode(code) || (strength === null && what !== 'weg') ? null : strength ? await wish(visit, code, { strength }) : await unwish(visit, code);
  if (isRefusal(said)) return fail(409, { refused: sentence(visit.language, `refused.${said.refused}`) });
  redirect(303, isCode(code) ? `${back.split('#', 1)[0]}#wens-${code}` : back);
}
