import { hasStarted, isPast, type Session } from '#rooms/programme/session.ts';
import type { Entry } from './entry.ts';
import type { Text } from '#ground/text.ts';

export const views = ['straks', 'maand', 'geweest'] as const;
export type View = (typeof views)[number];
export const viewIn = (typed: string | null): View => views.find((view) => view === typed) ?? 'straks';

/** A programme by what it asks of somebody now. */
export interface Itinerary<One extends Entry = Entry> {
  /** A place is kept for them until they answer. */
  readonly offers: readonly One[];
  /** The first that somebody has a place in and that goes on; null when there is none. */
  readonly next: One | null;
  /** What is still to come, the next one too, and what was cancelled on the way. */
  readonly coming: readonly One[];
  readonly done: readonly One[];
}

export function itineraryOf<One extends Entry>(entries: readonly One[], now: Date): Itinerary<One> {
  const coming = entries.filter(({ session }) => !isPast(session, now));
  return {
    offers: coming.filter(({ session, seat }) => session.state !== 'cancelled' && seat.standing === 'offered'),
    next: coming.find(({ session, seat }) => session.start !== null && session.state !== 'cancelled' && seat.standing === 'held') ?? null,
    coming,
    done: entries.filter(({ session }) => isPast(session, now)),
  };
}

/** An entry with everything its stop tells. */
export interface ToldEntry extends Entry {
  /** The titles of what takes place at the same time. */
  readonly inTheWay: readonly Text[];
  /** Of those: in which there is a place, so that somebody cannot be in both. */
  readonly placedThen: readonly Text[];
  /** What goes deeper on it, is not in the programme, and can still be chosen. */
  readonly deeper: readonly Pick<Session, 'code' | 'title'>[];
}

/** The programme as it is told; long descriptions stay at home. */
export function told(entries: readonly Entry[], sessions: readonly Session[], now: Date): ToldEntry[] {
  const mine = new Set(entries.map(({ session }) => session.code));
  const isOpen = (session: Session): boolean =>
    session.state === 'published' && session.start !== null && !hasStarted(session, now) && !mine.has(session.code);
  return entries.map((entry) => ({
    ...entry,
    session: { ...entry.session, description: {} },
    inTheWay: sessions.filter(({ code }) => entry.overlaps.includes(code)).map(({ title }) => title),
    placedThen: placedThen(entry, entries),
    deeper: sessions.filter((one) => one.deepens.includes(entry.session.code) && isOpen(one)).map(({ code, title }) => ({ code, title })),
  }));
}

/** The titles of what takes place at the same time, and in which there is a place. */
export const placedThen = ({ overlaps }: Pick<Entry, 'overlaps'>, entries: readonly Entry[]): Text[] =>
  entries.filter(({ session, seat }) => overlaps.includes(session.code) && seat.standing !== 'waiting').map(({ session }) => session.title);

const minutesEarly = 30;
/** The address to join an online session, for who has a place, from half an hour before until the end. */
export function joinAt({ session, seat }: Entry, now: Date): string | null {
  const { online, start } = session;
  if (seat.standing !== 'held' || seat.attendance !== 'online' || session.state === 'cancelled' || start === null || isPast(session, now))
    return null;
  if (online === null || !/^https?:\/\//.test(online)) return null;
  return start.getTime() - now.getTime() <= minutesEarly * 60_000 ? online : null;
}
