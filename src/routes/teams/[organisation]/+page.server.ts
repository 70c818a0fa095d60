import { redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';
import { notHere } from '../../not-here.server.ts';
import type { PageServerLoad } from './$types';

/** Who an organisation is, and what it gives in this edition: as far as the reader may see that. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition, place } = event.locals;
  const slug = event.params.organisation;
  const organisation = await identity.organisationOf(visit, slug);
  if (!organisation) return notHere(visit);
  if (organisation.slug !== slug) redirect(308, address(place, `/teams/${organisation.slug}`));
  const sessions = edition === null ? [] : await programme.sessions(visit, edition.id);
  const { name, about, website } = organisation;
  return {
    organisation: { slug, name, about, website },
    edition,
    now: visit.now,
    themes: edition === null ? [] : await programme.themes(visit, edition.id),
    organisations: edition === null ? [] : await programme.organisations(visit, edition.id),
    sessions: sessions.filter(({ organisations }) => organisations.includes(slug)).map(({ online: _, ...session }) => ({ ...session, online: null })),
  };
};
