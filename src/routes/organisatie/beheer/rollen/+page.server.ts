import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { fieldIn } from '#ui/field.ts';
import { pageAt } from '#ui/page.ts';
import * as identity from '#rooms/identity';
import { readGrant } from '#rooms/identity/role.ts';
import { administrator } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 50;

/** Who has which special role. */
export const load: PageServerLoad = async (event) => {
  const { visit, timeZone } = administrator(event);
  const page = pageAt(await identity.countRoles(visit), event.url.searchParams.get('pagina'), perPage);
  const done = event.url.searchParams.get('gedaan');
  return {
    timeZone,
    page,
    done: done === 'gegeven' || done === 'afgenomen' ? done : null,
    roles: await identity.rolesHeld(visit, { from: page.from, limit: perPage }),
  };
};

export const actions: Actions = {
  geef: async (event) => {
    const { visit } = administrator(event);
    const typed = readTyped(await event.request.formData());
    const role = roleOf(typed);
    if (role === null) return fail(400, { problem: { field: 'role', name: 'role-unknown' }, typed });
    const refusal = await identity.grant(visit, typed.email, role);
    if (!isRefusal(refusal)) redirect(303, `${address(event.locals.place, '/organisatie/beheer/rollen')}?gedaan=gegeven`);
    return fail(409, { refused: { field: refusal.refused === 'no-address' ? 'email' : 'scope', name: refusal.refused }, typed });
  },
  neem: async (event) => {
    const { visit } = administrator(event);
    const typed = readTyped(await event.request.formData());
    const role = roleOf(typed);
    if (role === null) return fail(400, { problem: { field: 'role', name: 'role-unknown' } });
    const refusal = await identity.takeAway(visit, typed.email, role);
    if (isRefusal(refusal)) return fail(409, { refused: { field: 'roles', name: refusal.refused } });
    redirect(303, `${address(event.locals.place, '/organisatie/beheer/rollen')}?gedaan=afgenomen`);
  },
};

const readTyped = (form: FormData) => ({ email: fieldIn(form, 'email', 300), role: fieldIn(form, 'role', 300), scope: fieldIn(form, 'scope', 300) });

/** A special role only: being a civil servant is no role that is given here. */
function roleOf({ role, scope }: { readonly role: string; readonly scope: string }) {
  const read = readGrant(scope === '' ? role : `${role}:${scope}`);
  return read === null || read.role === 'internal' ? null : read;
}
