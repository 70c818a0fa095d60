import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { callOf, copyFrom, propose, reusable } from '#rooms/proposals';
import { callState } from '#rooms/proposals/call.ts';
import { limits } from '#rooms/proposals/proposal.ts';
import { fieldIn } from '#ui/field.ts';
import { oneself } from '../../mijn-gegevens/oneself.server.ts';
import { notHere } from '../../not-here.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A new proposal begins with its title, or with something of one's own from an earlier edition. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = entered(event);
  const [call, earlier] = await Promise.all([callOf(visit, edition), reusable(visit, edition)]);
  return { state: callState(call, visit.now), earlier: earlier.map(({ code, title, edition }) => ({ code, title, edition })) };
};

export const actions: Actions = {
  begin: async (event) => {
    const { visit, edition } = entered(event);
    const title = fieldIn(await event.request.formData(), 'title', limits.title);
    if (title === '') return fail(400, { problem: 'proposal-title-missing', refused: null });
    const made = await propose(visit, edition, { [event.locals.place.language]: title });
    return isRefusal(made) ? fail(409, { problem: null, refused: made.refused }) : go(event, made.code);
  },
  overnemen: async (event) => {
    const { visit, edition } = entered(event);
    const made = await copyFrom(visit, edition, fieldIn(await event.request.formData(), 'code', 6));
    return isRefusal(made) ? fail(409, { problem: null, refused: made.refused }) : go(event, made.code);
  },
};

function entered(event: RequestEvent) {
  const visit = oneself(event);
  const { edition } = event.locals;
  return edition ? { visit, edition } : notHere(visit);
}
const go = (event: RequestEvent, code: string): never => redirect(303, `${address(event.locals.place, `/mijn-voorstellen/${code}`)}?gedaan=begonnen`);
