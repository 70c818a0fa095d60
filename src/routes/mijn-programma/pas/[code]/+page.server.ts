import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { config } from '#ground/config.server.ts';
import * as identity from '#rooms/identity';
import { sessionOfHolder } from '#rooms/programme';
import { isCode } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import { passAddress, spoken } from '#rooms/seats/door/pass.ts';
import { notHere } from '../../../not-here.server.ts';
import { signInFirst } from '../../../sign-in-first.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What somebody shows at the door of a session that they have a place in on site, or wait for one. */
export const load: PageServerLoad = async (event) => {
  const { visit } = event.locals;
  if (!visit.person) signInFirst(event);
  const found = await sessionOfHolder(visit, event.params.code);
  const [pass, seat, name] = found
    ? await Promise.all([seats.passOf(visit, found), seats.seatIn(visit, found), identity.calledName(visit)])
    : [null, null, null];
  if (!found || !seat || pass === null || (seat.attendance !== 'onSite' && seat.waitsFor !== 'onSite')) notHere(visit);
  return {
    session: found,
    standing: seat.attendance === 'onSite' ? seat.standing : ('waiting' as const),
    position: seat.position,
    qr: passAddress(config().baseUrl.origin, found.code, pass),
    spoken: spoken(pass),
    name,
    isKept: event.url.searchParams.has('bewaard'),
  };
};

export const actions: Actions = {
  name: async (event) => {
    const { visit } = event.locals;
    if (!isCode(event.params.code)) notHere(visit);
    const typed = String((await event.request.formData()).get('name') ?? '').slice(0, 1000);
    const kept = await identity.callMe(visit, typed);
    if ('problem' in kept) return fail(400, { problem: kept.problem, name: typed });
    if ('refused' in kept) return fail(401, { refused: kept.refused, name: typed });
    redirect(303, `${here(event)}?bewaard#naam`);
  },
};

const here = ({ locals, params }: RequestEvent<{ code: string }>): string => address(locals.place, `/mijn-programma/pas/${params.code}`);
