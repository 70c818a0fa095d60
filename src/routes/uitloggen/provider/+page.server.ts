import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { address } from '#ground/address.ts';
import * as identity from '#rooms/identity';

export const csr = false;

/**
 * Here somebody is out already; now at the provider too. The page goes there by itself, in a header: the policy of pages
 * lets no form end elsewhere, also not by way of a redirect.
 */
export const load: PageServerLoad = async ({ locals: { visit, place }, setHeaders }) => {
  const there = await identity.leaveProvider(visit);
  if (there === null) redirect(303, address(place, '/uitloggen'));
  setHeaders({ refresh: `0; url=${there.href}`, 'cache-control': 'no-store' });
  return { there: there.href, name: identity.providerName() ?? '' };
};
