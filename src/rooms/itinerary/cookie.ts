import { keeping, type Keeping } from '#rooms/identity/cookie.ts';

/** What somebody chose before signing in, for half an hour. */
export const choiceCookie = (baseUrl: URL): Keeping => keeping('choice', 1800, baseUrl);
