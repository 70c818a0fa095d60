import { mayOrganise } from '#rooms/identity/may.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { place, edition, visit } }) => ({
  place,
  edition,
  person: visit.person && { email: visit.person.email, organisation: visit.person.organisation },
  mayOrganise: edition !== null && mayOrganise(visit.person, edition.slug),
});
