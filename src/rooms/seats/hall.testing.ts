// A hall with some desks side by side, in memory: the rules of desk.ts put together as the door puts them together, for
// tests that compare a long history with something else. It writes down what it does, so it changes in place.
import { attendances, overlap, type Attendance, type State } from '#rooms/programme/session.ts';
import * as desk from './desk.ts';
import * as seat from './seat.ts';
import type { ChosenAs, Own } from './seat.ts';

/** Every rule that decides something. A test can put a broken one in its place, and must then find it. */
export const rules = {
  claimed: desk.claimed,
  accepted: desk.accepted,
  placed: desk.placed,
  present: desk.present,
  drawn: desk.drawn,
  movesUp: desk.movesUp,
  tally: desk.tally,
  expired: desk.expired,
  released: desk.released,
  undone: desk.undone,
  absent: desk.absent,
  mayMove: desk.mayMove,
  termFor: desk.termFor,
  whyNotFewer: desk.whyNotFewer,
  whyNotShares: desk.whyNotShares,
  whyNot: seat.whyNot,
};
export type Rules = typeof rules;

/** How a hall begins. People and sessions are numbers from 0. */
export interface Beginning {
  readonly now: Date;
  /** How long everybody has to answer; null: who moves up has the place at once. */
  readonly acceptHours: number | null;
  /** What each of the people belongs to. */
  readonly people: readonly (readonly string[])[];
  readonly sessions: readonly { readonly start: Date; readonly end: Date; readonly onSite: number | null; readonly online: number | null }[];
}

export interface Room {
  readonly start: Date;
  readonly end: Date;
  state: State;
  keptFor: string | null;
  desk: desk.Desk;
  seats: Map<number, Own>;
  lines: Line[];
}

/** A line of the journal. */
export type Line = { readonly turn: number } & (
  | { readonly what: desk.Turn; readonly person: number; readonly after: Own | null }
  | { readonly what: 'places-changed'; readonly attendance: Attendance; readonly from: number | null; readonly to: number | null }
  | { readonly what: 'shares-changed'; readonly attendance: Attendance; readonly from: readonly desk.Share[]; readonly to: readonly desk.Share[] }
);

export interface Wish {
  readonly person: number;
  readonly session: number;
  readonly attendance: Attendance;
  readonly weight: number;
}

export interface Hall {
  readonly rules: Rules;
  readonly acceptHours: number | null;
  readonly people: readonly (readonly string[])[];
  readonly rooms: readonly Room[];
  now: Date;
  /** The wishes of the open window, the last word of each person and session. */
  wishes: Map<string, Wish>;
  /** What the draw gave, until somebody confirms it or calls it off. */
  outcome: Outcome | null;
}

/** Who gets a place, and who stands in which line, in order. */
export interface Outcome {
  readonly given: readonly Wish[];
  readonly lines: readonly Wish[];
}

/** What can be asked of a hall. */
export type Command =
  | { readonly do: 'claim'; readonly person: number; readonly session: number; readonly attendance: Attendance | null; readonly as: ChosenAs }
  | { readonly do: 'release'; readonly person: number; readonly session: number }
  | { readonly do: 'accept'; readonly person: number; readonly session: number }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'expire' }
  | { readonly do: 'places'; readonly session: number; readonly attendance: Attendance; readonly capacity: number | null }
  | { readonly do: 'shares'; readonly session: number; readonly attendance: Attendance; readonly shares: readonly Omit<desk.Share, 'attendance'>[] }
  | { readonly do: 'place'; readonly person: number; readonly session: number; readonly attendance: Attendance }
  | { readonly do: 'remove'; readonly person: number; readonly session: number }
  | { readonly do: 'check in'; readonly person: number; readonly session: number }
  | { readonly do: 'undo check-in'; readonly person: number; readonly session: number }
  | { readonly do: 'absent'; readonly session: number }
  | { readonly do: 'cancel'; readonly session: number }
  | { readonly do: 'open window'; readonly sessions: readonly number[] }
  | ({ readonly do: 'wish' } & Wish)
  | { readonly do: 'draw'; readonly order: readonly number[] }
  | { readonly do: 'confirm' }
  | { readonly do: 'call off' };

/** Why not, or nothing when it was done. */
export type Answer = string | null;

