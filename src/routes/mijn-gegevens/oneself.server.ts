import { redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import type { Person, Visit } from '#ground/visit.ts';

/** Who has signed in; who has not does so first and comes back. */
export function oneself({ locals: { visit, place }, url }: Pick<RequestEvent, 'locals' | 'url'>): Visit & { readonly person: Person } {
  const { person } = visit;
  if (!person) redirect(303, `${address(place, '/inloggen')}?naar=${encodeURIComponent(url.pathname)}`);
  return { ...visit, person };
}
