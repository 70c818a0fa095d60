// The door of the seats. Every choice is a seat: a place, or a place in the line for one. What may happen to it stands
// in desk.ts; here people come in, and are told what they have.
import type { Kysely } from 'kysely';
import { isAway } from '#ground/database.server.ts';
import type { EditionId, PersonId } from '#ground/id.ts';
import { inTurnsPer } from '#ground/in-turns.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { DB } from '#ground/tables.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { isCode, type Attendance, type Session } from '#rooms/programme/session.ts';
import { accepted, claimed, expired, released, type NotGiven } from './desk.ts';
import { besideOf, isAtTheSameTime, passDesks, type Passed, type Passing } from './desk.server.ts';
import { groupsOf, lineOf, whyNot, type ChosenAs, type Own, type Seat } from './seat.ts';
import * as queries from './queries.server.ts';

export { reactions } from './reactions.server.ts';
export { placeByHand, releaseAll, removeByHand, setPlaces, setShares } from './hand.server.ts';
export { checkIn, passOf, releaseAbsent, undoCheckIn } from './check-in.server.ts';
export { occupancy, placesOf, roll, type Occupancy, type OnRoll, type RollAsked } from './roll.server.ts';
export { ledger, type LedgerReport } from './ledger.server.ts';
export { lines, occupancies, type Lines } from './overview.server.ts';
export { keepFor, letGo, seatDrawn, type Drawn } from './drawn.server.ts';

/** A seat as its owner is told, with the codes of what else they have at that time. */
export type Claimed = Seat & { readonly isNew: boolean; readonly overlaps: readonly string[] };
export type NoSeat = Refusal<
  'not-signed-in' | 'session-unknown' | 'session-cancelled' | 'session-started' | 'wishes-first' | 'edition-closed' | NotGiven
>;

/** Which session, whichever way it was found. */
export type Which = Pick<Session, 'code'>;
export interface Wanted {
  readonly code: string;
  /** Null: whichever way there is. */
  readonly attendance: Attendance | null;
  readonly as: ChosenAs;
}

/** Gives the visitor a place in a session, or the next place on the waiting list; who has one already keeps it. */
export async function claim(visit: Visit, { code }: Which, attendance: Attendance | null, as: ChosenAs): Promise<Claimed | NoSeat> {
  if (!visit.person) return { refused: 'not-signed-in' };
  const ask = asking(visit, visit.person, { code, attendance, as });
  if (visit.db.isTransaction) return (await together(visit, [ask]))[0]!;
  const served = await atDesks(visit.db, ask.code, ask);
  if (served.status === 'rejected') throw served.reason;
  return served.value;
}

/** The same for all that somebody chose, at once: a refusal of one leaves the others. */
export async function claimAll(visit: Visit, wanted: readonly Wanted[]): Promise<(Claimed | NoSeat)[]> {
  const { person } = visit;
  if (!person) return wanted.map(() => ({ refused: 'not-signed-in' }));
  return together(
    visit,
    wanted.map((one) => asking(visit, person, one)),
  );
}

interface Asking extends Passing, Wanted {
  readonly visit: Visit;
  readonly groups: readonly string[];
}
const asking = (visit: Visit, person: Person, wanted: Wanted): Asking => ({
  ...wanted,
  ...passing(person, wanted.code),
  visit,
  groups: groupsOf(person),
});
/** What is no code is nobody's, and PostgreSQL need not hear what it is instead. */
const passing = ({ id, isInternal }: Person, code: string): Passing => ({ code: isCode(code) ? code : '', person: id, internal: isInternal, by: id });

// In a rush, those who ask for the same session wait for each other here, in order, and not as a hundred transactions
// in the database; those who ask at the same moment are served in one.
const atDesks = inTurnsPer<Kysely<DB>, Asking, PromiseSettledResult<Claimed | NoSeat>>((_, asks) => served(asks), { lanes: 3, most: 100 });

/** When one of many runs into a fault, each is served alone, so that it is the fault of nobody else. */
async function served(asks: readonly Asking[]): Promise<PromiseSettledResult<Claimed | NoSeat>[]> {
  const now = new Date(Math.max(...asks.map(({ visit }) => visit.now.getTime())));
  try {
    const seats = await together({ ...asks[0]!.visit, now, person: null }, asks);
    return seats.map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    // Without a database nobody is helped by asking it once more for each.
    if (asks.length === 1 || isAway(reason)) return asks.map(() => ({ status: 'rejected', reason }));
    const alone: PromiseSettledResult<Claimed | NoSeat>[] = [];
    for (const ask of asks) alone.push(...(await served([ask])));
    return alone;
  }
}

