import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { address } from '#ground/address.ts';
import * as identity from '#rooms/identity';
import { deviceIn, enterByPasskey, waitFor, wayOf, waysOffered } from './ways.server.ts';

/** Which step this is, is known by the code that this browser asked for: reload, back and a second tab show the same. */
export const load: PageServerLoad = async (event) => {
  const { visit, place } = event.locals;
  const browser = identity.browserOf(event.cookies);
  return {
    way: wayOf(event),
    ways: waysOffered(),
    next: wayOf(event) ?? address(place, '/mijn-programma'),
    asked: visit.person || browser === null ? null : await identity.codeAsked(visit, browser),
    isNew: event.url.searchParams.has('nieuw'),
  };
};

export const actions: Actions = {
  ask: async (event) => {
    const email = String((await event.request.formData()).get('email') ?? '').slice(0, 500);
    if (email.trim() === '') return fail(400, { problem: 'email-missing', email });
    const asked = await identity.askCode(event.locals.visit, email, identity.markBrowser(event.cookies), event.getClientAddress());
    if (!('refused' in asked)) redirect(303, here(event));
    if (asked.refused === 'no-address') return fail(400, { problem: 'email-not-an-address', email });
    return fail(429, { wait: waitFor(event, asked), email });
  },
  enter: async (event) => {
    const code = String((await event.request.formData()).get('code') ?? '').slice(0, 100);
    const browser = identity.browserOf(event.cookies) ?? '';
    const entered = await identity.signIn(event.locals.visit, code, browser, event.getClientAddress(), deviceIn(event));
    if ('refused' in entered)
      return entered.refused === 'too-often'
        ? fail(429, { wait: waitFor(event, entered) })
        : fail(entered.refused === 'code-malformed' ? 400 : 409, { refused: entered.refused });
    identity.keepSignedIn(event.cookies, entered.token);
    redirect(303, wayOf(event) ?? address(event.locals.place, '/mijn-programma'));
  },
  passkey: enterByPasskey,
  again: async (event) => {
    const browser = identity.markBrowser(event.cookies);
    const waiting = await identity.codeAsked(event.locals.visit, browser);
    const asked = waiting && (await identity.askCode(event.locals.visit, waiting.email, browser, event.getClientAddress()));
    if (asked && 'refused' in asked) return fail(429, { wait: asked.refused === 'too-often' ? waitFor(event, asked) : 1 });
    redirect(303, here(event, 'nieuw'));
  },
  other: async (event) => {
    const browser = identity.browserOf(event.cookies);
    if (browser !== null) await identity.forgetCode(event.locals.visit, browser);
    redirect(303, here(event));
  },
};

function here(event: RequestEvent, mark?: string): string {
  const way = wayOf(event);
  const query = [...(way === null ? [] : [`naar=${encodeURIComponent(way)}`]), ...(mark === undefined ? [] : [mark])].join('&');
  return `${address(event.locals.place, '/inloggen')}${query && `?${query}`}`;
}