export function openHall({ now, acceptHours, people, sessions }: Beginning, broken: Partial<Rules> = {}): Hall {
  const rooms = sessions.map(({ start, end, onSite, online }): Room => {
    const places = (attendance: Attendance, capacity: number | null) => ({ attendance, capacity, taken: 0, waiting: 0 });
    return {
      start,
      end,
      state: 'published',
      keptFor: null,
      desk: {
        places: { onSite: places('onSite', onSite), online: places('online', online) },
        shares: [],
        taken: { onSite: new Map(), online: new Map() },
        arrivals: 0,
        turns: 0,
      },
      seats: new Map(),
      lines: [],
    };
  });
  return { rules: { ...rules, ...broken }, acceptHours, people, rooms, now, wishes: new Map(), outcome: null };
}

/** The same hall, to go on with in another way. */
export const copyOf = (hall: Hall): Hall => ({
  ...hall,
  rooms: hall.rooms.map((room) => ({ ...room, seats: new Map(room.seats), lines: [...room.lines] })),
  wishes: new Map(hall.wishes),
});

/** Does what is asked, as the door would, and says why not when it cannot. */
export function obey(hall: Hall, command: Command): Answer {
  switch (command.do) {
    case 'claim':
      return claim(hall, command);
    case 'release':
    case 'remove':
      return free(hall, command);
    case 'accept':
      return accept(hall, command);
    case 'wait':
      hall.now = new Date(hall.now.getTime() + command.minutes * 60_000);
      return null;
    case 'expire':
      return expire(hall);
    case 'places':
      return setPlaces(hall, command);
    case 'shares':
      return setShares(hall, command);
    case 'place':
      return place(hall, command);
    case 'check in':
      return checkIn(hall, command);
    case 'undo check-in':
      return undoCheckIn(hall, command);
    case 'absent':
      return releaseAbsent(hall, command.session);
    case 'cancel':
      hall.rooms[command.session]!.state = 'cancelled';
      return null;
    case 'open window':
      return openWindow(hall, command.sessions);
    case 'wish':
      return wish(hall, command);
    case 'draw':
      return draw(hall, command.order);
    case 'confirm':
      return confirm(hall);
    case 'call off':
      return closeWindow(hall);
  }
}

type Of<Do extends Command['do']> = Extract<Command, { do: Do }>;

function claim(hall: Hall, { person, session, attendance, as }: Of<'claim'>): Answer {
  const room = hall.rooms[session]!;
  const own = room.seats.get(person) ?? null;
  const got = hall.rules.claimed(room.desk, own, { attendance, chosenAs: as, groups: hall.people[person]! });
  // Who asks again is told again, also when nobody else can come any more.
  if (own && 'after' in got && got.what === null) return null;
  const no = hall.rules.whyNot(room, hall.now);
  return no ?? take(hall, room, person, got);
}

function accept(hall: Hall, { person, session }: Of<'accept'>): Answer {
  const room = hall.rooms[session]!;
  const own = room.seats.get(person) ?? null;
  // An offer that was made before a window opened can still be taken.
  const no = own?.standing === 'held' ? null : hall.rules.whyNot({ ...room, keptFor: null }, hall.now);
  return no ?? take(hall, room, person, hall.rules.accepted(own, hall.now));
}

function place(hall: Hall, { person, session, attendance }: Of<'place'>): Answer {
  const room = hall.rooms[session]!;
  if (room.state === 'cancelled') return 'session-cancelled';
  return take(hall, room, person, hall.rules.placed(room.desk, room.seats.get(person) ?? null, attendance, hall.people[person]!));
}

/** What a rule answers, written down; then who waits moves up. */
function take(hall: Hall, room: Room, person: number, got: desk.Decided | desk.Refused): Answer {
  if ('refused' in got) return got.refused;
  decide(hall, room, person, got);
  settle(hall, room);
  return null;
}

function decide(hall: Hall, room: Room, person: number, { after, what }: desk.Decided): void {
  if (what !== null) change(hall, room, person, after, what);
}

const free = (hall: Hall, { session, person }: Of<'release' | 'remove'>): Answer => {
  const room = hall.rooms[session]!;
  return take(hall, room, person, hall.rules.released(room.seats.get(person) ?? null));
};

