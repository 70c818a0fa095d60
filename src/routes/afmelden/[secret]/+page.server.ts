import type { RequestEvent } from '@sveltejs/kit';
import * as mail from '#rooms/mail';
import { notHere } from '../../not-here.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the address in a letter ends. Looking at it changes nothing: mail scanners may follow it as often as they like. */
export const load: PageServerLoad = async (event) => {
  const found = await mail.endingWith(event.locals.visit, secretOf(event));
  if (!found) return notHere(event.locals.visit);
  return { what: found.what, isEnded: found.endedAt !== null };
};

export const actions: Actions = {
  /** Pressed here, or by a mail program in somebody's name (RFC 8058): no cookie, nothing to fill in. */
  default: async (event) => {
    const { visit } = event.locals;
    const form = await event.request.formData();
    const isKnown = form.has('terug') ? await mail.takeBackEnd(visit, secretOf(event)) : await mail.end(visit, secretOf(event));
    if (!isKnown) return notHere(visit);
    return { isDone: true };
  },
};

const secretOf = ({ params }: Pick<RequestEvent, 'params'>): string => params['secret'] ?? '';
