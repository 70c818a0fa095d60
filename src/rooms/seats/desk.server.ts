// Everybody who wants something of a session's places passes its desk: it is taken (locked), what they have is read,
// the rules decide, and what they decide is written with its journal lines; then who waits moves up. One transaction.
import type { Kysely } from 'kysely';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import { deskWaits, refusals } from '#ground/measures.server.ts';
import { inTurnsPer } from '#ground/in-turns.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { DB, Json } from '#ground/tables.ts';
import type { Visit } from '#ground/visit.ts';
import { recordAll, type What } from '#rooms/journal';
import { attendances, overlap, type Attendance, type State } from '#rooms/programme/session.ts';
import { left, mayMove, movesUp, tally, termFor, type Change, type Decided, type Desk, type Places } from './desk.ts';
import { takesPlace, whyNot, type Own } from './seat.ts';
import * as queries from './queries.server.ts';
import type { BesideRow, PlacesRow } from './queries.server.ts';

/** A session's desk, taken. `desk` is as it is after everything that was decided here so far. */
export interface At {
  readonly session: SessionId;
  readonly code: string;
  readonly edition: EditionId;
  readonly state: State;
  readonly start: Date | null;
  readonly end: Date | null;
  readonly keptFor: string | null;
  readonly acceptHours: number | null;
  /** Nothing of the edition changes any more. */
  readonly isClosed: boolean;
  desk: Desk;
  /** Whether somebody moved up here since: who came last may stand further forward than they were told. */
  hasMoved: boolean;
}

export interface Passing extends queries.Asked {
  /** Who does it: themselves, an organiser, or null for the house. */
  readonly by: PersonId | null;
}
/** Somebody whom the visitor, or the house, passes a desk for: also of a session that they may not see any more. */
export const passingFor = (visit: Visit, { code }: { readonly code: string }, person: PersonId): Passing => ({
  code,
  person,
  internal: true,
  by: visit.person?.id ?? null,
});
export interface Passed {
  readonly at: At;
  readonly before: Own | null;
  readonly after: Own | null;
  readonly isChanged: boolean;
  /** How many stood in each line when they had passed. */
  readonly lines: Readonly<Record<Attendance, number>>;
}

/**
 * Lets these people pass the desks of their sessions, in their order. `decide` is asked with the desk as the ones before
 * left it. A refusal concerns one of them; the others go on.
 */
export function passDesks<Ask extends Passing, No extends string>(
  visit: Visit,
  asks: readonly Ask[],
  decide: (ask: Ask, at: At, own: Own | null) => (Decided & { readonly reason?: string }) | Refusal<No>,
): Promise<(Passed | Refusal<No | 'session-unknown'>)[]> {
  const codes = new Set(asks.map(({ code }) => code));
  return inTurn(visit, codes, async (visit) => {
    const { ats, owns, rows } = await take(visit, [...codes], asks);
    const changes: Noted[] = [];
    const freed = new Set<At>();
    const answers: (Passed | Refusal<No | 'session-unknown'>)[] = [];
    for (const [nth, ask] of asks.entries()) {
      const row = rows.get(nth + 1);
      const at = row && ats.get(row.session);
      if (!at) {
        answers.push({ refused: 'session-unknown' });
        continue;
      }
      const key = `${at.session} ${ask.person}`;
      let before = owns.get(key) ?? null;
      let decided = decide(ask, at, before);
      // A place that came free here just now is first for who waits, then for who comes.
      if (freed.has(at) && !('refused' in decided) && takesMore(before, decided.after)) {
        await write(visit, changes.splice(0));
        for (const { person, after } of await settle(visit, at)) owns.set(`${at.session} ${person}`, after);
        freed.delete(at);
        before = owns.get(key) ?? null;
        decided = decide(ask, at, before);
      }
      if ('refused' in decided) {
        refusals.inc({ refused: decided.refused });
        answers.push(decided);
      } else if (decided.what === null) answers.push({ at, before, after: decided.after, isChanged: false, lines: linesAt(at) });
      else {
        changes.push(note(at, { person: ask.person, before, after: decided.after, what: decided.what }, ask.by, decided.reason));
        owns.set(key, decided.after);
        if (takesMore(decided.after, before)) freed.add(at);
        answers.push({ at, before, after: decided.after, isChanged: true, lines: linesAt(at) });
      }
    }
    await write(visit, changes);
    for (const at of ats.values()) await settle(visit, at);
    return answers;
  });
}

// Those who come to one desk at once wait for each other here, each with nothing in hand, and not as so many
// transactions at a lock in the database.
const turns = inTurnsPer<Kysely<DB>, () => Promise<void>, void>(async (_, [pass]) => [await pass!()], { lanes: 8, most: 1 });
async function inTurn<T>(visit: Visit, codes: ReadonlySet<string>, work: (visit: Visit) => Promise<T>): Promise<T> {
  const [code] = codes;
  if (code === undefined || codes.size > 1 || visit.db.isTransaction) return atOnce(visit, work);
  const done: { result?: T } = {};
  await turns(visit.db, code, async () => void (done.result = await atOnce(visit, work)));
  return done.result as T;
}

