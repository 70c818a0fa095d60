import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { isTokenName, tokenDays } from '#rooms/identity/my-token.ts';
import { zoneOf } from '#rooms/programme/edition.ts';
import { fieldIn } from '#ui/field.ts';
import { oneself } from '../oneself.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const visit = oneself(event);
  return {
    tokens: await identity.myTokens(visit),
    timeZone: zoneOf(event.locals.edition),
    isEnded: event.url.searchParams.has('opgehouden'),
  };
};

export const actions: Actions = {
  maak: async ({ locals: { visit }, request }) => {
    const form = await request.formData();
    const typed = {
      name: fieldIn(form, 'name', 200),
      scope: fieldIn(form, 'scope', 10) === 'write' ? ('write' as const) : ('read' as const),
      days: fieldIn(form, 'days', 10),
    };
    const days = tokenDays.find((days) => String(days) === typed.days) ?? 30;
    if (!isTokenName(typed.name)) return fail(400, { typed, problem: 'token-name-missing' });
    const made = await identity.makeMyToken(visit, { ...typed, days });
    return isRefusal(made) ? fail(made.refused === 'not-signed-in' ? 403 : 409, { typed, refused: made.refused }) : { secret: made.secret };
  },
  stop: async ({ locals: { visit, place }, request }) => {
    const no = await identity.endToken(visit, fieldIn(await request.formData(), 'id', 40));
    if (isRefusal(no)) return fail(409, { refused: no.refused });
    redirect(303, `${address(place, '/mijn-gegevens/tokens')}?opgehouden`);
  },
};
