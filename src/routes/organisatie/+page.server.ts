import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { asIfProven, mayAdminister, mayLead } from '#rooms/identity/may.ts';
import * as programme from '#rooms/programme';
import { wholeIn } from '#rooms/seats/typed.ts';
import { leader, organiser } from './entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Where an edition is arranged. Who runs some sessions of it goes straight to those. */
export const load: PageServerLoad = (event) => {
  const { visit, edition: any, place } = event.locals;
  // In an empty house there is one thing to do.
  if (any === null && place.edition === null && mayAdminister(asIfProven(visit.person))) redirect(303, address(place, '/begin'));
  const { person, edition } = organiser(event);
  if (!mayLead(person, edition.slug)) redirect(303, address(event.locals.place, '/organisatie/sessies'));
  return { edition, isSaved: event.url.searchParams.has('bewaard') };
};

export const actions: Actions = {
  /** How long an offered place waits for an answer. */
  aannemen: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const typed = { how: String(form.get('how')), hours: String(form.get('hours') ?? '').slice(0, 20) };
    const hours = typed.how === 'ask' ? wholeIn(typed.hours, 1, 168) : null;
    if (typed.how === 'ask' && hours === null) return fail(400, { problem: 'hours-not-a-number', ...typed });
    await programme.setAcceptHours(visit, edition.id, hours);
    redirect(303, `${address(event.locals.place, '/organisatie')}?bewaard#aannemen`);
  },
};
