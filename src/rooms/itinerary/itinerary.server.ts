// The door of my programme: the sessions somebody chose, as they are now.
import type { EditionId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import * as programme from '#rooms/programme';
import type { Attendance, Session } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import type { ChosenAs } from '#rooms/seats/seat.ts';
import { entriesOf, overlapsOf, type Entry } from './entry.ts';

export type NotAdded = seats.NoSeat | Refusal<'session-unknown'>;

/** The visitor's programme in an edition, by time, with what stands in each other's way. */
export const mine = async (visit: Visit, edition: EditionId): Promise<Entry[]> =>
  visit.person ? mineAmong(visit, edition, () => programme.sessions(visit, edition)) : [];

/** The same, for who has the edition's sessions at hand; they are only asked for when there is something in the programme. */
export async function mineAmong(visit: Visit, edition: EditionId, sessions: () => Promise<readonly Session[]>): Promise<Entry[]> {
  const held = await seats.seatsOf(visit, edition);
  return held.length === 0 ? [] : entriesOf(held, await sessions());
}

/** Puts a session in the visitor's programme: a place, or a place in line. An overlap warns, it never refuses. */
export async function add(
  visit: Visit,
  code: string,
  how: { attendance?: Attendance | null; as?: ChosenAs } = {},
): Promise<(Entry & { readonly isNew: boolean }) | NotAdded> {
  if (!visit.person) return { refused: 'not-signed-in' };
  const session = await programme.session(visit, code);
  if (!session) return { refused: 'session-unknown' };
  const seat = await seats.claim(visit, session, how.attendance ?? null, how.as ?? 'own');
  if (isRefusal(seat)) return seat;
  const { isNew, ...held } = seat;
  return { session, seat: held, overlaps: overlapsOf(session, await others(visit, session)), isNew };
}

/** Takes a session out of the visitor's programme; also right when it was not in it. */
export async function drop(visit: Visit, code: string): Promise<void | NotAdded> {
  if (!visit.person) return { refused: 'not-signed-in' };
  const session = (await programme.session(visit, code)) ?? (await heldUnseen(visit, code));
  if (!session) return { refused: 'session-unknown' };
  return seats.release(visit, session);
}

/** A session that the visitor may not see any more, but still has a place in: that can always be given back. */
async function heldUnseen(visit: Visit, code: string): Promise<Session | null> {
  const session = await programme.sessionOfHolder(visit, code);
  return session && (await seats.seatIn(visit, session)) && session;
}

// Only these few: while a registration claims its seats, others wait for it at the lines of their sessions.
async function others(visit: Visit, session: Session): Promise<readonly Session[]> {
  const beside = await seats.seatsBeside(visit, session);
  return programme.sessionsWith(
    visit,
    beside.map((seat) => seat.session),
  );
}
