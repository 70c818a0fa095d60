import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { answerInvitation, callOf, myInvitations, myProposals } from '#rooms/proposals';
import { callState } from '#rooms/proposals/call.ts';
import { standingOf } from '#rooms/proposals/proposal.ts';
import * as programme from '#rooms/programme';
import { fieldIn } from '#ui/field.ts';
import { oneself } from '../mijn-gegevens/oneself.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** One's own proposals of all editions, with what to do next; and what others ask one to join. */
export const load: PageServerLoad = async (event) => {
  const visit = oneself(event);
  const { edition } = event.locals;
  const [mine, invitations, call, editions] = await Promise.all([
    myProposals(visit),
    myInvitations(visit),
    edition ? callOf(visit, edition) : null,
    programme.editions(visit),
  ]);
  return {
    state: callState(call, visit.now),
    closesAt: call?.closesAt ?? null,
    timeZone: edition?.timeZone ?? null,
    invitations,
    editions: editions.map(({ slug, name }) => ({ slug, name })),
    proposals: mine.map((one) => ({
      code: one.code,
      title: one.title,
      edition: one.edition,
      standing: standingOf(one),
      people: one.proposers.length,
    })),
    did: event.url.searchParams.get('gedaan') === 'nee' ? ('no' as const) : null,
  };
};

export const actions: Actions = {
  aannemen: async (event) => {
    const visit = oneself(event);
    const answered = await answerInvitation(visit, fieldIn(await event.request.formData(), 'id', 36), true);
    if (isRefusal(answered)) return fail(409, { refused: answered.refused });
    redirect(303, `${address(event.locals.place, `/mijn-voorstellen/${answered.code}`)}?gedaan=mee`);
  },
  afslaan: async (event) => {
    const visit = oneself(event);
    const answered = await answerInvitation(visit, fieldIn(await event.request.formData(), 'id', 36), false);
    if (isRefusal(answered)) return fail(409, { refused: answered.refused });
    redirect(303, `${address(event.locals.place, '/mijn-voorstellen')}?gedaan=nee`);
  },
};
