// What the pages to sign in share: where somebody goes on, which ways there are, and what follows from a passkey.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { config } from '#ground/config.server.ts';
import type { Way } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import { deviceOf } from '#rooms/identity/device.ts';
import { wayBack } from '#rooms/identity/way.ts';

type Coming = Pick<RequestEvent, 'locals' | 'url' | 'request' | 'cookies' | 'getClientAddress' | 'setHeaders'>;

/** The page somebody came from, when it is one of ours. */
export const wayOf = ({ url }: Pick<RequestEvent, 'url'>): string | null => wayBack(url.searchParams.get('naar'), '') || null;

/** Which ways to sign in are enough for anybody at all. */
export const waysOffered = (): { readonly code: boolean; readonly passkey: boolean; readonly provider: string | null } => {
  const all: readonly Way[] = Object.values(config().signIn).flat();
  return { code: all.includes('code'), passkey: all.includes('passkey'), provider: all.includes('provider') ? identity.providerName() : null };
};

/** The browser and the machine of a visitor, in two words. */
export const deviceIn = ({ request }: Pick<RequestEvent, 'request'>): string | null => deviceOf(request.headers.get('user-agent'));

/** The minutes to wait, said to the browser as well. */
export function waitFor({ setHeaders }: Pick<RequestEvent, 'setHeaders'>, { retryAfter }: { readonly retryAfter: number }): number {
  setHeaders({ 'retry-after': String(retryAfter) });
  return Math.ceil(retryAfter / 60);
}

/** Lets in who proved to have a passkey; a weaker sign-in in this browser ends. */
export async function enterByPasskey(event: Coming) {
  const { visit, place } = event.locals;
  const answer = String((await event.request.formData()).get('answer') ?? '');
  const browser = identity.browserOf(event.cookies) ?? '';
  const entered = await identity.signInByPasskey(visit, answer, browser, event.getClientAddress(), deviceIn(event));
  if ('refused' in entered)
    return entered.refused === 'too-often' ? fail(429, { wait: waitFor(event, entered) }) : fail(409, { refusedPasskey: entered.refused });
  const before = identity.tokenIn(event.cookies);
  if (before !== null) await identity.signOut(visit, before);
  identity.keepSignedIn(event.cookies, entered.token);
  redirect(303, wayOf(event) ?? address(place, '/mijn-programma'));
}

/** Keeps the passkey that somebody made. When it counts at once they go on where they wanted, signed in by it. */
export async function keepPasskey(event: Coming) {
  const { visit, place } = event.locals;
  const form = await event.request.formData();
  const token = identity.tokenIn(event.cookies);
  const made = { token, device: deviceIn(event), name: String(form.get('name') ?? '').slice(0, 200) };
  const added = await identity.addPasskey(visit, String(form.get('answer') ?? ''), identity.browserOf(event.cookies) ?? '', made);
  if ('refused' in added) return fail(409, { refusedPasskey: added.refused });
  if (added.in) identity.keepSignedIn(event.cookies, added.in.token);
  const waits = added.passkey.usableAt > visit.now;
  const mine = `${address(place, '/mijn-gegevens/inloggen')}?gedaan=${waits ? 'wacht' : 'toegevoegd'}`;
  // The first administrator of an empty house has something to make.
  const isFirst = event.url.pathname.endsWith('/inloggen/beheerder') && event.locals.edition === null;
  redirect(303, waits ? mine : (wayOf(event) ?? (isFirst ? address(event.locals.place, '/begin') : mine)));
}
