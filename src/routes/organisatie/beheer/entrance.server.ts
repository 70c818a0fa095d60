import type { RequestEvent } from '@sveltejs/kit';
import type { Person, Visit } from '#ground/visit.ts';
import { mayAdminister } from '#rooms/identity/may.ts';
import { zoneOf } from '#rooms/programme/edition.ts';
import { signInFirst } from '../../sign-in-first.server.ts';
import { strongerFor } from '../entrance.server.ts';

/** Somebody who looks after the installation; to anybody else there is nothing here. */
export function administrator(event: Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>): {
  readonly visit: Visit;
  readonly person: Person;
  /** The clock that moments are told by. */
  readonly timeZone: string;
} {
  const { visit, edition } = event.locals;
  const { person } = visit;
  if (!person) signInFirst(event);
  if (!mayAdminister(person)) return strongerFor(event, mayAdminister);
  return { visit, person, timeZone: zoneOf(edition) };
}
