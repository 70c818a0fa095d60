// The ledger: a session's journal, replayed turn by turn, must give its seats and counts, and must never have been over
// its places or shares on the way. Shares are judged for whom we still know the groups of: the journal names no groups.
import { z } from 'zod';
import { attendances, type Attendance } from '#rooms/programme/session.ts';
import type { Share } from './desk.ts';
import { isAbout, lineOf, takesPlace, type Standing } from './seat.ts';

/** One line of the journal about a session's desk. */
export interface Entry {
  readonly what: string;
  readonly person: string | null;
  readonly details: unknown;
}

/** A row of `seats`, as far as the journal tells it. */
export interface Kept {
  readonly person: string;
  readonly standing: Standing;
  readonly attendance: Attendance;
  readonly wants: Attendance | null;
  readonly arrival: number;
  readonly until: Date | null;
  readonly checkedIn: Date | null;
  readonly groups: readonly string[];
}

/** A row of `places`. */
export interface Counted {
  readonly attendance: Attendance;
  readonly capacity: number | null;
  readonly held: number;
  readonly waiting: number;
  readonly arrivals: number;
  readonly turns: number;
}

/** Everything that is written about one session, in any order. */
export interface Book {
  readonly places: readonly Counted[];
  readonly shares: readonly Share[];
  readonly seats: readonly Kept[];
  readonly lines: readonly Entry[];
}

/** What is not as it should be, as a name and its values; words make it a sentence. */
export interface Deviation {
  readonly code:
    | 'line-unreadable'
    | 'turn-missing'
    | 'turn-double'
    | 'turns-differ'
    | 'seat-missing'
    | 'seat-unexplained'
    | 'seat-differs'
    | 'seat-double'
    | 'arrival-double'
    | 'arrivals-differ'
    | 'position-gap'
    | 'held-differs'
    | 'waiting-differs'
    | 'capacity-differs'
    | 'shares-differ'
    | 'over-places'
    | 'over-share'
    | 'passed-over'
    | 'offer-without-end';
  readonly values: Readonly<Record<string, string | number>>;
}

/** Everything in a session's book that is not as it should be; nothing when all is well. */
export function deviations(book: Book): Deviation[] {
  const { turns, unreadable } = read(book.lines);
  return [...unreadable, ...ofNumbering(turns, book.places), ...ofHistory(turns, book), ...ofTables(book)];
}

const attendance = z.enum(['onSite', 'online']);
const moment = z.coerce
  .date()
  .nullish()
  .transform((moment) => moment ?? null);
const after = z
  .object({
    standing: z.enum(['held', 'offered', 'waiting']),
    attendance,
    wants: attendance.nullish().transform((wants) => wants ?? null),
    arrival: z.number(),
    until: moment,
    checkedIn: moment,
    groups: z.array(z.string()).optional(),
  })
  .nullable();
const share = z.object({ group: z.string(), most: z.number() });
const capacity = z.number().nullable();
const details = {
  seat: z.object({ turn: z.number(), after, reason: z.union([z.string(), z.literal(true)]).nullish() }),
  places: z.object({ turn: z.number(), attendance, from: capacity, to: capacity }),
  shares: z.object({ turn: z.number(), attendance, from: z.array(share), to: z.array(share) }),
};

type Turn =
  | ({ readonly kind: 'seat'; readonly person: string; readonly what: string } & z.infer<typeof details.seat>)
  | ({ readonly kind: 'places' } & z.infer<typeof details.places>)
  | ({ readonly kind: 'shares' } & z.infer<typeof details.shares>);

function turnOf({ what, person, details: told }: Entry): Turn | null {
  if (what === 'places-changed') return parsed(details.places, told, (read) => ({ kind: 'places', ...read }));
  if (what === 'shares-changed') return parsed(details.shares, told, (read) => ({ kind: 'shares', ...read }));
  return person === null ? null : parsed(details.seat, told, (read) => ({ kind: 'seat', person, what, ...read }));
}

function parsed<Shape extends z.ZodType>(shape: Shape, told: unknown, make: (read: z.infer<Shape>) => Turn): Turn | null {
  const read = shape.safeParse(told);
  return read.success ? make(read.data) : null;
}

/** By turn. Lines from before the desk numbered its turns say nothing here; migration 0008 told again what there was. */
function read(lines: readonly Entry[]): { readonly turns: readonly Turn[]; readonly unreadable: readonly Deviation[] } {
  const numbered = lines.filter(({ details }) => typeof details === 'object' && details !== null && 'turn' in details);
  const turns = numbered.map(turnOf);
  return {
    turns: turns.filter((turn) => turn !== null).toSorted((a, b) => a.turn - b.turn),
    unreadable: numbered.filter((_, nth) => turns[nth] === null).map(({ what }) => ({ code: 'line-unreadable', values: { what } })),
  };
}

