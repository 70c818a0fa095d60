// Somebody who works on a session, in whatever state it is.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { address, readAddress } from '#ground/address.ts';
import { may, type Operation } from '#rooms/identity/access.ts';
import * as programme from '#rooms/programme';
import { isCode } from '#rooms/programme/session.ts';
import { notHere } from '../not-here.server.ts';
import { organiser, strongerFor } from './entrance.server.ts';

export async function worker(event: Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>, operation: Operation) {
  const entered = organiser(event);
  const code = event.params['code'] ?? '';
  const session = isCode(code) ? await programme.workingSession(entered.visit, code) : null;
  if (!session) return notHere(entered.visit);
  if (!may(entered.person, operation, session)) return strongerFor(event, (person) => may(person, operation, session));
  if (session.edition === entered.edition.slug) return { ...entered, session };
  // A session has one address, within its own edition.
  if (event.request.method !== 'GET') return notHere(entered.visit);
  return redirect(308, address({ ...event.locals.place, edition: session.edition }, readAddress(event.url.pathname).path) + event.url.search);
}
