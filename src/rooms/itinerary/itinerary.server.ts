// The door of my programme: the sessions somebody chose, as they are now.
import type { EditionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import * as programme from '#rooms/programme';
import type { Attendance, Session } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import type { ChosenAs } from '#rooms/seats/seat.ts';
import { entriesOf, type Entry } from './entry.ts';

/** The visitor's programme in an edition, by time, with what stands in each other's way. */
export const mine = async (visit: Visit, edition: EditionId): Promise<Entry[]> =>
  visit.person ? mineAmong(visit, edition, () => programme.sessions(visit, edition)) : [];

/** The same, for who has the edition's sessions at hand; they are only asked for when there is something in the programme. */
export async function mineAmong(visit: Visit, edition: EditionId, sessions: () => Promise<readonly Session[]>): Promise<Entry[]> {
  const held = await seats.seatsOf(visit, edition);
  return held.length === 0 ? [] : entriesOf(held, await sessions());
}

/** Puts a session in the visitor's programme: a place, or a place in line. An overlap warns, it never refuses. */
export const add = (visit: Visit, code: string, how: { attendance?: Attendance | null; as?: ChosenAs } = {}): Promise<seats.Claimed | seats.NoSeat> =>
  seats.claim(visit, { code }, how.attendance ?? null, how.as ?? 'own');

/** The same for everything that somebody chose, at once: a refusal of one leaves the others. */
export const addAll = (visit: Visit, wanted: readonly seats.Wanted[]): Promise<(seats.Claimed | seats.NoSeat)[]> => seats.claimAll(visit, wanted);

/** Takes the place that is offered to the visitor; an overlap warns, it never refuses. */
export const accept = (visit: Visit, code: string): Promise<seats.Claimed | seats.NoSeat> => seats.accept(visit, { code });

/** Takes a session out of the visitor's programme, also one that they may not see any more; right too when it was not in it. */
export const drop = (visit: Visit, code: string): Promise<void | seats.NoSeat> => seats.release(visit, { code });
