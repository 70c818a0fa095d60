import { config } from '#ground/config.server.ts';
import { secretIn, type Cookies } from '#rooms/identity/cookie.ts';
import { draftCookie } from './cookie.ts';

/** The secret by which this browser finds its draft, when it has one. */
export const draftIn = (cookies: Pick<Cookies, 'get'>): string | null => secretIn(cookies, draftCookie(config().baseUrl));

/** From now on this browser finds this draft. */
export function keepDraftIn(cookies: Pick<Cookies, 'set'>, secret: string): void {
  const { name, options } = draftCookie(config().baseUrl);
  cookies.set(name, secret, options);
}
