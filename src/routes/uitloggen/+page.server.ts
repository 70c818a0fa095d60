import { redirect } from '@sveltejs/kit';
import type { Actions } from './$types';
import { address } from '#ground/address.ts';
import * as identity from '#rooms/identity';
import { leaveBrowser } from '../leaving.server.ts';

/** Only a press on the button signs out: a link that is followed by a machine, or put on another page, does not. */
export const actions: Actions = {
  default: async ({ locals: { visit, place }, cookies }) => {
    const token = identity.tokenIn(cookies);
    if (token !== null) await identity.signOut(visit, token);
    leaveBrowser(cookies);
    redirect(303, address(place, visit.person?.way === 'provider' ? '/uitloggen/provider' : '/uitloggen'));
  },
};
