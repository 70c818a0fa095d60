import { asIfProven, mayAdminister, mayOrganise } from '#rooms/identity/may.ts';
import { isTold } from '#rooms/upkeep/notice.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { place, edition, visit, notices, notSent } }) => ({
  place,
  edition,
  person: visit.person && { email: visit.person.email, organisation: visit.person.organisation },
  newPasskey: visit.person?.newPasskey ?? null,
  closed: notices.readOnly && { message: notices.readOnly.message },
  announcement: notices.announcement && isTold(notices.announcement, visit.now) ? notices.announcement.text : null,
  notSent: notSent ?? null,
  mayAdminister: mayAdminister(asIfProven(visit.person)),
  mayOrganise: edition !== null && mayOrganise(asIfProven(visit.person), edition.slug),
});