/** Offers that nobody answered in time go to the next, a session at a time. */
function expire(hall: Hall): Answer {
  const until = ({ offeredUntil }: Own): number => offeredUntil?.getTime() ?? Infinity;
  const over = hall.rooms
    .map((room) => ({ room, gone: [...room.seats].filter(([, own]) => until(own) <= hall.now.getTime()) }))
    .filter(({ gone }) => gone.length > 0)
    .map(({ room, gone }) => ({ room, gone: gone.sort(([, a], [, b]) => until(a) - until(b) || a.arrival - b.arrival) }));
  for (const { room, gone } of over.sort((a, b) => until(a.gone[0]![1]) - until(b.gone[0]![1]))) {
    for (const [person, own] of gone) decide(hall, room, person, hall.rules.expired(own, room.start, hall.now));
    settle(hall, room);
  }
  return null;
}

function setPlaces(hall: Hall, { session, attendance, capacity }: Of<'places'>): Answer {
  const room = hall.rooms[session]!;
  const places = room.desk.places[attendance];
  if (places.capacity === capacity) return null;
  const no = hall.rules.whyNotFewer(places, capacity);
  if (no !== null) return no;
  const turns = room.desk.turns + 1;
  room.lines.push({ turn: turns, what: 'places-changed', attendance, from: places.capacity, to: capacity });
  room.desk = { ...room.desk, turns, places: { ...room.desk.places, [attendance]: { ...places, capacity } } };
  settle(hall, room);
  return null;
}

function setShares(hall: Hall, { session, attendance, shares }: Of<'shares'>): Answer {
  const room = hall.rooms[session]!;
  const from = room.desk.shares.filter((share) => share.attendance === attendance);
  const to = shares.map((share) => ({ attendance, ...share }));
  if (inShort(from) === inShort(to)) return null;
  const next = { ...room.desk, shares: [...room.desk.shares.filter((share) => share.attendance !== attendance), ...to], taken: takenIn(room) };
  const no = hall.rules.whyNotShares(next.taken[attendance], to);
  if (no !== null) return no;
  room.desk = { ...next, turns: next.turns + 1 };
  room.lines.push({ turn: room.desk.turns, what: 'shares-changed', attendance, from, to });
  settle(hall, room);
  return null;
}

const inShort = (shares: readonly desk.Share[]): string =>
  shares
    .map(({ group, most }) => `${group} ${most}`)
    .sort()
    .join();

/** Who is counted only where there are shares is counted anew when they come. */
function takenIn({ seats }: Room): desk.Desk['taken'] {
  const taken = { onSite: new Map<string, number>(), online: new Map<string, number>() };
  for (const own of seats.values())
    if (seat.takesPlace(own)) for (const group of own.groups) taken[own.attendance].set(group, (taken[own.attendance].get(group) ?? 0) + 1);
  return taken;
}

function checkIn(hall: Hall, { person, session }: Of<'check in'>): Answer {
  const room = hall.rooms[session]!;
  const own = room.seats.get(person);
  if (room.state === 'cancelled') return 'session-cancelled';
  return own ? take(hall, room, person, hall.rules.present(room.desk, own, hall.now)) : 'not-on-roll';
}

function undoCheckIn(hall: Hall, { person, session }: Of<'undo check-in'>): Answer {
  const room = hall.rooms[session]!;
  decide(hall, room, person, hall.rules.undone(room.seats.get(person) ?? null));
  return null;
}

/** Who is not there when it has begun gives their place to who is at the door. */
function releaseAbsent(hall: Hall, session: number): Answer {
  const room = hall.rooms[session]!;
  if (hall.now < room.start) return 'not-started';
  for (const [person, own] of [...room.seats].sort(([, a], [, b]) => a.arrival - b.arrival)) decide(hall, room, person, hall.rules.absent(own));
  return null;
}

/** The places of these sessions are kept for the draw. One window at a time is enough here. */
function openWindow(hall: Hall, sessions: readonly number[]): Answer {
  if (isOpen(hall)) return 'kept-already';
  for (const session of sessions) hall.rooms[session]!.keptFor = 'window';
  return null;
}

const isOpen = (hall: Hall): boolean => hall.rooms.some(({ keptFor }) => keptFor !== null);

function wish(hall: Hall, { person, session, attendance, weight }: Wish): Answer {
  if (hall.rooms[session]!.keptFor === null) return 'no-window';
  hall.wishes.set(`${person} ${session}`, { person, session, attendance, weight });
  return null;
}

