import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { zoneOf } from '#rooms/programme/edition.ts';
import { fieldIn } from '#ui/field.ts';
import { oneself } from '../mijn-gegevens/oneself.server.ts';
import { nameKey, namesOfScopes } from '../organisatie/role-names.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The roles that somebody is asked for. Looking uses nothing up: the link of the letter leads here, whoever follows it. */
export const load: PageServerLoad = async (event) => {
  const visit = oneself(event);
  const offers = await identity.offersFor(visit);
  const names = await namesOfScopes(visit, offers);
  return {
    offers: offers.map((offer) => ({ ...offer, of: names.get(nameKey(offer)) ?? null })),
    email: visit.person.email,
    timeZone: zoneOf(event.locals.edition),
    isDeclined: event.url.searchParams.has('nee'),
    isDone: event.url.searchParams.has('ja'),
  };
};

export const actions: Actions = {
  /** Yes. A special role asks for a stronger sign-in: on to that, which leads on by itself for who has one. */
  neem: async (event) => {
    const visit = oneself(event);
    const { place } = event.locals;
    const taken = await identity.acceptOffer(visit, fieldIn(await event.request.formData(), 'id', 36));
    if (isRefusal(taken)) return fail(409, { refused: taken.refused });
    const next = taken.role === 'moderator' ? '/uitnodiging' : taken.role === 'reviewer' ? '/beoordelen' : '/organisatie';
    redirect(
      303,
      `${address(place, '/inloggen/sterker')}?naar=${encodeURIComponent(`${address(place, next)}${next === '/uitnodiging' ? '?ja' : ''}`)}`,
    );
  },
  nee: async (event) => {
    const visit = oneself(event);
    const declined = await identity.declineOffer(visit, fieldIn(await event.request.formData(), 'id', 36));
    if (isRefusal(declined)) return fail(409, { refused: declined.refused });
    redirect(303, `${address(event.locals.place, '/uitnodiging')}?nee`);
  },
};
