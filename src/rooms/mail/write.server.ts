// Looks what is true at the moment a letter leaves, and writes it from that; nobody is told what no longer holds.
import { config } from '#ground/config.server.ts';
import { hasStarted, type Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import type { Visit } from '#ground/visit.ts';
import * as calendar from '#rooms/calendar';
import * as identity from '#rooms/identity';
import * as itinerary from '#rooms/itinerary';
import * as programme from '#rooms/programme';
import * as seats from '#rooms/seats';
import * as kinds from './kinds.ts';
import type { Desk } from './kinds.ts';
import type { Letter } from './letter.ts';
import * as queries from './queries.server.ts';
import type { Waiting } from './queries.server.ts';

/** Why a letter is not sent any more. */
export interface Not {
  readonly not: string;
}

export async function write(visit: Visit, waiting: Waiting): Promise<Letter | Not> {
  const desk = { language: waiting.language, baseUrl: config().baseUrl };
  if (waiting.kind === 'sign-in-code') return code(visit, desk, String(waiting.details['code']));
  const person = waiting.person && (await identity.personWith(visit, waiting.person));
  if (!person) return { not: 'nobody' };
  const theirs = { ...visit, person, language: person.language };
  const theirDesk = { ...desk, language: person.language };
  return waiting.kind === 'registration-confirmed' ? confirmation(theirs, theirDesk, waiting) : aboutSession(theirs, theirDesk, waiting);
}

async function code(visit: Visit, desk: Desk, id: string): Promise<Letter | Not> {
  const asked = await identity.codeToSend(visit, id);
  if (asked === null) return { not: 'the code is of no use any more' };
  return kinds.signInCode(desk, { code: asked.code, minutes: Math.max(1, Math.round((asked.expiresAt.getTime() - visit.now.getTime()) / 60_000)) });
}

async function confirmation(visit: Visit, desk: Desk, { details }: Waiting): Promise<Letter | Not> {
  const edition = (await programme.editions(visit)).find(({ id }) => id === details['edition']);
  if (!edition) return { not: 'the edition is gone' };
  const entries = (await itinerary.mine(visit, edition.id)).filter(({ session }) => session.state !== 'cancelled');
  if (entries.length === 0) return { not: 'nothing is left in the programme' };
  return kinds.withCalendar(kinds.registrationConfirmed(desk, edition, entries), await calendar.programmeCalendar(visit, edition, entries));
}

async function aboutSession(visit: Visit, desk: Desk, { kind, details }: Waiting): Promise<Letter | Not> {
  const known = await queries.codeOfSession(visit.db, String(details['session']));
  const session = known && (await programme.session(visit, known));
  if (!session) return { not: 'the session is gone' };
  const seat = await seats.seatIn(visit, session);
  if (!seat) return { not: 'the seat was given back' };
  const letter = letterAbout(visit, desk, kind, session, seat);
  return 'not' in letter ? letter : kinds.withCalendar(letter, await calendar.sessionCalendar(visit, session, seat));
}

function letterAbout(visit: Visit, desk: Desk, kind: Waiting['kind'], session: Session, seat: Seat): Letter | Not {
  if (kind === 'session-cancelled') return session.state === 'cancelled' ? kinds.sessionCancelled(desk, session) : { not: 'the session goes on' };
  if (session.state === 'cancelled') return { not: 'the session was cancelled' };
  if (hasStarted(session, visit.now)) return { not: 'the session has started' };
  if (kind === 'session-changed') return kinds.sessionChanged(desk, session, seat);
  return seat.standing === 'waiting' ? { not: 'the seat is waited for again' } : kinds.seatMovedUp(desk, session, seat);
}
