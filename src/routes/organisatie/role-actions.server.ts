// Who has a role, who is asked for one, and the forms that change that: the same for an edition, an organisation and a session.
import { fail, redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { isRefusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import type { OfferedRole, RoleOffer } from '#rooms/identity/offer.ts';
import { fieldIn } from '#ui/field.ts';

export interface Entered {
  readonly visit: Visit;
  /** The role that a form asks somebody for, or what is wrong with it. */
  readonly asked: (form: FormData) => OfferedRole | { readonly problem: string } | Promise<OfferedRole | { readonly problem: string }>;
  /** Whether a role is one of those that are arranged here. */
  readonly covers: (role: OfferedRole) => boolean | Promise<boolean>;
}

/** `here` is the page itself, for who comes back from a form. */
export const roleActions = (enter: (event: RequestEvent) => Promise<Entered>, here: (event: RequestEvent) => string) =>
  ({
    vraag: async (event: RequestEvent) => {
      const { visit, asked } = await enter(event);
      const form = await event.request.formData();
      const typed = { email: fieldIn(form, 'email', 300), role: fieldIn(form, 'role', 20), scope: fieldIn(form, 'scope', 100) };
      const role = await asked(form);
      if ('problem' in role) return fail(400, { roles: { field: 'scope', say: role.problem, typed } });
      const offer = await identity.offerRole(visit, typed.email, role);
      if (isRefusal(offer))
        return fail(409, { roles: { field: offer.refused.endsWith('-unknown') ? 'scope' : 'email', say: `refused.${offer.refused}`, typed } });
      return redirect(303, `${here(event)}?gevraagd=${offer}#rollen`);
    },
    stop: async (event: RequestEvent) => {
      const { visit, covers } = await enter(event);
      const offer = await offerIn(visit, event, covers);
      if (offer === null || isRefusal(await identity.endOffer(visit, offer.id))) return gone();
      return redirect(303, `${here(event)}?weg=${offer.id}#rollen`);
    },
    // Taken back by mistake: the same person is asked again, by a new letter.
    opnieuw: async (event: RequestEvent) => {
      const { visit, covers } = await enter(event);
      const ended = await offerIn(visit, event, covers);
      const offer = ended && (await identity.offerRole(visit, ended.email, ended));
      if (offer === null || isRefusal(offer)) return gone();
      return redirect(303, `${here(event)}?gevraagd=${offer}#rollen`);
    },
    neem: async (event: RequestEvent) => {
      const { visit, covers } = await enter(event);
      const form = await event.request.formData();
      const role = { role: fieldIn(form, 'role', 20), scope: fieldIn(form, 'scope', 100) } as OfferedRole;
      const email = fieldIn(form, 'email', 300);
      if (!(await covers(role)) || isRefusal(await identity.revoke(visit, email, role))) return gone();
      // Said in the answer itself: an address does not stand in an address.
      return { taken: { email, ...role } };
    },
  }) satisfies Actions;

async function offerIn(visit: Visit, event: RequestEvent, covers: Entered['covers']): Promise<RoleOffer | null> {
  const offer = await identity.offerWith(visit, fieldIn(await event.request.formData(), 'id', 36));
  return offer && (await covers(offer)) ? offer : null;
}
const gone = () => fail(409, { roles: { field: 'rollen', say: 'refused.role-offer-gone', typed: null } });

/** What was done just now, as far as the address says so. */
export async function justDone(visit: Visit, url: URL, covers: Entered['covers']) {
  const find = async (name: string) => {
    const offer = await identity.offerWith(visit, url.searchParams.get(name) ?? '');
    return offer && (await covers(offer)) ? { id: offer.id, email: offer.email, isOpen: offer.isOpen } : null;
  };
  return { asked: await find('gevraagd'), ended: await find('weg') };
}

/** Everything of one role. */
export const everybodyWith = async (visit: Visit, role: OfferedRole) => ({
  held: await identity.rolesOf(visit, role),
  offers: await identity.offersOf(visit, role),
});
