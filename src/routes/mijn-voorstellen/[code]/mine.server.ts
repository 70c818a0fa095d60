// A proposal for those who wrote it; to everybody else there is nothing here.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { address, readAddress } from '#ground/address.ts';
import * as programme from '#rooms/programme';
import { callOf, proposalOf } from '#rooms/proposals';
import { oneself } from '../../mijn-gegevens/oneself.server.ts';
import { notHere } from '../../not-here.server.ts';

export async function mine(event: RequestEvent) {
  const visit = oneself(event);
  const proposal = await proposalOf(visit, event.params['code'] ?? '');
  const edition = proposal && (await programme.edition(visit, proposal.edition));
  const call = edition && (await callOf(visit, edition));
  if (!proposal || !edition || !call) return notHere(visit);
  // A proposal has one address, within its own edition.
  if (event.locals.edition?.slug !== edition.slug) {
    if (event.request.method !== 'GET') return notHere(visit);
    redirect(308, address({ ...event.locals.place, edition: edition.slug }, readAddress(event.url.pathname).path) + event.url.search);
  }
  return { visit, proposal, edition, call };
}