async function together(visit: Visit, asks: readonly Asking[]): Promise<(Claimed | NoSeat)[]> {
  const passed = await passDesks(visit, asks, (ask, at, own) => {
    const got = claimed(at.desk, own, { attendance: ask.attendance, chosenAs: ask.as, groups: ask.groups });
    // Who asks again is told again, also when nobody else can come any more.
    const no = !isRefusal(got) && got.what === null ? null : whyNot(at, ask.visit.now);
    return no ? { refused: no } : got;
  });
  return toldAll(visit, asks, passed);
}

async function toldAll<No extends string>(
  visit: Visit,
  asks: readonly Passing[],
  passed: readonly (Passed | Refusal<No>)[],
): Promise<(Claimed | Refusal<No>)[]> {
  const seated = asks.filter((_, nth) => !isRefusal(passed[nth]));
  const beside = await besideOf(
    visit,
    seated.map(({ person }) => person),
  );
  const positions = await queries.positionsOf(
    visit.db,
    passed.flatMap((one, nth) => (isRefusal(one) || !isCounted(one) ? [] : [{ session: one.at.session, person: asks[nth]!.person }])),
  );
  return passed.map((one, nth) => {
    if (isRefusal(one)) return one;
    const { person } = asks[nth]!;
    const others = (beside.get(person) ?? []).filter((other) => other.seen && isAtTheSameTime(one.at, other));
    return {
      ...seen(one.at.code, one.after!, positions.get(`${one.at.session} ${person}`) ?? joinedAt(one)),
      isNew: one.isChanged && one.before === null,
      overlaps: others.map(({ code }) => code),
    };
  });
}

/** Who joined a line just now stands at its end; of anybody else the position is counted. */
const isCounted = (one: Passed): boolean =>
  one.after !== null && lineOf(one.after) !== null && (one.before !== null || !one.isChanged || one.at.hasMoved);
const joinedAt = ({ after, lines }: Passed): number | null => {
  const line = after && lineOf(after);
  return line && lines[line];
};

const seen = (session: string, own: Own, position: number | null): Seat => ({
  session,
  standing: own.standing,
  attendance: own.attendance,
  waitsFor: own.wants,
  position,
  offeredUntil: own.offeredUntil,
  chosenAs: own.chosenAs,
});

/** Takes the place that is offered to the visitor, before its time is over; who took it already keeps it. */
export async function accept(visit: Visit, { code }: Which): Promise<Claimed | NoSeat> {
  if (!visit.person) return { refused: 'not-signed-in' };
  const asks = [passing(visit.person, code)];
  const passed = await passDesks(visit, asks, (_, at, own) => {
    const no = own?.standing === 'held' ? null : whyNot({ ...at, keptFor: null }, visit.now);
    return no ? { refused: no } : accepted(own, visit.now);
  });
  const [seat] = await toldAll(visit, asks, passed);
  return seat!;
}

/** Gives the visitor's place back; who waited longest moves up at once. Without a place nothing happens. */
export async function release(visit: Visit, { code }: Which): Promise<void | Refusal<'not-signed-in'>> {
  if (!visit.person) return { refused: 'not-signed-in' };
  // Also of a session that they may not see any more.
  await passDesks(visit, [{ ...passing(visit.person, code), internal: true }], (_, __, own) => released(own));
}

const someOffers = 500;
/** Offers that were not answered in time end, and go to the next; says how many. The worker asks for it every few seconds. */
export async function expireOffers(visit: Visit): Promise<number> {
  const over = await queries.expired(visit.db, visit.now, someOffers);
  // A session at a time: what belongs to one desk is done together, and nobody holds many.
  for (const code of new Set(over.map(({ code }) => code))) {
    const asks = over.filter((one) => one.code === code).map(({ person }) => ({ code, person, internal: true, by: null }));
    await passDesks(visit, asks, (_, at, own) => expired(own, at.start, visit.now));
  }
  return over.length;
}

/** The visitor's seats in an edition, by time. */
export async function seatsOf(visit: Visit, edition: EditionId): Promise<Seat[]> {
  return visit.person ? queries.seatsOfPerson(visit.db, edition, visit.person.id) : [];
}

/** The visitor's other seats in the edition of a session, by time. */
export async function seatsBeside(visit: Visit, session: Pick<Session, 'id'>): Promise<Seat[]> {
  return visit.person ? queries.seatsBeside(visit.db, session.id, visit.person.id) : [];
}

/** The visitor's seat in one session. */
export async function seatIn(visit: Visit, session: Pick<Session, 'id'>): Promise<Seat | null> {
  return visit.person ? queries.seatOfPerson(visit.db, session.id, visit.person.id) : null;
}

/** Everybody with a place or a place in line, for those who must be told about this session. */
export const holders = (visit: Visit, session: Pick<Session, 'id'>): Promise<PersonId[]> => queries.holdersOf(visit.db, session.id);
