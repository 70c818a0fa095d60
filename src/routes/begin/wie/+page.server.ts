import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { offerRole, offersOf } from '#rooms/identity';
import { fieldIn } from '#ui/field.ts';
import { beginning } from '../first.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The fourth step: who helps. Whoever is asked has the role when they say yes. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = await beginning(event);
  const asked = await offersOf(visit, { role: 'team', scope: edition.slug });
  return { asked: asked.map(({ id, email }) => ({ id, email })), did: event.url.searchParams.has('gevraagd') };
};

export const actions: Actions = {
  default: async (event) => {
    const { visit, edition } = await beginning(event);
    const email = fieldIn(await event.request.formData(), 'email', 254);
    if (email === '') return fail(400, { email, problem: 'problem.email-missing' });
    const offered = await offerRole(visit, email, { role: 'team', scope: edition.slug });
    if (isRefusal(offered)) return fail(409, { email, problem: `refused.${offered.refused}` });
    redirect(303, `${address(event.locals.place, '/begin/wie')}?gevraagd`);
  },
};
