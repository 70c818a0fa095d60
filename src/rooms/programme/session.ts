import type { SessionId } from '#ground/id.ts';
import type { Text } from '#ground/text.ts';

export const formats = ['broadcast', 'webinar', 'workshop', 'meeting', 'hybrid', 'tour', 'podcast', 'social'] as const;
export type Format = (typeof formats)[number];
export const levels = ['introductory', 'intermediate', 'advanced'] as const;
export type Level = (typeof levels)[number];
export const states = ['draft', 'submitted', 'accepted', 'declined', 'scheduled', 'published', 'cancelled'] as const;
export type State = (typeof states)[number];
export type Visibility = 'public' | 'internal';
/** How somebody takes part. */
export const attendances = ['onSite', 'online'] as const;
export type Attendance = (typeof attendances)[number];

/** Places: 0 is not offered, null is without limit. */
export interface Capacity {
  readonly onSite: number | null;
  readonly online: number | null;
}

/** How much room there is, without giving numbers away that a cached page would have wrong. */
export type Room = 'none' | 'few' | 'ample';

/** A programme item, as everybody who may see it sees it. */
export interface Session {
  readonly id: SessionId;
  readonly code: string;
  readonly edition: string;
  readonly title: Text;
  readonly summary: Text;
  readonly description: Text;
  /** Slugs, the main theme first. */
  readonly themes: readonly string[];
  /** Slugs of the hosting organisations, the first one leading. */
  readonly organisations: readonly string[];
  readonly speakers: readonly string[];
  readonly format: Format;
  readonly level: Level | null;
  /** Language tags of what is spoken. */
  readonly languages: readonly string[];
  /** Null while unknown: such a session stays out of calendars, exports and suggestions. */
  readonly start: Date | null;
  readonly end: Date | null;
  readonly timeZone: string;
  /** Where, as a name people know; null when online only. */
  readonly location: string | null;
  /** The address to join, shown in time to those entitled. */
  readonly online: string | null;
  readonly capacity: Capacity;
  /** Places left; null is without limit. */
  readonly placesLeft: Capacity;
  readonly visibility: Visibility;
  readonly state: State;
  /** Counts the changes that calendars must know of (iCalendar's SEQUENCE). */
  readonly sequence: number;
  readonly updatedAt: Date;
  /** Codes of the sessions this one digs further into, and of those that dig further into this one. */
  readonly deepens: readonly string[];
  readonly deepenedBy: readonly string[];
}

/** Whether a word can be the code of a session. */
export const isCode = (word: string): boolean => /^[0-9A-Z]{6}$/.test(word);

export const hasStarted = (session: Pick<Session, 'start'>, now: Date): boolean => session.start !== null && session.start <= now;
export const isPast = (session: Pick<Session, 'end'>, now: Date): boolean => session.end !== null && session.end <= now;

/** Two sessions at once; one that ends when the other starts is no overlap. */
export const overlap = (a: Pick<Session, 'start' | 'end'>, b: Pick<Session, 'start' | 'end'>): boolean =>
  a.start !== null && a.end !== null && b.start !== null && b.end !== null && a.start < b.end && b.start < a.end;

export const isOffered = (places: number | null): boolean => places !== 0;

/** Few is a tenth of the places, or five. */
export function roomIn(capacity: number | null, left: number | null): Room {
  if (left === null || capacity === null) return 'ample';
  if (left <= 0) return 'none';
  return left <= Math.max(5, capacity / 10) ? 'few' : 'ample';
}
