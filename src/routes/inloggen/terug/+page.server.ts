import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { deviceOf } from '#rooms/identity/device.ts';

export const csr = false;

/** Where the provider sends people back to. An earlier sign-in of this browser ends: it makes place for the stronger one. */
export const load: PageServerLoad = async ({ locals: { visit }, url, cookies, request, setHeaders }) => {
  const device = deviceOf(request.headers.get('user-agent'));
  const entered = await identity.enterFromProvider(visit, identity.browserOf(cookies) ?? '', url, device);
  if (isRefusal(entered)) {
    setHeaders({ 'cache-control': 'no-store' });
    return { refused: entered.refused };
  }
  const before = identity.tokenIn(cookies);
  if (before !== null) await identity.signOut(visit, before);
  identity.keepSignedIn(cookies, entered.token);
  redirect(303, entered.next);
};
