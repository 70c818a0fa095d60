// The door of the seats. Every choice is a seat: a place, or a place in the line for one. Nobody decides anything about
// a session before its line is theirs (lockPlaces), so a rush of people is a queue and the last place is given once.
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { EditionId, PersonId } from '#ground/id.ts';
import { atOnce } from '#ground/database.server.ts';
import type { Visit } from '#ground/visit.ts';
import { record, recordAll } from '#rooms/journal';
import type { Attendance, Session } from '#rooms/programme/session.ts';
import { attendanceFor, mayMoveUp, standingFor, whyNot, type ChosenAs, type Places, type Seat } from './seat.ts';
import * as queries from './queries.server.ts';

export type Claimed = Seat & { readonly isNew: boolean };
export type NoSeat = Refusal<'not-signed-in' | 'session-cancelled' | 'session-started' | 'not-offered' | 'attendance-full'>;

/** Gives the visitor a place in a session, or the next place on the waiting list; who has one already keeps it. */
export function claim(visit: Visit, session: Session, attendance: Attendance | null, as: ChosenAs): Promise<Claimed | NoSeat> {
  return atOnce(visit, async (visit): Promise<Claimed | NoSeat> => {
    const person = visit.person?.id;
    if (!person) return { refused: 'not-signed-in' };
    const places = await queries.lockPlaces(visit.db, session.id);
    const mine = await queries.seatOfPerson(visit.db, session.id, person);
    if (mine && (attendance === null || mine.attendance === attendance)) return { ...mine, isNew: false };
    const no = whyNot(session, visit.now);
    if (no) return { refused: no };
    const wanted = attendance ?? attendanceFor(places);
    const line = places.find((line) => line.attendance === wanted && line.capacity !== 0);
    if (!line) return { refused: 'not-offered' };
    if (!mine) return sit(visit, session, person, line, as);
    return changeAttendance(visit, session, person, line, mine);
  });
}

async function sit(visit: Visit, session: Session, person: PersonId, line: Places, chosenAs: ChosenAs): Promise<Claimed | NoSeat> {
  const standing = standingFor(line);
  const isSeated = await queries.seat(visit.db, { session: session.id, person, attendance: line.attendance, standing, chosenAs, now: visit.now });
  if (!isSeated) return { refused: 'session-cancelled' };
  await record(visit, {
    what: standing === 'held' ? 'seat-held' : 'seat-waiting',
    person,
    session: session.id,
    details: { attendance: line.attendance },
  });
  return {
    session: session.code,
    standing,
    attendance: line.attendance,
    position: standing === 'held' ? null : line.waiting + 1,
    offeredUntil: null,
    chosenAs,
    isNew: true,
  };
}

/** From the room to online or back: only when the new place is there, so that nobody loses the old one for nothing. */
async function changeAttendance(visit: Visit, session: Session, person: PersonId, to: Places, from: Seat): Promise<Claimed | NoSeat> {
  if (from.standing === 'held' && standingFor(to) === 'waiting') return { refused: 'attendance-full' };
  // Asked before the old place goes: as part of a larger transaction a refusal undoes nothing.
  if (!(await queries.holdOpen(visit.db, session.id, visit.now))) return { refused: 'session-cancelled' };
  await leave(visit, session, person);
  const seat = await sit(visit, session, person, to, from.chosenAs);
  return isRefusal(seat) ? seat : { ...seat, isNew: false };
}

/** Gives the visitor's place back; who waited longest moves up at once. Without a place nothing happens. */
export function release(visit: Visit, session: Session): Promise<void | NoSeat> {
  return atOnce(visit, async (visit): Promise<void | NoSeat> => {
    const person = visit.person?.id;
    if (!person) return { refused: 'not-signed-in' };
    await queries.lockPlaces(visit.db, session.id);
    await leave(visit, session, person);
  });
}

async function leave(visit: Visit, session: Session, person: PersonId): Promise<void> {
  const gone = await queries.unseat(visit.db, session.id, person);
  if (!gone) return;
  await record(visit, { what: 'seat-released', person, session: session.id, details: { attendance: gone.attendance, standing: gone.standing } });
  if (whyNot(session, visit.now)) return;
  const lines = await queries.lockPlaces(visit.db, session.id);
  for (const line of lines) {
    const count = mayMoveUp(line);
    if (count === 0) continue;
    const moved = await queries.moveUp(visit.db, session.id, line.attendance, count);
    await recordAll(
      visit,
      moved.map((person) => ({ what: 'seat-moved-up' as const, person, session: session.id, details: { attendance: line.attendance } })),
    );
  }
}

/** The visitor's seats in an edition, by time. */
export async function seatsOf(visit: Visit, edition: EditionId): Promise<Seat[]> {
  return visit.person ? queries.seatsOfPerson(visit.db, edition, visit.person.id) : [];
}

/** The visitor's other seats in the edition of a session, by time. */
export async function seatsBeside(visit: Visit, session: Session): Promise<Seat[]> {
  return visit.person ? queries.seatsBeside(visit.db, session.id, visit.person.id) : [];
}

/** The visitor's seat in one session. */
export async function seatIn(visit: Visit, session: Session): Promise<Seat | null> {
  return visit.person ? queries.seatOfPerson(visit.db, session.id, visit.person.id) : null;
}

/** Everybody with a place or a place in line, for those who must be told about this session. */
export const holders = (visit: Visit, session: Pick<Session, 'id'>): Promise<PersonId[]> => queries.holdersOf(visit.db, session.id);
