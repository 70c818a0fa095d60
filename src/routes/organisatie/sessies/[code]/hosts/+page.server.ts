import type { RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import type { OfferedRole } from '#rooms/identity/offer.ts';
import { everybodyWith, justDone, roleActions } from '../../../role-actions.server.ts';
import { worker } from '../../../working.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Who hosts a session, and who is asked to. */
export const load: PageServerLoad = async (event) => {
  const { visit, session, person } = await worker(event, 'role.offer-host');
  const role: OfferedRole = { role: 'host', scope: session.code };
  return { session, ...(await everybodyWith(visit, role)), done: await justDone(visit, event.url, only(role)), own: person.email };
};

const only =
  (role: OfferedRole) =>
  (other: OfferedRole): boolean =>
    other.role === role.role && other.scope === role.scope;

export const actions: Actions = roleActions(
  async (event) => {
    const { visit, session } = await worker(event, 'role.offer-host');
    const role: OfferedRole = { role: 'host', scope: session.code };
    return { visit, asked: () => role, covers: only(role) };
  },
  (event: RequestEvent) => address(event.locals.place, `/organisatie/sessies/${event.params['code']}/hosts`),
);
