// Who comes in where the committee reads.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { address, readAddress } from '#ground/address.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { may } from '#rooms/identity/access.ts';
import type { Edition } from '#rooms/programme/edition.ts';
import { proposalToReview, type Reading } from '#rooms/proposals';
import { notHere } from '../not-here.server.ts';
import { strongerFor } from '../organisatie/entrance.server.ts';
import { signInFirst } from '../sign-in-first.server.ts';

type Coming = Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>;
interface Entered {
  readonly visit: Visit;
  readonly person: Person;
  readonly edition: Edition;
}

/** Somebody of the committee of this edition, or who leads it. */
export function committeeOf(event: Coming): Entered {
  const { visit, edition } = event.locals;
  const { person } = visit;
  if (!person) signInFirst(event);
  if (!edition) return notHere(visit);
  const mayEnter = (one: Person | null) => may(one, 'review.enter', { edition: edition.slug });
  return mayEnter(person) ? { visit, person, edition } : strongerFor(event, mayEnter);
}

/** Somebody who was asked to read the proposal that the address names. */
export async function readerOf(event: Coming): Promise<{ readonly visit: Visit; readonly code: string; readonly reading: Reading }> {
  const { visit, edition, place } = event.locals;
  if (!visit.person) signInFirst(event);
  const code = event.params['code'] ?? '';
  const reading = await proposalToReview(visit, code);
  if (!reading || !edition) return notHere(visit);
  const mayRead = (one: Person | null) => may(one, 'review.write', { edition: reading.edition, readers: reading.readers });
  if (!mayRead(visit.person)) return strongerFor(event, mayRead);
  if (reading.edition === edition.slug) return { visit, code, reading };
  if (event.request.method !== 'GET') return notHere(visit);
  redirect(308, address({ ...place, edition: reading.edition }, readAddress(event.url.pathname).path) + event.url.search);
}
