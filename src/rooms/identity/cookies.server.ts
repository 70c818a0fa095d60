import { newSecret } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { browserCookie, secretIn, signInCookie, type Cookies } from './cookie.ts';

/** The secret by which this browser is known while it waits for a code, when it has one. */
export const browserOf = (cookies: Pick<Cookies, 'get'>): string | null => secretIn(cookies, browserCookie(config().baseUrl));

/** The same, made when it has none yet. */
export function markBrowser(cookies: Pick<Cookies, 'get' | 'set'>): string {
  const secret = browserOf(cookies) ?? newSecret();
  const { name, options } = browserCookie(config().baseUrl);
  cookies.set(name, secret, options);
  return secret;
}

/** The token of the sign-in in this browser. */
export const tokenIn = (cookies: Pick<Cookies, 'get'>): string | null => secretIn(cookies, signInCookie(config().baseUrl));

/** From now on this browser is signed in. */
export function keepSignedIn(cookies: Pick<Cookies, 'set'>, token: string): void {
  const { name, options } = signInCookie(config().baseUrl);
  cookies.set(name, token, options);
}

/** From now on it is not, and what it waited for is forgotten. */
export function forgetSignIn(cookies: Pick<Cookies, 'delete'>): void {
  for (const { name, options } of [signInCookie(config().baseUrl), browserCookie(config().baseUrl)]) cookies.delete(name, options);
}
