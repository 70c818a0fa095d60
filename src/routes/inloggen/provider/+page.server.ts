import { error, redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { wayBack } from '#rooms/identity/way.ts';
import { sentence } from '#words';

export const csr = false;

/** On to the provider, and back at /inloggen/terug. A link and not a form: the policy of pages lets no form end elsewhere. */
export const load: PageServerLoad = async ({ locals: { visit, place }, url, cookies, getClientAddress, setHeaders }) => {
  const way = wayBack(url.searchParams.get('naar'), '');
  const next = way === '' ? address(place, '/mijn-programma') : way;
  const there = await identity.askProvider(visit, identity.markBrowser(cookies), next, getClientAddress());
  if (!isRefusal(there)) redirect(303, there, { external: [there.origin] });
  if (there.refused === 'provider-none') error(404, sentence(visit.language, 'refused.provider-none'), { request: visit.request });
  setHeaders({ 'cache-control': 'no-store', ...('retryAfter' in there && { 'retry-after': String(there.retryAfter) }) });
  return { refused: there.refused, again: `?naar=${encodeURIComponent(next)}` };
};
