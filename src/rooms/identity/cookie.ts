/** How a cookie of ours is kept; the shape SvelteKit's `cookies.set` takes. */
export interface Keeping {
  readonly name: string;
  readonly options: { readonly path: '/'; readonly httpOnly: true; readonly sameSite: 'lax'; readonly secure: boolean; readonly maxAge: number };
}

const days = 24 * 60 * 60;

/** Who is signed in. */
export const signInCookie = (baseUrl: URL): Keeping => keeping('sign-in', 30 * days, baseUrl);
/** Which browser asked for a code; it says nothing about who sits before it. */
export const browserCookie = (baseUrl: URL): Keeping => keeping('browser', days, baseUrl);

/**
 * Whether a browser keeps a Secure cookie from this address: everything over https, and this machine itself. Anywhere
 * else over plain http it would be dropped and nobody could sign in, so the name and the mark go; the start warns of it.
 */
export function keepsSecure(baseUrl: URL): boolean {
  const { protocol, hostname } = baseUrl;
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\./.test(hostname) || hostname === '[::1]';
}

/** The __Host- in the name makes the browser itself refuse a cookie that another host or an unsafe page set for ours. */
export function keeping(name: string, maxAge: number, baseUrl: URL): Keeping {
  const secure = keepsSecure(baseUrl);
  return { name: secure ? `__Host-${name}` : name, options: { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge } };
}

/** What keeps cookies in a page's request; SvelteKit's `cookies` is one. */
export interface Cookies {
  get(name: string): string | undefined;
  set(name: string, value: string, options: Keeping['options']): void;
  delete(name: string, options: Keeping['options']): void;
}

/** The secret in a cookie, when it looks like one of ours. */
export function secretIn(cookies: Pick<Cookies, 'get'>, { name }: Keeping): string | null {
  const value = cookies.get(name);
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}
