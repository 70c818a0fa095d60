import type { RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import { offeredRoles, type OfferedRole } from '#rooms/identity/offer.ts';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { isCode } from '#rooms/programme/session.ts';
import { fieldIn } from '#ui/field.ts';
import { pageAt } from '#ui/page.ts';
import { leader } from '../entrance.server.ts';
import { justDone, roleActions } from '../role-actions.server.ts';
import { nameKey, namesOfScopes } from '../role-names.server.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 50;

/** Who has which role in this edition, and who is asked for one. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition, person } = leader(event);
  const page = pageAt(await identity.countRolesIn(visit, edition.slug), event.url.searchParams.get('pagina'), perPage);
  const held = await identity.rolesIn(visit, edition.slug, { from: page.from, limit: perPage });
  const offers = await identity.offersIn(visit, edition.slug);
  const names = await namesOfScopes(visit, [...held, ...offers]);
  return {
    edition,
    page,
    held,
    offers,
    names: [...held, ...offers].map((role) => ({ key: nameKey(role), text: names.get(nameKey(role)) ?? { nl: role.scope } })),
    done: await justDone(visit, event.url, covers(visit, edition)),
    own: person.email,
  };
};

const covers =
  (visit: Visit, edition: Edition) =>
  async ({ role, scope }: OfferedRole): Promise<boolean> => {
    if (role === 'manager') return true;
    if (role === 'team' || role === 'reviewer') return scope === edition.slug;
    return offeredRoles.includes(role) && isCode(scope) && (await programme.workingSession(visit, scope))?.edition === edition.slug;
  };

export const actions: Actions = roleActions(
  async (event) => {
    const { visit, edition } = leader(event);
    const isHere = covers(visit, edition);
    return {
      visit,
      covers: isHere,
      asked: async (form) => {
        const role = offeredRoles.find((one) => one === fieldIn(form, 'role', 20));
        if (!role) return { problem: 'problem.role-unknown' };
        const scope = await scopeIn(visit, role, fieldIn(form, 'scope', 100), edition);
        const asked = { role, scope: scope ?? '' };
        return scope !== null && (await isHere(asked)) ? asked : { problem: 'problem.role-scope-missing' };
      },
    };
  },
  (event: RequestEvent) => address(event.locals.place, '/organisatie/rollen'),
);

/** A session by its code, an organisation by its name; the edition is this one. */
async function scopeIn(visit: Visit, role: OfferedRole['role'], typed: string, edition: Edition): Promise<string | null> {
  if (role === 'team' || role === 'reviewer') return edition.slug;
  if (role === 'manager') return (await identity.organisationNamed(visit, typed))?.slug ?? null;
  return typed.toUpperCase();
}
