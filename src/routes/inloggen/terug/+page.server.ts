import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { deviceIn } from '../ways.server.ts';

export const csr = false;

/** Where the provider sends people back to. An earlier sign-in of this browser ends: it makes place for the stronger one. */
export const load: PageServerLoad = async (event) => {
  const { visit } = event.locals;
  const entered = await identity.enterFromProvider(visit, identity.browserOf(event.cookies) ?? '', event.url, deviceIn(event));
  if (isRefusal(entered)) {
    event.setHeaders({ 'cache-control': 'no-store' });
    return { refused: entered.refused };
  }
  const before = identity.tokenIn(event.cookies);
  if (before !== null) await identity.signOut(visit, before);
  identity.keepSignedIn(event.cookies, entered.token);
  redirect(303, entered.next);
};