function ofNumbering(turns: readonly Turn[], places: readonly Counted[]): Deviation[] {
  const found: Deviation[] = [];
  let next = 1;
  for (const { turn } of turns) {
    for (; next < turn; next++) found.push({ code: 'turn-missing', values: { turn: next } });
    if (turn < next) found.push({ code: 'turn-double', values: { turn } });
    else next = turn + 1;
  }
  const counted = sum(places.map(({ turns }) => turns));
  if (counted !== next - 1) found.push({ code: 'turns-differ', values: { journal: next - 1, places: counted } });
  return found;
}

type Seated = NonNullable<z.infer<typeof after>>;
interface History {
  readonly seats: Map<string, Seated>;
  readonly taken: Record<Attendance, number>;
  readonly capacity: Record<Attendance, number | null>;
  readonly shares: Record<Attendance, readonly Omit<Share, 'attendance'>[]>;
  readonly takenBy: Record<Attendance, Map<string, number>>;
  readonly lines: Record<Attendance, Set<number>>;
  readonly groupsOf: ReadonlyMap<string, readonly string[]>;
  readonly found: Map<string, Deviation>;
  arrivals: number;
}

function ofHistory(turns: readonly Turn[], book: Book): Deviation[] {
  const history = beginning(turns, book);
  for (const turn of turns) {
    if (turn.kind === 'places') history.capacity[turn.attendance] = turn.to;
    else if (turn.kind === 'shares') history.shares[turn.attendance] = turn.to;
    else sit(history, turn);
    watch(history, turn.turn);
  }
  return [...history.found.values(), ...ofOutcome(history, book)];
}

/** How it was before the first turn: what is written now, back through every change. */
function beginning(turns: readonly Turn[], { places, shares, seats }: Book): History {
  const found = new Map<string, Deviation>();
  const capacity = both((way) => places.find((row) => row.attendance === way)?.capacity ?? null);
  const sharesNow = both((way): readonly Omit<Share, 'attendance'>[] => shares.filter((row) => row.attendance === way));
  for (const turn of turns.toReversed()) {
    if (turn.kind === 'places') {
      if (turn.to !== capacity[turn.attendance])
        found.set(`capacity ${turn.turn}`, {
          code: 'capacity-differs',
          values: { attendance: turn.attendance, turn: turn.turn, journal: String(turn.to), places: String(capacity[turn.attendance]) },
        });
      capacity[turn.attendance] = turn.from;
    }
    if (turn.kind === 'shares') {
      if (asText(turn.to) !== asText(sharesNow[turn.attendance]))
        found.set(`shares ${turn.turn}`, { code: 'shares-differ', values: { attendance: turn.attendance, turn: turn.turn } });
      sharesNow[turn.attendance] = turn.from;
    }
  }
  return {
    seats: new Map(),
    taken: both(() => 0),
    capacity,
    shares: sharesNow,
    takenBy: both(() => new Map()),
    lines: both(() => new Set()),
    groupsOf: new Map(seats.map(({ person, groups }) => [person, groups])),
    found,
    arrivals: 0,
  };
}

const asText = (shares: readonly Omit<Share, 'attendance'>[]): string =>
  JSON.stringify(shares.map(({ group, most }) => `${group} ${most}`).toSorted());

function sit(history: History, { person, after, what, turn, reason }: Extract<Turn, { kind: 'seat' }>): void {
  const { seats, found } = history;
  const before = seats.get(person);
  if (after && before && before.arrival !== after.arrival) found.set(`double ${person}`, { code: 'seat-double', values: { person } });
  const isInTurn = (what === 'seat-moved-up' || what === 'seat-offered') && !reason;
  if (before && after && isInTurn) passesNobody(history, { person, turn, after, before });
  if (before) count(history, person, before, -1);
  if (after) {
    seats.set(person, after);
    count(history, person, after, 1);
    history.arrivals = Math.max(history.arrivals, after.arrival);
    if (after.standing === 'offered' && after.until === null) found.set(`end ${person}`, { code: 'offer-without-end', values: { person } });
  } else seats.delete(person);
}

/** Without shares nobody in the line came earlier than who moves up; with shares somebody may be held up by one. */
function passesNobody(
  { lines, shares, found }: History,
  { person, turn, after, before }: { person: string; turn: number; after: Seated; before: Seated },
): void {
  if (shares[after.attendance].length > 0) return;
  const first = least(lines[after.attendance]);
  if (first < before.arrival && lineOf(before) === after.attendance)
    found.set(`passed ${turn}`, { code: 'passed-over', values: { person, turn, arrival: before.arrival, first } });
}

function count({ taken, takenBy, lines, groupsOf }: History, person: string, seat: Seated, by: 1 | -1): void {
  const line = lineOf(seat);
  if (line !== null && by === 1) lines[line].add(seat.arrival);
  if (line !== null && by === -1) lines[line].delete(seat.arrival);
  if (!takesPlace(seat)) return;
  taken[seat.attendance] += by;
  const groups = takenBy[seat.attendance];
  for (const group of seat.groups ?? groupsOf.get(person) ?? []) groups.set(group, (groups.get(group) ?? 0) + by);
}

