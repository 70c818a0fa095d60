import { redirect, type RequestEvent } from '@sveltejs/kit';
import { address, readAddress } from '#ground/address.ts';
import { mayLead } from '#rooms/identity/may.ts';
import { window as windowAt } from '#rooms/wishes';
import { notHere } from '../../not-here.server.ts';
import { leader } from '../entrance.server.ts';

/** The window that the address names, for who leads its edition. */
export async function windowHere(event: RequestEvent<{ window: string }>) {
  const entered = leader(event);
  const window = await windowAt(entered.visit, event.params.window);
  if (!window || !mayLead(entered.person, window.edition)) return notHere(entered.visit);
  if (window.edition === entered.edition.slug) return { ...entered, window };
  // A window has one address, within its own edition.
  if (event.request.method !== 'GET') return notHere(entered.visit);
  redirect(308, address({ ...event.locals.place, edition: window.edition }, readAddress(event.url.pathname).path) + event.url.search);
}
