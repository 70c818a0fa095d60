import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';
import { mine } from '../mine.server.ts';
import type { PageServerLoad } from './$types';

/** A proposal as others will read it. */
export const load: PageServerLoad = async (event) => {
  const { visit, proposal, edition, call } = await mine(event);
  const [themes, organisations] = await Promise.all([programme.themes(visit, edition.id), identity.organisations(visit)]);
  const { proposers: _people, invitations: _asked, ...shown } = proposal;
  return {
    proposal: shown,
    questions: call.questions,
    themes: themes.filter(({ slug }) => proposal.themes.includes(slug)),
    organisations: organisations.filter(({ slug }) => proposal.organisations.includes(slug)),
  };
};
