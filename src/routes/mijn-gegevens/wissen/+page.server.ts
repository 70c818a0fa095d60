import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import * as identity from '#rooms/identity';
import { eraseMe } from '#rooms/privacy';
import { freshMinutes } from '#rooms/privacy/fresh.ts';
import { deviceIn, waysOffered } from '../../inloggen/ways.server.ts';
import { leaveBrowser } from '../../leaving.server.ts';
import { oneself } from '../oneself.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Who is erased comes back here as a visitor, and is told. */
export const load: PageServerLoad = async (event) => {
  if (!event.locals.visit.person && event.url.searchParams.has('gewist')) return { isErased: true as const };
  const visit = oneself(event);
  const browser = identity.browserOf(event.cookies);
  const asked = browser === null ? null : await identity.codeAsked(visit, browser);
  return {
    isErased: false as const,
    isFresh: await isFresh(event),
    isAsked: asked?.state === 'open' && asked.email === visit.person.email,
    minutes: freshMinutes,
    ways: waysOffered(),
  };
};

function isFresh(event: Pick<RequestEvent, 'locals' | 'cookies'>): Promise<boolean> {
  const token = identity.tokenIn(event.cookies);
  return token === null ? Promise.resolve(false) : identity.isFresh(event.locals.visit, { cookie: token }, freshMinutes);
}

const here = ({ locals: { place } }: RequestEvent, more = ''): never => redirect(303, `${address(place, '/mijn-gegevens/wissen')}${more}`);

export const actions: Actions = {
  code: async (event) => {
    const visit = oneself(event);
    const asked = await identity.askCode(visit, visit.person.email, identity.markBrowser(event.cookies), event.getClientAddress());
    if ('refused' in asked) return fail(409, { refused: asked.refused });
    here(event);
  },
  bewijs: async (event) => {
    const visit = oneself(event);
    const code = String((await event.request.formData()).get('code') ?? '').slice(0, 100);
    const entered = await identity.signIn(visit, code, identity.browserOf(event.cookies) ?? '', event.getClientAddress(), deviceIn(event));
    if ('refused' in entered) return fail(409, { codeRefused: entered.refused });
    identity.keepSignedIn(event.cookies, entered.token);
    here(event);
  },
  wis: async (event) => {
    const visit = oneself(event);
    if (!(await isFresh(event))) return fail(409, { refused: 'not-fresh' });
    if ((await event.request.formData()).get('zeker') !== 'ja') return fail(400, { problem: 'sure-missing' });
    const erased = await eraseMe(visit);
    if (erased) return fail(409, { refused: erased.refused });
    leaveBrowser(event.cookies);
    here(event, '?gewist');
  },
};
