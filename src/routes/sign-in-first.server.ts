import { redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';

type Coming = Pick<RequestEvent, 'locals' | 'url' | 'request'>;

/** Leads who has not signed in to where they do, and back afterwards. */
export function signInFirst(event: Coming, back = backTo(event)): never {
  redirect(303, `${address(event.locals.place, '/inloggen')}?naar=${encodeURIComponent(back)}`);
}

/** A page is asked for again as it was; a form is not sent again. */
export const backTo = ({ request, url }: Omit<Coming, 'locals'>): string => (request.method === 'GET' ? url.pathname + url.search : url.pathname);
