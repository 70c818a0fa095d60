import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { textOf, typedOrganisation } from '#rooms/identity/organisation-form.ts';
import { pageAt } from '#ui/page.ts';
import { leader } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 50;

/** Every organisation, some at a time. */
export const load: PageServerLoad = async (event) => {
  const { visit } = leader(event);
  const q = (event.url.searchParams.get('q') ?? '').trim().slice(0, 60);
  const asked = Math.max(1, Math.trunc(Number(event.url.searchParams.get('pagina'))) || 1);
  const { items, count } = await identity.listOrganisations(visit, { q, from: (asked - 1) * perPage, limit: perPage });
  return { q, organisations: items, page: pageAt(count, String(asked), perPage) };
};

export const actions: Actions = {
  maak: async (event) => {
    const { visit } = leader(event);
    const typed = typedOrganisation(await event.request.formData());
    const made = await identity.makeOrganisation(visit, textOf(typed, 'name'));
    if (isRefusal(made)) return fail(409, { typed, refused: made.refused });
    return redirect(303, `${address(event.locals.place, `/organisatie/organisaties/${made}`)}?gedaan=gemaakt`);
  },
};
