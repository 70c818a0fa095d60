import { isPast } from '#rooms/programme/session.ts';
import type { Entry } from './entry.ts';

export const views = ['straks', 'maand', 'geweest'] as const;
export type View = (typeof views)[number];
export const viewIn = (typed: string | null): View => views.find((view) => view === typed) ?? 'straks';

/** A programme by what it asks of somebody now. */
export interface Itinerary {
  /** The first that somebody has a place in and that goes on; null when there is none. */
  readonly next: Entry | null;
  /** What is still to come, the next one too, and what was cancelled on the way. */
  readonly coming: readonly Entry[];
  readonly done: readonly Entry[];
}

export function itineraryOf(entries: readonly Entry[], now: Date): Itinerary {
  const coming = entries.filter(({ session }) => !isPast(session, now));
  return {
    next: coming.find(({ session, seat }) => session.start !== null && session.state !== 'cancelled' && seat.standing !== 'waiting') ?? null,
    coming,
    done: entries.filter(({ session }) => isPast(session, now)),
  };
}

const minutesEarly = 30;
/** The address to join an online session, for who has a place, from half an hour before until the end. */
export function joinAt({ session, seat }: Entry, now: Date): string | null {
  const { online, start } = session;
  if (seat.standing !== 'held' || seat.attendance !== 'online' || session.state === 'cancelled' || start === null || isPast(session, now))
    return null;
  if (online === null || !/^https?:\/\//.test(online)) return null;
  return start.getTime() - now.getTime() <= minutesEarly * 60_000 ? online : null;
}
