import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import * as proposals from '#rooms/proposals';
import { fieldIn } from '#ui/field.ts';
import { pageAt } from '#ui/page.ts';
import { leader } from '../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 50;

/** Who is in the committee, who was asked, and how the work is divided. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const { searchParams } = event.url;
  const isLevelled = searchParams.has('gelijk');
  const isShown = searchParams.has('verdeel');
  const [members, offers, organisations, division] = [
    await proposals.committee(visit, edition),
    await identity.offersOf(visit, { role: 'reviewer', scope: edition.slug }),
    await identity.organisations(visit),
    isShown ? await proposals.divide(visit, edition, { isLevelled }) : null,
  ];
  const page = pageAt(members.length, searchParams.get('pagina'), perPage);
  const did = searchParams.get('gedaan');
  return {
    edition,
    organisations,
    page,
    isLevelled,
    members: members.slice(page.from, page.until),
    offers: offers.map(({ id, email }) => ({ id, email })),
    refused: division && isRefusal(division) ? `refused.${division.refused}` : null,
    division: division && !isRefusal(division) ? { ...division, loads: named(division.loads, members) } : null,
    did: did === 'verdeeld' || did === 'gevraagd' || did === 'weg' ? (did as 'verdeeld' | 'gevraagd' | 'weg') : null,
  };
};

const named = <T extends { readonly reviewer: string }>(loads: readonly T[], members: readonly proposals.Member[]) =>
  loads.map((load) => ({ ...load, email: members.find(({ id }) => id === load.reviewer)?.email ?? '' }));
const back = (event: RequestEvent, said: string): never =>
  redirect(303, `${address(event.locals.place, '/organisatie/voorstellen/commissie')}?gedaan=${said}`);

export const actions: Actions = {
  /** Asks somebody by a letter. */
  nodig: async (event) => {
    const { visit, edition } = leader(event);
    const email = fieldIn(await event.request.formData(), 'email', 254);
    const done = await identity.offerRole(visit, email, { role: 'reviewer', scope: edition.slug });
    if (isRefusal(done)) return fail(409, { email, problem: `refused.${done.refused}` });
    return back(event, 'gevraagd');
  },

  trekin: async (event) => {
    const { visit, edition } = leader(event);
    const id = fieldIn(await event.request.formData(), 'id', 36);
    // Only what was offered for this committee.
    const isOurs = (await identity.offersOf(visit, { role: 'reviewer', scope: edition.slug })).some((offer) => offer.id === id);
    const no = isOurs ? await identity.endOffer(visit, id) : { refused: 'role-offer-gone' };
    if (no && isRefusal(no)) return fail(409, { refused: `refused.${no.refused}` });
    return back(event, 'weg');
  },

  neem: async (event) => {
    const { visit, edition } = leader(event);
    const email = fieldIn(await event.request.formData(), 'email', 254);
    const no = await identity.takeAway(visit, email, { role: 'reviewer', scope: edition.slug });
    if (no) return fail(409, { refused: `refused.${no.refused}` });
    return back(event, 'weg');
  },

  /** Divides the work as it was shown. */
  verdeel: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const done = await proposals.applyDivision(visit, edition, { isLevelled: form.has('gelijk'), seen: fieldIn(form, 'seen', 64) });
    if (isRefusal(done)) return fail(409, { refused: `refused.${done.refused}` });
    return back(event, 'verdeeld');
  },
};