/** Whether somebody has a place after it that they did not have before it. */
const takesMore = (before: Own | null, after: Own | null): boolean =>
  after !== null && takesPlace(after) && !(before !== null && takesPlace(before) && before.attendance === after.attendance);

const linesAt = ({ desk: { places } }: At) => ({ onSite: places.onSite.waiting, online: places.online.waiting });

async function take(visit: Visit, codes: readonly string[], asks: readonly Passing[]) {
  const waited = deskWaits.startTimer();
  const places = await queries.lockPlaces(visit.db, codes);
  waited();
  const asked = await queries.askedOf(visit.db, asks);
  const ats = new Map<SessionId, At>();
  const owns = new Map<string, Own>();
  for (const row of asked) {
    if (!ats.has(row.session)) ats.set(row.session, await atOf(visit, row, places));
    if (row.standing !== null) owns.set(`${row.session} ${asks[row.nth - 1]!.person}`, queries.ownOf({ ...row, standing: row.standing }));
  }
  return { ats, owns: owns as Map<string, Own | null>, rows: new Map(asked.map((row) => [row.nth, row])) };
}

async function atOf(visit: Visit, row: queries.SessionAt, all: readonly PlacesRow[]): Promise<At> {
  const rows = all.filter(({ session }) => session === row.session);
  const placesOf = (attendance: Attendance): Places => {
    const { capacity = 0, held = 0, waiting = 0 } = rows.find((places) => places.attendance === attendance) ?? {};
    return { attendance, capacity, taken: held, waiting };
  };
  return {
    session: row.session,
    code: row.code,
    edition: row.edition,
    state: row.state,
    start: row.starts_at,
    end: row.ends_at,
    keptFor: rows[0]?.kept_for ?? null,
    acceptHours: row.accept_hours,
    isClosed: row.is_closed,
    hasMoved: false,
    desk: {
      places: { onSite: placesOf('onSite'), online: placesOf('online') },
      shares: row.shares ?? [],
      taken: row.shares === null ? { onSite: new Map(), online: new Map() } : await takenAt(visit, row.session),
      arrivals: rows.reduce((sum, { arrivals }) => sum + arrivals, 0),
      turns: rows.reduce((sum, { turns }) => sum + turns, 0),
    },
  };
}

/** How many places of a session each group takes up. */
export async function takenAt(visit: Visit, session: SessionId): Promise<Desk['taken']> {
  const counts = await queries.takenByGroup(visit.db, session);
  const of = (attendance: Attendance) =>
    new Map(counts.filter((count) => count.attendance === attendance).map(({ group, taken }) => [group, taken] as const));
  return { onSite: of('onSite'), online: of('online') };
}

/** A change with its number at the desk, and the counts it makes. */
interface Noted extends Change<PersonId> {
  readonly at: At;
  readonly turn: number;
  readonly counts: readonly queries.Counted[];
  readonly by: PersonId | null;
  readonly reason: string | undefined;
}

/** Decides nothing: numbers the change and moves the desk on. */
function note(at: At, change: Change<PersonId>, by: PersonId | null, reason?: string): Noted {
  const before = at.desk;
  const after = tally(before, change.before, change.after);
  at.desk = after;
  return { ...change, at, turn: after.turns, counts: difference(at, before, after, change), by, reason };
}

function difference(at: At, before: Desk, after: Desk, change: Change): queries.Counted[] {
  const home = (change.after ?? change.before)!.attendance;
  return attendances.flatMap((attendance) => {
    const [was, is] = [before.places[attendance], after.places[attendance]];
    const counted = {
      session: at.session,
      attendance,
      taken: is.taken - was.taken,
      waiting: is.waiting - was.waiting,
      arrivals: attendance === home ? after.arrivals - before.arrivals : 0,
      turns: attendance === home ? 1 : 0,
    };
    return counted.taken || counted.waiting || counted.turns ? [counted] : [];
  });
}

async function write(visit: Visit, changes: readonly Noted[]): Promise<void> {
  if (changes.length === 0) return;
  // Who passed more than once is written as they ended.
  const last = new Map(changes.map((change) => [`${change.at.session} ${change.person}`, change]));
  await queries.writeSeats(
    visit.db,
    [...last.values()].map(({ at, person, after }) => ({ session: at.session, person, after })),
    summed(changes.flatMap(({ counts }) => counts)),
    visit.now,
  );
  await recordAll(visit, changes.map(journalLine));
}

const journalLine = ({ at, person, after, what, turn, by, reason }: Noted) => ({
  what: what satisfies What,
  by,
  person,
  session: at.session,
  details: { turn, after: told(after), ...(reason === undefined ? {} : { reason }) },
});

