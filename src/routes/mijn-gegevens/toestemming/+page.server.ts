import { redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import * as identity from '#rooms/identity';
import { purposes } from '#rooms/identity/consent.ts';
import { zoneOf } from '#rooms/programme/edition.ts';
import { withdraw } from '#rooms/privacy';
import { oneself } from '../oneself.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  consents: await identity.consentsOf(oneself(event)),
  timeZone: zoneOf(event.locals.edition),
  isGone: event.url.searchParams.has('ingetrokken'),
});

export const actions: Actions = {
  trekin: async (event) => {
    const visit = oneself(event);
    const said = (await event.request.formData()).get('purpose');
    const purpose = purposes.find((purpose) => purpose === said);
    if (purpose) await withdraw(visit, purpose);
    redirect(303, `${address(event.locals.place, '/mijn-gegevens/toestemming')}?ingetrokken`);
  },
};
