import { config } from '#ground/config.server.ts';
import { draftCookie } from './cookie.ts';

interface Cookies {
  get(name: string): string | undefined;
  set(name: string, value: string, options: ReturnType<typeof draftCookie>['options']): void;
}

/** The secret by which this browser finds its draft, when it has one. */
export function draftIn(cookies: Pick<Cookies, 'get'>): string | null {
  const value = cookies.get(draftCookie(config().baseUrl).name);
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}

/** From now on this browser finds this draft. */
export function keepDraftIn(cookies: Pick<Cookies, 'set'>, secret: string): void {
  const { name, options } = draftCookie(config().baseUrl);
  cookies.set(name, secret, options);
}
