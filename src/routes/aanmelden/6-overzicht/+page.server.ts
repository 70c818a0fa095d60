import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { isRefusal } from '#ground/refusal.ts';
import { address } from '#ground/address.ts';
import * as identity from '#rooms/identity';
import * as itinerary from '#rooms/itinerary';
import * as programme from '#rooms/programme';
import { draft, submit, versionIn } from '#rooms/registration';
import { windows } from '#rooms/wishes';
import { waitingFor } from '#rooms/wishes/weighing.ts';
import { stopsOf } from '#rooms/registration/stops.ts';
import { guideOf, mustBeOpen, pageOf } from '../guide.server.ts';

export const load: PageServerLoad = async (event) => {
  const guide = guideOf(event);
  const { visit, edition, secret, place } = guide;
  if (!visit.person) redirect(303, pageOf(place, '5-wie-ben-je'));
  mustBeOpen(guide, '6-overzicht', await event.parent());
  const known = await draft(visit, secret, edition);
  if (!known) redirect(303, pageOf(place, '1-vraag', '?verlopen'));
  const sessions = new Map((await programme.sessions(visit, edition.id)).map((session) => [session.code, session]));
  const mine = (await itinerary.mine(visit, edition.id)).map((entry) => entry.session);
  const { organisation } = known.draft.answers;
  return {
    wishing: waitingFor(await windows(visit, edition), [...sessions.values()]),
    stops: stopsOf(known.draft, sessions, mine, visit.now, visit.language),
    themes: await programme.themes(visit, edition.id),
    hosts: await programme.organisations(visit, edition.id),
    organisation: (await identity.organisations(visit)).find(({ slug }) => slug === (organisation ?? visit.person?.organisation)) ?? null,
    already: mine.length,
    now: visit.now,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { visit, secret, edition, place } = guideOf(event);
    const confirmed = await submit(visit, secret, edition, versionIn(await event.request.formData()));
    if (!isRefusal(confirmed)) redirect(303, `${address(place, '/mijn-programma')}?bevestigd`);
    switch (confirmed.refused) {
      case 'draft-gone':
        redirect(303, pageOf(place, '1-vraag', '?verlopen'));
      case 'draft-changed':
        redirect(303, pageOf(place, '6-overzicht', '?elders'));
      case 'nothing-chosen':
        redirect(303, pageOf(place, '4-voorstel'));
      case 'not-signed-in':
        redirect(303, pageOf(place, '5-wie-ben-je'));
    }
  },
};
