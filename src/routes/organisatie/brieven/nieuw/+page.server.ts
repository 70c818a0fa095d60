import { redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import * as mail from '#rooms/mail';
import { leader } from '../../entrance.server.ts';
import { looked, mailingIn, unfit } from '../mailing.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A new letter to a group. */
export const load: PageServerLoad = (event) => ({ edition: leader(event).edition });

export const actions: Actions = {
  bekijk: async (event) => {
    const { visit, edition } = leader(event);
    return looked(visit, edition, mailingIn(await event.request.formData()));
  },
  bewaar: async (event) => {
    const { visit, edition } = leader(event);
    const asked = mailingIn(await event.request.formData());
    const made = await mail.writeMailing(visit, edition, asked.draft);
    if ('problems' in made) return unfit(asked, made.problems);
    redirect(303, address(event.locals.place, `/organisatie/brieven/${made.id}`));
  },
};
