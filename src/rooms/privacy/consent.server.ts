import { atOnce } from '#ground/database.server.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import type { Purpose } from '#rooms/identity/consent.ts';
import { forgetNeedsIn } from '#rooms/registration';

/** The visitor takes a yes back, as easily as they gave it: what it was about is gone everywhere at once. */
export const withdraw = (visit: Visit, purpose: Purpose): Promise<void> =>
  atOnce(visit, async (visit) => {
    await identity.withdraw(visit, purpose);
    if (purpose === 'access-needs' && visit.person) await forgetNeedsIn(visit, visit.person.id);
  });
