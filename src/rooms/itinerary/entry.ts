import { overlap, type Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';

/** One stop of somebody's programme. */
export interface Entry {
  readonly session: Session;
  readonly seat: Seat;
  /** Codes of the other stops at the same time. */
  readonly overlaps: readonly string[];
}

/** The codes of those that take place at the same time; a cancelled session stands in nobody's way. */
export const overlapsOf = (session: Session, others: readonly Session[]): string[] =>
  session.state === 'cancelled'
    ? []
    : others.filter((other) => other.code !== session.code && other.state !== 'cancelled' && overlap(session, other)).map((other) => other.code);

/** Seats and what they are seats in; a seat in a session that the visitor may no longer see is left out. */
export function entriesOf(seats: readonly Seat[], sessions: readonly Session[]): Entry[] {
  const byCode = new Map(seats.map((seat) => [seat.session, seat]));
  const chosen = sessions.filter((session) => byCode.has(session.code));
  return chosen.map((session) => ({ session, seat: byCode.get(session.code)!, overlaps: overlapsOf(session, chosen) }));
}
