import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { may } from '#rooms/identity/access.ts';
import { mayLead } from '#rooms/identity/may.ts';
import * as programme from '#rooms/programme';
import { capacityIn, typedSession, writtenIn } from '#rooms/programme/written-form.ts';
import { fieldIn } from '#ui/field.ts';
import type { Typed } from '#ui/meanwhile.ts';
import { notHere } from '../../../not-here.server.ts';
import { organiser, strongerFor } from '../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Who makes sessions: the programme team for everybody, who manages an organisation for that one. */
function maker(event: RequestEvent) {
  const entered = organiser(event);
  const own = entered.person.roles.flatMap(({ role, scope }) => (role === 'manager' ? [scope] : []));
  const leads = mayLead(entered.person, entered.edition.slug);
  if (!leads && own.length === 0)
    return strongerFor(event, (person) => person?.roles.some(({ role }) => role === 'manager' || role === 'team' || role === 'admin') ?? false);
  return { ...entered, own: leads ? null : own };
}

const nothing: Typed = { languages: ['nl'], visibility: 'public', format: 'workshop', themes: [] };

export const load: PageServerLoad = async (event) => {
  const { visit, edition, own } = maker(event);
  return { edition, themes: await programme.themes(visit, edition.id), own, typed: nothing };
};

export const actions: Actions = {
  maak: async (event) => {
    const { visit, person, edition, own } = maker(event);
    const form = await event.request.formData();
    const leads = own === null ? null : (own.find((slug) => slug === fieldIn(form, 'leads', 100)) ?? own[0] ?? null);
    const places = { onSite: fieldIn(form, 'onSite', 20), online: fieldIn(form, 'online-places', 20) };
    const typed = typedSession(form);
    const capacity = capacityIn(form);
    const read = writtenIn(typed, { before: null, leads });
    const wrong = {
      ...('problems' in read ? read.problems : {}),
      ...(capacity.onSite === undefined && { onSite: 'places-not-a-number' }),
      ...(capacity.online === undefined && { 'online-places': 'places-not-a-number' }),
    };
    if ('problems' in read || capacity.onSite === undefined || capacity.online === undefined)
      return fail(400, { typed, places, leads, problems: wrong });
    if (!may(person, 'session.make', { edition: edition.slug, organisations: read.written.organisations })) return notHere(visit);
    const made = await programme.makeSession(
      visit,
      edition.id,
      { ...read.written, capacity: { onSite: capacity.onSite, online: capacity.online } },
      'draft',
    );
    if (isRefusal(made)) return fail(409, { typed, places, leads, refused: made.refused });
    return redirect(303, `${address(event.locals.place, `/organisatie/sessies/${made.code}/tekst`)}?gedaan=gemaakt`);
  },
};
