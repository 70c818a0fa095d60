import type { Text } from '#ground/text.ts';

/** Nothing can be changed for a while; everything can be read. */
export interface ReadOnly {
  readonly since: Date;
  /** Why and until when, in the words of who closed it; empty when they said nothing. */
  readonly message: Text;
}

/** A word to every visitor, for a time. */
export interface Announcement {
  readonly text: Text;
  readonly from: Date | null;
  readonly until: Date | null;
}

/** What the house tells on every page. */
export interface Notices {
  readonly readOnly: ReadOnly | null;
  readonly announcement: Announcement | null;
}

/** Whether an announcement is told at this moment. */
export const isTold = ({ from, until }: Announcement, now: Date): boolean => (from === null || from <= now) && (until === null || now < until);

/**
 * What goes on while nothing can be changed: coming in and going out, and opening again. `route` is a page's route, with
 * the names of its parts between square brackets.
 */
export const goesOn = (route: string | null): boolean => route !== null && /^\/(inloggen|uitloggen|organisatie\/beheer\/onderhoud)(\/|$)/.test(route);

/** For programs and proxies: seconds after which asking again makes sense. */
export const retryAfter = 60;
