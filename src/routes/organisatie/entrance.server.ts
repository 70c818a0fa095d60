// Who comes in where things are arranged. Who has not signed in does so first and comes back; to who has nothing to
// arrange here, there is nothing here.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { address, readAddress } from '#ground/address.ts';
import { log } from '#ground/log.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { asIfProven, mayLead, mayOrganise, mayRun } from '#rooms/identity/may.ts';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import type { Session } from '#rooms/programme/session.ts';
import { notHere } from '../not-here.server.ts';
import { backTo, signInFirst } from '../sign-in-first.server.ts';

type Coming = Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>;
interface Entered {
  readonly visit: Visit;
  readonly person: Person;
  readonly edition: Edition;
}

/** Somebody who may have something to arrange in this edition. */
export function organiser(event: Coming): Entered {
  const { visit, edition } = event.locals;
  const { person } = visit;
  if (!person) signInFirst(event);
  if (!edition) return notHere(visit);
  return mayOrganise(person, edition.slug) ? { visit, person, edition } : strongerFor(event, (person) => mayOrganise(person, edition.slug));
}

/** To who may come in with a stronger sign-in: the way to one. To anybody else there is nothing here. */
export function strongerFor(event: Coming, may: (person: Person | null) => boolean): never {
  const { visit, place } = event.locals;
  if (may(asIfProven(visit.person))) redirect(303, `${address(place, '/inloggen/sterker')}?naar=${encodeURIComponent(backTo(event))}`);
  log.info({ why: 'not-here', path: event.url.pathname }, 'access was refused');
  return notHere(visit);
}

/** Somebody who leads this edition. */
export function leader(event: Coming): Entered {
  const entered = organiser(event);
  const { slug } = entered.edition;
  return mayLead(entered.person, slug) ? entered : strongerFor(event, (person) => mayLead(person, slug));
}

/** Somebody who runs the session that the address names. */
export async function runner(event: Coming): Promise<Entered & { readonly session: Session }> {
  const entered = organiser(event);
  const session = await programme.sessionOfHolder(entered.visit, event.params['code'] ?? '');
  if (!session) return notHere(entered.visit);
  if (!mayRun(entered.person, session)) return strongerFor(event, (person) => mayRun(person, session));
  if (session.edition === entered.edition.slug) return { ...entered, session };
  // A session has one address, within its own edition.
  if (event.request.method !== 'GET') return notHere(entered.visit);
  redirect(308, address({ ...event.locals.place, edition: session.edition }, readAddress(event.url.pathname).path) + event.url.search);
}
