import { redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import * as identity from '#rooms/identity';
import { zoneOf } from '#rooms/programme/edition.ts';
import { signInFirst } from '../../sign-in-first.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { enterByPasskey, keepPasskey, wayOf, waysOffered } from '../ways.server.ts';

/** For who is signed in, and wants something that asks for more. */
export const load: PageServerLoad = async (event) => {
  const { visit, place, edition } = event.locals;
  const way = wayOf(event);
  const next = way ?? address(place, '/mijn-programma');
  if (!visit.person) signInFirst(event, next);
  if ((visit.person.withheld ?? []).length === 0) redirect(303, next);
  const passkeys = await identity.myPasskeys(visit);
  return {
    way,
    ways: waysOffered(),
    hasPasskey: passkeys.some(({ usableAt }) => usableAt <= visit.now),
    waitsUntil: passkeys.find(({ usableAt }) => usableAt > visit.now)?.usableAt ?? null,
    timeZone: zoneOf(edition),
  };
};

export const actions: Actions = { passkey: enterByPasskey, nieuw: keepPasskey };
