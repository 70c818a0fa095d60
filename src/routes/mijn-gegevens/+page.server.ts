import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import * as privacy from '#rooms/privacy';
import { longest } from '#rooms/registration/draft.ts';
import { fieldIn } from '#ui/field.ts';
import { oneself } from './oneself.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const visit = oneself(event);
  return {
    myself: (await identity.myself(visit)) ?? { language: visit.language, name: null, accessNeeds: null },
    organisations: await identity.organisations(visit),
    done: event.url.searchParams.get('gedaan'),
  };
};

type Form = { readonly visit: Visit & { readonly person: NonNullable<Visit['person']> }; readonly said: (name: string) => string };
async function asked(event: RequestEvent): Promise<Form> {
  const visit = oneself(event);
  const form = await event.request.formData();
  return { visit, said: (name) => fieldIn(form, name, 5000) };
}
const back = ({ locals: { place } }: RequestEvent, done: string): never => redirect(303, `${address(place, '/mijn-gegevens')}?gedaan=${done}`);

export const actions: Actions = {
  over: async (event) => {
    const { visit, said } = await asked(event);
    const kept = await identity.welcome(visit, visit.person.email, { organisation: said('organisation') || null });
    if ('refused' in kept) return fail(409, { refused: kept.refused });
    await identity.speakTo(visit, said('language') === 'en' ? 'en' : 'nl');
    back(event, 'Details');
  },
  naam: async (event) => {
    const { visit, said } = await asked(event);
    const kept = await identity.callMe(visit, said('name'));
    if ('problem' in kept) return fail(400, { problems: { name: kept.problem }, name: said('name') });
    if ('refused' in kept) return fail(409, { refused: kept.refused });
    back(event, kept.name === null ? 'NameGone' : 'Name');
  },
  nodig: async (event) => {
    const { visit, said } = await asked(event);
    const needs = said('accessNeeds');
    const typed = { needs, agreed: said('agreed') === 'yes' };
    if (needs.length > longest.accessNeeds) return fail(400, { problems: { accessNeeds: 'access-needs-too-long' }, ...typed });
    if (needs !== '' && !typed.agreed) return fail(400, { problems: { agreed: 'consent-missing' }, ...typed });
    if (needs === '') await privacy.withdraw(visit, 'access-needs');
    else await identity.welcome(visit, visit.person.email, { accessNeeds: needs });
    back(event, needs === '' ? 'NeedsGone' : 'Needs');
  },
};
