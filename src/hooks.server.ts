import { error, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { readAddress } from '#ground/address.ts';
import { isAway, isOfClosedEdition } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { publicMark } from '#ground/pages-cache.server.ts';
import { isFor } from '#ground/trace.server.ts';
import type { Language } from '#ground/visit.ts';
import { tokenIn } from '#rooms/identity';
import { currentEdition, edition } from '#rooms/programme';
import { notices } from '#rooms/upkeep';
import { sentence } from '#words';
import { asNotSent, whileClosed } from './closed.server.ts';
import { tooOften } from './limits.server.ts';
import { openForDoor } from './policy.ts';
import { visitWithCookie } from './reception.server.ts';

/** Makes the visit, then lets the page answer. */
export const handle: Handle = async (input) => {
  try {
    return await answer(input);
  } catch (fault) {
    return notNow(fault, readAddress(input.event.url.pathname).language);
  }
};

const answer: Handle = async ({ event, resolve }) => {
  if (event.route.id !== null) isFor(event.route.id);
  const place = readAddress(event.url.pathname);
  const visit = await visitWithCookie(place.language, tokenIn(event.cookies));
  event.locals.place = place;
  event.locals.visit = visit;
  if (event.request.method === 'POST') prepareForm(event);
  event.locals.notices = await notices(visit);
  const refused = (await tooOften(event)) ?? (await whileClosed(event));
  if (refused) return refused;
  event.locals.edition = place.edition === null ? await currentEdition(visit) : await edition(visit, place.edition);
  const response = await resolve(event, { transformPageChunk: ({ html }) => html.replace('%language%', place.language) });
  if (event.route.id === '/organisatie/sessies/[code]/deur') openForDoor(response.headers);
  if (isForEverybody(event.request, response)) response.headers.set(publicMark, 'yes');
  else if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
  response.headers.append('vary', 'Cookie');
  if (event.locals.notSent) return asNotSent(response, event);
  if (response.status === 500 && ofClosed.has(event)) return new Response(response.body, { status: 409, headers: response.headers });
  if (response.status !== 500 || !away.has(event)) return response;
  response.headers.set('retry-after', '2');
  return new Response(response.body, { status: 503, headers: response.headers });
};

/** Pages that failed because the database was away: try again. */
const away = new WeakSet<RequestEvent>();
/** Changes of an edition that is closed: refused, not broken. */
const ofClosed = new WeakSet<RequestEvent>();
function notNow(fault: unknown, language: Language): never {
  if (!isAway(fault)) throw fault;
  log.warn({ fault }, 'the database was away');
  return error(503, sentence(language, 'refused.away'), { request: '' });
}

/**
 * A form that cannot be read is its sender's mistake, and so is an action by the name that Kit keeps for itself. Texts
 * lose the one sign that PostgreSQL cannot keep.
 */
function prepareForm({ request, url, locals: { visit } }: RequestEvent): void {
  const unreadable = () => error(400, sentence(visit.language, 'refused.form-unreadable'), { request: visit.request });
  if (url.searchParams.has('/default')) unreadable();
  const read = request.formData.bind(request);
  request.formData = async () => {
    const form = await read().catch((fault: unknown) => {
      if (fault instanceof TypeError) unreadable();
      throw fault;
    });
    const kept = new FormData();
    for (const [name, value] of form) kept.append(name, typeof value === 'string' ? value.replaceAll('\0', '') : value);
    return kept;
  };
}

/** A page without script, asked by somebody without cookies, that gives none either. A nonce would make it one person's. */
const isForEverybody = (request: Request, response: Response): boolean =>
  response.status === 200 &&
  !request.headers.has('cookie') &&
  !response.headers.has('set-cookie') &&
  !response.headers.has('cache-control') &&
  (response.headers.get('content-type') ?? '').startsWith('text/html') &&
  !(response.headers.get('content-security-policy') ?? 'nonce-').includes('nonce-');

/** A fault is logged once, here; the reader gets the number to mention. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  const visit: App.Locals['visit'] | undefined = event.locals.visit;
  const request = visit?.request ?? '';
  if (isAway(error)) away.add(event);
  if (isOfClosedEdition(error)) ofClosed.add(event);
  else if (kind === 'unknown')
    log.error(
      { fault: error, request, path: event.url.pathname.replace(/(\/(?:loting\/controle|afmelden)\/).*/, '$1...'), route: event.route.id },
      'a page failed',
    );
  const word = isOfClosedEdition(error)
    ? 'refused.edition-closed'
    : isAway(error)
      ? 'refused.away'
      : kind === 'unknown'
        ? 'shell.broken'
        : 'shell.notFound';
  return { message: sentence(visit?.language ?? 'nl', word), request };
};