/** In turns, the strongest wish first; who wishes and gets nothing stands in the line. What is best is not asked here. */
function draw(hall: Hall, order: readonly number[]): Answer {
  if (!isOpen(hall)) return 'no-window';
  const turns = order.map((person) => [...hall.wishes.values()].filter((wish) => wish.person === person).toSorted((a, b) => b.weight - a.weight));
  const wishes = [0, 1, 2]
    .flatMap((round) => turns.flatMap((mine) => mine[round] ?? []))
    .filter(({ session }) => !seat.whyNot({ ...hall.rooms[session]!, keptFor: null }, hall.now));
  const given: Wish[] = [];
  const desks = new Map(hall.rooms.map((room, session) => [session, room.desk] as const));
  for (const wish of wishes) {
    const room = hall.rooms[wish.session]!;
    const own = room.seats.get(wish.person) ?? null;
    const got = desk.placed(desks.get(wish.session)!, own, wish.attendance, hall.people[wish.person]!);
    const clashes = given.some((other) => other.person === wish.person && overlap(hall.rooms[other.session]!, room));
    if ('refused' in got || (own && seat.takesPlace(own)) || clashes || isBusy(hall, wish.person, wish.session)) continue;
    given.push(wish);
    desks.set(wish.session, desk.tally(desks.get(wish.session)!, own, got.after));
  }
  hall.outcome = { given, lines: wishes.filter((wish) => !given.includes(wish)) };
  return null;
}

/** All of it, or when it no longer fits nothing of it. Then sign-up is open, behind who was drawn. */
function confirm(hall: Hall): Answer {
  if (hall.outcome === null) return 'no-draw';
  const kept = hall.rooms.map(({ desk, seats, lines }) => ({ desk, seats: new Map(seats), lines: [...lines] }));
  const { given, lines } = hall.outcome;
  const fits = given.every((wish) => seatDrawn(hall, wish, 'held')) && lines.every((wish) => seatDrawn(hall, wish, 'waiting'));
  if (fits) return closeWindow(hall);
  hall.rooms.forEach((room, session) => Object.assign(room, kept[session]));
  return 'places-changed';
}

function seatDrawn(hall: Hall, { person, session, attendance }: Wish, standing: 'held' | 'waiting'): boolean {
  const room = hall.rooms[session]!;
  if (hall.rules.whyNot({ ...room, keptFor: null }, hall.now)) return standing === 'waiting';
  const got = hall.rules.drawn(room.desk, room.seats.get(person) ?? null, { standing, attendance, groups: hall.people[person]! });
  if ('after' in got && got.what !== null) change(hall, room, person, got.after, got.what);
  return 'after' in got;
}

/** The places that are left are there for who waits, then for who comes. */
function closeWindow(hall: Hall): Answer {
  const kept = hall.rooms.filter(({ keptFor }) => keptFor !== null);
  for (const room of kept) room.keptFor = null;
  for (const room of kept) settle(hall, room);
  hall.wishes = new Map();
  hall.outcome = null;
  return null;
}

function settle(hall: Hall, room: Room): void {
  if (hall.rules.whyNot(room, hall.now)) return;
  for (let moved = true; moved;) {
    moved = false;
    for (const attendance of attendances) {
      if (!hall.rules.mayMove(room.desk.places[attendance])) continue;
      const term = hall.rules.termFor(hall.acceptHours, room.start, hall.now);
      const ups = hall.rules.movesUp(room.desk, attendance, waitersIn(hall, room, attendance), term);
      for (const { person, after, what } of ups) change(hall, room, person, after, what);
      moved ||= ups.length > 0;
    }
  }
}

function waitersIn(hall: Hall, room: Room, attendance: Attendance): desk.Waiter<number>[] {
  return [...room.seats]
    .filter(([, own]) => seat.lineOf(own) === attendance)
    .sort(([, a], [, b]) => a.arrival - b.arrival)
    .map(([person, own]) => ({ person, own, overlaps: isBusy(hall, person, hall.rooms.indexOf(room)) }));
}

/** Whether somebody has a place in something else at that time. */
export function isBusy(hall: Hall, person: number, session: number): boolean {
  const room = hall.rooms[session]!;
  return hall.rooms.some((other) => {
    if (other === room || other.state === 'cancelled' || !overlap(other, room)) return false;
    const own = other.seats.get(person);
    return own !== undefined && seat.takesPlace(own);
  });
}

function change(hall: Hall, room: Room, person: number, after: Own | null, what: desk.Turn): void {
  room.desk = hall.rules.tally(room.desk, room.seats.get(person) ?? null, after);
  if (after === null) room.seats.delete(person);
  else room.seats.set(person, after);
  room.lines.push({ turn: room.desk.turns, what, person, after });
}