/** A seat as the journal tells it. */
const told = (own: Own | null): Json =>
  own && {
    standing: own.standing,
    attendance: own.attendance,
    wants: own.wants,
    arrival: own.arrival,
    ...(own.offeredUntil && { until: own.offeredUntil.toISOString() }),
    ...(own.checkedInAt && { checkedIn: own.checkedInAt.toISOString() }),
  };

/** One row for each way of taking part: a statement changes a row once. */
function summed(counts: readonly queries.Counted[]): queries.Counted[] {
  const sums = new Map<string, queries.Counted>();
  for (const count of counts) {
    const key = `${count.session} ${count.attendance}`;
    const sum = sums.get(key);
    sums.set(
      key,
      sum === undefined
        ? count
        : {
            ...count,
            taken: sum.taken + count.taken,
            waiting: sum.waiting + count.waiting,
            arrivals: sum.arrivals + count.arrivals,
            turns: sum.turns + count.turns,
          },
    );
  }
  return [...sums.values()];
}

/** With shares anybody in the line may be the first who fits; without, so many as there are places. */
const mostLookedAt = 10_000;

/** Who waits moves up, until nobody can: who changes from one line to the other frees a place in the one they leave. */
export async function settle(visit: Visit, at: At): Promise<readonly Change<PersonId>[]> {
  const all: Change<PersonId>[] = [];
  if (whyNot(at, visit.now)) return all;
  for (let moved = true; moved;) {
    moved = false;
    for (const attendance of attendances) {
      const places = at.desk.places[attendance];
      if (!mayMove(places)) continue;
      const most = Math.min(at.desk.shares.length > 0 ? mostLookedAt : left(places), mostLookedAt);
      const line = await queries.firstInLine(visit.db, at.session, attendance, most);
      const busy = await busyAmong(
        visit,
        at,
        line.map(({ person }) => person),
      );
      const waiters = line.map(({ person, own }) => ({ person, own, overlaps: busy.has(person) }));
      const ups = movesUp(at.desk, attendance, waiters, termFor(at.acceptHours, at.start, visit.now));
      await write(
        visit,
        ups.map((change) => note(at, change, null)),
      );
      all.push(...ups);
      moved ||= ups.length > 0;
      at.hasMoved ||= moved;
    }
  }
  return all;
}

/**
 * Who of them has a place in something else at this time. Who waits in something else at this time may be moved up there
 * at this very moment, and would have both without a word: such a person is taken first, or else counts as busy.
 */
async function busyAmong(visit: Visit, at: At, people: readonly PersonId[]): Promise<ReadonlySet<PersonId>> {
  const beside = await besideOf(visit, people);
  const isBusy = (person: PersonId, rows: typeof beside): boolean => (rows.get(person) ?? []).some((other) => isInTheWay(at, other));
  const busy = new Set(people.filter((person) => isBusy(person, beside)));
  const torn = people.filter((person) => !busy.has(person) && (beside.get(person) ?? []).some((other) => isAtTheSameTime(at, other)));
  if (torn.length === 0) return busy;
  const here = await queries.onlyHere(visit.db, torn);
  const now = await besideOf(visit, torn);
  for (const person of torn) if (!here.has(person) || isBusy(person, now)) busy.add(person);
  return busy;
}

/** Everything these people have a seat in, by person. */
export async function besideOf(visit: Visit, people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, readonly BesideRow[]>> {
  const rows = people.length === 0 ? [] : await queries.seatsOfPeople(visit.db, people);
  const beside = new Map<PersonId, BesideRow[]>();
  for (const row of rows) beside.set(row.person, [...(beside.get(row.person) ?? []), row]);
  return beside;
}

/** A place, not only a place in a line, in something else of the edition at the same time. */
const isInTheWay = (at: At, other: BesideRow): boolean => takesPlace(other) && isAtTheSameTime(at, other);
export const isAtTheSameTime = (at: At, other: BesideRow): boolean =>
  other.code !== at.code && other.edition === at.edition && other.state !== 'cancelled' && overlap(at, other);

/** Takes one desk for a change of its places rather than of somebody's seat; who waits moves up after it. */
export const passHouse = <No extends string>(
  visit: Visit,
  session: { readonly id: SessionId; readonly code: string },
  change: (visit: Visit, at: At) => Promise<void | Refusal<No>>,
): Promise<void | Refusal<No | 'session-unknown'>> =>
  inTurn(visit, new Set([session.code]), async (visit): Promise<void | Refusal<No | 'session-unknown'>> => {
    const places = await queries.lockPlaces(visit.db, [session.code]);
    const row = await queries.sessionAt(visit.db, session.code);
    if (!row) return { refused: 'session-unknown' };
    const at = await atOf(visit, row, places);
    const refused = await change(visit, at);
    if (refused) return refused;
    await settle(visit, at);
  });
