import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { may, type Operation } from '#rooms/identity/access.ts';
import type { OfferedRole } from '#rooms/identity/offer.ts';
import { organisationIn, typedFrom, typedOrganisation } from '#rooms/identity/organisation-form.ts';
import * as programme from '#rooms/programme';
import { begunIn, meet, settled } from '#ui/meanwhile.ts';
import { notHere } from '../../../not-here.server.ts';
import { organiser, strongerFor } from '../../entrance.server.ts';
import { everybodyWith, justDone, roleActions } from '../../role-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Somebody who may do this with the organisation that the address names. */
async function keeper(event: RequestEvent, operation: Operation) {
  const entered = organiser(event);
  const organisation = await identity.organisationOf(entered.visit, event.params['organisation'] ?? '');
  if (!organisation) return notHere(entered.visit);
  const thing = { organisations: [organisation.slug], edition: entered.edition.slug };
  if (!may(entered.person, operation, thing)) return strongerFor(event, (person) => may(person, operation, thing));
  return { ...entered, organisation, thing };
}

const managing = (slug: string): OfferedRole => ({ role: 'manager', scope: slug });
const only =
  (role: OfferedRole) =>
  (other: OfferedRole): boolean =>
    other.role === role.role && other.scope === role.scope;

/** What an organisation says of itself, its sessions of this edition, and who manages it. */
export const load: PageServerLoad = async (event) => {
  const { visit, person, edition, organisation, thing } = await keeper(event, 'role.offer-manager');
  const role = managing(organisation.slug);
  const states = ['draft', 'submitted', 'accepted', 'declined', 'scheduled', 'published', 'cancelled'] as const;
  const sessions = (await programme.workingSessions(visit, edition.id, states)).filter(({ organisations }) => organisations[0] === organisation.slug);
  return {
    organisation,
    mayWrite: may(person, 'organisation.look-after', thing),
    typed: typedFrom(organisation),
    sessions: sessions.map(({ code, title, state }) => ({ code, title, state })),
    ...(await everybodyWith(visit, role)),
    done: await justDone(visit, event.url, only(role)),
    did:
      event.url.searchParams.get('gedaan') === 'gemaakt' ? ('gemaakt' as const) : event.url.searchParams.has('gedaan') ? ('bewaard' as const) : null,
    own: person.email,
  };
};

const here = (event: RequestEvent): string => address(event.locals.place, `/organisatie/organisaties/${event.params['organisation']}`);

export const actions: Actions = {
  bewaar: async (event) => {
    const { visit, organisation } = await keeper(event, 'organisation.look-after');
    const form = await event.request.formData();
    const mine = settled(form, typedOrganisation(form));
    const begun = begunIn(form);
    const read = organisationIn(mine);
    if ('problems' in read) return fail(400, { typed: mine, begun, problems: read.problems });
    const no = await identity.writeOrganisation(visit, organisation.slug, begun.revision, read.written);
    if (!isRefusal(no)) return redirect(303, `${here(event)}?gedaan=bewaard`);
    const now = (await identity.organisationOf(visit, organisation.slug)) ?? organisation;
    const meeting = meet({ revision: now.revision, base: begun.base, theirs: typedFrom(now), mine });
    return fail(409, { typed: meeting.fields, meeting });
  },
  ...roleActions(async (event) => {
    const { visit, organisation } = await keeper(event, 'role.offer-manager');
    const role = managing(organisation.slug);
    return { visit, asked: () => role, covers: only(role) };
  }, here),
};
