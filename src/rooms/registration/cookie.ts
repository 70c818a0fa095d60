import { keeping, type Keeping } from '#rooms/identity/cookie.ts';

const day = 24 * 60 * 60;
/** How long an unfinished draft lives. */
export const draftDays = 30;

/** Which draft is this browser's. It outlives the draft, so that we can say that the draft has gone. */
export const draftCookie = (baseUrl: URL): Keeping => keeping('draft', 2 * draftDays * day, baseUrl);
