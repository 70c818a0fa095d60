import type { RequestEvent } from '@sveltejs/kit';
import type { Person, Visit } from '#ground/visit.ts';
import { signInFirst } from '../sign-in-first.server.ts';

/** Who has signed in; who has not does so first and comes back. */
export function oneself(event: Pick<RequestEvent, 'locals' | 'url' | 'request'>): Visit & { readonly person: Person } {
  const { visit } = event.locals;
  const { person } = visit;
  if (!person) signInFirst(event);
  return { ...visit, person };
}