/** Over once is over: only the first turn of it is told, and how far it went. */
function watch({ taken, capacity, shares, takenBy, found }: History, turn: number): void {
  for (const way of attendances) {
    const most = capacity[way];
    if (most !== null && taken[way] > most)
      worst(found, `over ${way}`, taken[way], { code: 'over-places', values: { attendance: way, turn, capacity: most } });
    for (const { group: rule, most } of shares[way])
      for (const [group, taken] of takenBy[way])
        if (isAbout(rule, group) && taken > most)
          worst(found, `over ${way} ${group}`, taken, { code: 'over-share', values: { attendance: way, group, turn, most } });
  }
}

function worst(found: Map<string, Deviation>, key: string, taken: number, first: Deviation): void {
  const { code, values } = found.get(key) ?? first;
  found.set(key, { code, values: { ...values, taken: Math.max(taken, Number(values['taken'] ?? 0)) } });
}

/** What the journal says that there is, beside what there is. */
function ofOutcome({ seats, arrivals }: History, book: Book): Deviation[] {
  const found: Deviation[] = [];
  const kept = new Map(book.seats.map((seat) => [seat.person, seat]));
  for (const [person, told] of seats) {
    const there = kept.get(person);
    if (!there) found.push({ code: 'seat-missing', values: { person, journal: inShort(told) } });
    else if (inShort(there) !== inShort(told))
      found.push({ code: 'seat-differs', values: { person, journal: inShort(told), seats: inShort(there) } });
  }
  for (const seat of kept.values())
    if (!seats.has(seat.person)) found.push({ code: 'seat-unexplained', values: { person: seat.person, seats: inShort(seat) } });
  const counted = sum(book.places.map(({ arrivals }) => arrivals));
  if (counted < arrivals) found.push({ code: 'arrivals-differ', values: { journal: arrivals, places: counted } });
  return found;
}

const inShort = ({ standing, attendance, wants, arrival, until, checkedIn }: Omit<Kept, 'person' | 'groups'>): string =>
  [
    standing,
    attendance,
    ...(wants ? [`> ${wants}`] : []),
    `nr ${arrival}`,
    ...(until ? [`until ${until.toISOString()}`] : []),
    ...(checkedIn ? [`in ${checkedIn.toISOString()}`] : []),
  ].join(' ');

/** What the tables say about each other. */
function ofTables({ places, seats, shares }: Book): Deviation[] {
  const found: Deviation[] = [];
  for (const person of doubles(seats.map(({ person }) => person))) found.push({ code: 'seat-double', values: { person } });
  for (const arrival of doubles(seats.map(({ arrival }) => arrival))) found.push({ code: 'arrival-double', values: { arrival } });
  for (const { person, standing, until } of seats)
    if (standing === 'offered' && until === null) found.push({ code: 'offer-without-end', values: { person } });
  for (const { attendance, capacity, held, waiting } of places) {
    const taken = seats.filter((seat) => takesPlace(seat) && seat.attendance === attendance);
    const line = seats.filter((seat) => lineOf(seat) === attendance).map(({ arrival }) => arrival);
    if (taken.length !== held) found.push({ code: 'held-differs', values: { attendance, places: held, seats: taken.length } });
    if (line.length !== waiting) found.push({ code: 'waiting-differs', values: { attendance, places: waiting, seats: line.length } });
    if (capacity !== null && taken.length > capacity)
      found.push({ code: 'over-places', values: { attendance, turn: 'now', capacity, taken: taken.length } });
    for (const position of gaps(line)) found.push({ code: 'position-gap', values: { attendance, position } });
    for (const { group: rule, most } of shares.filter((share) => share.attendance === attendance))
      for (const [group, count] of tallied(taken.flatMap(({ groups }) => groups)))
        if (isAbout(rule, group) && count > most) found.push({ code: 'over-share', values: { attendance, group, turn: 'now', most, taken: count } });
  }
  return found;
}

/** Positions that nobody has, as people see them: how many in the line came no later. */
function gaps(arrivals: readonly number[]): number[] {
  const sorted = arrivals.toSorted((a, b) => a - b);
  return sorted.flatMap((arrival, nth) => (sorted[nth + 1] === arrival ? [nth + 1] : []));
}

function tallied<Value>(values: readonly Value[]): Map<Value, number> {
  const tally = new Map<Value, number>();
  for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1);
  return tally;
}

const doubles = <Value>(values: readonly Value[]): Value[] => [...tallied(values)].filter(([, count]) => count > 1).map(([value]) => value);
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const both = <Value>(of: (way: Attendance) => Value): Record<Attendance, Value> => ({ onSite: of('onSite'), online: of('online') });

function least(numbers: Iterable<number>): number {
  let found = Infinity;
  for (const number of numbers) if (number < found) found = number;
  return found;
}
