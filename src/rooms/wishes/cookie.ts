import { keeping, type Keeping } from '#rooms/identity/cookie.ts';

/** What somebody wished before signing in, for half an hour. */
export const wishCookie = (baseUrl: URL): Keeping => keeping('wish', 1800, baseUrl);
