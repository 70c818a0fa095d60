// Sessions to times and places so that people can attend as much as possible of what they marked: a greedy start, then
// simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over moves and exchanges. Hard rules are never broken.
import { attendable } from './attendable.ts';
import { chanceFrom, type Chance } from './chance.ts';
import { move as moveTo, prepare } from './clashes.ts';
import { unevennessOf, usual, type Evenness, type Unevenness } from './evenness.ts';
import { copyOf, markedIn, nowhere, type Instance, type Placement } from './instance.ts';
import { reckonerOf, type Reckoner } from './interest.ts';
import { rulesOf, type Rules } from './rules.ts';

export interface Settings {
  readonly seed: number;
  /** Per session 1 where it may be moved; absent: all. A pinned session never moves. */
  readonly mayMove?: Uint8Array;
  /** Per slot 1 where sessions may go to; absent: all. */
  readonly maySlot?: Uint8Array;
  readonly evenness?: Evenness;
  /** After so many tries, the part of the budget that is used, 0 to 1; at 1 it ends. Asked every thousand tries or so. */
  readonly spent: (tries: number) => number;
  readonly onProgress?: (progress: Progress) => void;
}

/** The best so far. */
export interface Progress {
  readonly part: number;
  readonly tries: number;
  /** Of all marked interest, what can be attended; 1 when nothing was marked. */
  readonly share: number;
  readonly unplaced: number;
}

export interface Move {
  readonly session: number;
  readonly from: { readonly slot: number; readonly venue: number };
  readonly to: { readonly slot: number; readonly venue: number };
  /** What can be attended more after it, in weight, when the moves before it are made. */
  readonly change: number;
}

export interface Found {
  readonly placement: Placement;
  readonly moves: readonly Move[];
  readonly marked: number;
  readonly before: number;
  readonly attendable: number;
  readonly unplaced: number;
  readonly tries: number;
}

export const triesOf =
  (budget: number): Settings['spent'] =>
  (tries) =>
    tries / budget;

/**
 * The best schedule found from a start. Sessions that may not move stay, also where they break a rule; the others never
 * do. The same for the same seed and the same answers of `spent`. Never worse than greedy, nor than a start without faults.
 */
export function optimise(instance: Instance, start: Placement, settings: Settings): Found {
  const movable = movableIn(instance, settings);
  const candidates = [...new Set([startFrom(instance, start, movable, settings, true), startFrom(instance, start, movable, settings, false)])];
  candidates.sort((a, b) => unplaced(a.placement) - unplaced(b.placement) || b.value - a.value);
  const table = candidates[0]!;
  const tries = movable.length === 0 ? 0 : anneal(table, movable, settings);
  const placement = table.best;
  const { moves, before, after } = movesBetween(instance, start, placement);
  return { placement, moves, marked: table.marked, before, attendable: after, unplaced: unplaced(placement), tries };
}

/** The greedy start alone: who is wanted most first, each where least is lost. */
export function greedy(instance: Instance, start: Placement, settings: Omit<Settings, 'spent'>): Placement {
  return startFrom(instance, start, movableIn(instance, settings), settings, false).placement;
}

const movableIn = ({ sessions }: Instance, { mayMove }: Pick<Settings, 'mayMove'>): number[] =>
  [...sessions.keys()].filter((session) => !sessions[session]!.isPinned && (mayMove === undefined || mayMove[session] === 1));

const unplaced = ({ slot }: Placement): number => slot.reduce((sum, one) => sum + (one === nowhere ? 1 : 0), 0);

/** A schedule being made, with all that follows it. */
interface Table {
  readonly instance: Instance;
  readonly placement: Placement;
  readonly rules: Rules;
  readonly reckoner: Reckoner;
  readonly unevenness: Unevenness;
  readonly marked: number;
  /** Per session the slots it may go to. */
  readonly slotsOf: readonly Int32Array[];
  /** Per slot and venue who is exactly there, or nowhere. */
  readonly at: Int32Array;
  /** What can be attended less what is uneven. */
  value: number;
  attendable: number;
  best: Placement;
}

function startFrom(instance: Instance, start: Placement, movable: readonly number[], settings: Omit<Settings, 'spent'>, keep: boolean): Table {
  const placement = copyOf(start);
  for (const session of movable) placement.slot[session] = placement.venue[session] = nowhere;
  const rules = rulesOf(instance, placement);
  const marked = markedIn(instance.interest);
  const { maySlot } = settings;
  const table: Table = {
    instance,
    placement,
    rules,
    reckoner: reckonerOf(instance, placement),
    unevenness: unevennessOf(instance, placement, settings.evenness ?? usual, marked),
    marked,
    slotsOf: instance.sessions.map(({ may }) =>
      Int32Array.from([...may.keys()].filter((slot) => may[slot] === 1 && (maySlot === undefined || maySlot[slot] === 1))),
    ),
    at: new Int32Array(instance.slots.length * (instance.venues.length + 1)).fill(nowhere),
    value: 0,
    attendable: 0,
    best: placement,
  };
  placement.slot.forEach((slot, session) => {
    rules.enter(session);
    if (slot !== nowhere) table.at[cell(table, slot, placement.venue[session]!)] = session;
  });
  if (keep)
    for (const session of movable) {
      const [slot, venue] = [start.slot[session]!, start.venue[session]!];
      if (slot !== nowhere && rules.venuesOf[session]!.includes(venue) && rules.isFree(session, slot, venue)) put(table, session, slot, venue);
    }
  placeRest(table, movable);
  table.attendable = attendable(instance, placement.slot);
  table.value = table.attendable - table.unevenness.cost();
  table.best = copyOf(placement);
  return table;
}

function placeRest(table: Table, movable: readonly number[]): void {
  const { instance, placement, rules, slotsOf } = table;
  const wanted = new Float64Array(instance.sessions.length);
  instance.interest.session.forEach((session, mark) => (wanted[session]! += instance.interest.weight[mark]!));
  const choices = (session: number): number => slotsOf[session]!.length;
  const open = movable.filter((session) => placement.slot[session] === nowhere);
  // Who can go to few places goes before who can go to many.
  open.sort((a, b) => Math.floor(Math.log2(choices(a) + 1)) - Math.floor(Math.log2(choices(b) + 1)) || wanted[b]! - wanted[a]! || a - b);
  const busy = new Int32Array(instance.slots.length);
  for (const slot of placement.slot) if (slot !== nowhere) busy[slot]!++;
  for (const session of open) {
    const gains = table.reckoner.everywhere(session);
    let [best, bestGain, bestVenue] = [nowhere, -Infinity, nowhere];
    for (const slot of slotsOf[session]!) {
      const gain = gains[slot]! - table.unevenness.change(session, slot) - 1e-6 * busy[slot]!;
      if (gain <= bestGain) continue;
      const venue = rules.venuesOf[session]!.findIndex((venue) => rules.isFree(session, slot, venue));
      if (venue === -1) continue;
      [best, bestGain, bestVenue] = [slot, gain, rules.venuesOf[session]![venue]!];
    }
    if (best === nowhere) continue;
    put(table, session, best, bestVenue);
    busy[best]!++;
  }
}

/** Who needs no venue stands in no cell: of these there can be more at one time. */
const cell = ({ instance }: Table, slot: number, venue: number): number =>
  slot * (instance.venues.length + 1) + (venue === nowhere ? instance.venues.length : venue);

function put(table: Table, session: number, slot: number, venue: number): void {
  const { placement, rules, at } = table;
  const from = placement.slot[session]!;
  rules.leave(session);
  if (from !== nowhere && at[cell(table, from, placement.venue[session]!)] === session) at[cell(table, from, placement.venue[session]!)] = nowhere;
  table.unevenness.move(session, from, slot);
  table.reckoner.move(session, slot);
  placement.venue[session] = venue;
  rules.enter(session);
  if (slot !== nowhere) at[cell(table, slot, venue)] = session;
}

/** How hot it begins and how cold it ends, in what an ordinary change costs. Found by trial on the cases of the bench. */
const heat = { first: 0.25, last: 0.012 };
const atOnce = 1024;

function anneal(table: Table, movable: readonly number[], settings: Settings): number {
  const chance = chanceFrom(settings.seed);
  const isMovable = new Uint8Array(table.instance.sessions.length);
  for (const session of movable) isMovable[session] = 1;
  const ordinary = ordinaryChange(table, movable, chance);
  let bestValue = table.value;
  let bestAttendable = table.attendable;
  let left = unplaced(table.placement);
  let tries = 0;
  for (let part = settings.spent(0); part < 1; part = settings.spent(tries)) {
    settings.onProgress?.({ part, tries, share: table.marked === 0 ? 1 : bestAttendable / table.marked, unplaced: left });
    const warmth = ordinary * heat.first * (heat.last / heat.first) ** part;
    for (let n = 0; n < atOnce; n++) {
      const session = movable[chance.below(movable.length)]!;
      const wasOut = table.placement.slot[session] === nowhere;
      if (!tryOne(table, session, isMovable, warmth, chance)) continue;
      const out = wasOut ? unplaced(table.placement) : left;
      if (out >= left && table.value <= bestValue + 1e-9) continue;
      left = out;
      bestValue = table.value;
      bestAttendable = table.attendable;
      table.best.slot.set(table.placement.slot);
      table.best.venue.set(table.placement.venue);
    }
    tries += atOnce;
  }
  return tries;
}

function ordinaryChange({ placement, reckoner }: Table, movable: readonly number[], chance: Chance): number {
  let sum = 0;
  let count = 0;
  for (let n = 0; n < 200; n++) {
    const [one, other] = [movable[chance.below(movable.length)]!, movable[chance.below(movable.length)]!];
    if (placement.slot[one] === nowhere || placement.slot[other] === nowhere || placement.slot[one] === placement.slot[other]) continue;
    sum += Math.abs(reckoner.exchange(one, other));
    count++;
  }
  return count === 0 || sum === 0 ? 1 : sum / count;
}

/** One session to a cell by chance; who stands there takes its place, where both may. */
function tryOne(table: Table, session: number, isMovable: Uint8Array, warmth: number, chance: Chance): boolean {
  const { placement, rules, slotsOf } = table;
  const slots = slotsOf[session]!;
  const venues = rules.venuesOf[session]!;
  if (slots.length === 0 || venues.length === 0) return false;
  const to = slots[chance.below(slots.length)]!;
  const venue = venues[chance.below(venues.length)]!;
  const other = venue === nowhere ? nowhere : table.at[cell(table, to, venue)]!;
  if (other === session) return false;
  const from = placement.slot[session]!;
  if (other === nowhere) {
    rules.leave(session);
    const isFree = rules.isFree(session, to, venue);
    rules.enter(session);
    if (!isFree) return false;
    const gained = table.reckoner.change(session, to);
    const change = gained - table.unevenness.change(session, to);
    if (from !== nowhere && !isTaken(change, warmth, chance)) return false;
    put(table, session, to, venue);
    table.value += change;
    table.attendable += gained;
    return true;
  }
  if (isMovable[other] === 0 || !mayExchange(table, session, other)) return false;
  const gained = table.reckoner.exchange(session, other);
  let change = gained - table.unevenness.change(session, to);
  if (!isTaken(change + moreEven(table, other, from), warmth, chance)) return false;
  exchange(table, session, other, () => (change -= table.unevenness.change(other, from)));
  table.value += change;
  table.attendable += gained;
  return true;
}

/** What the other one's move changes in evenness, before the first has moved: near enough to decide by. */
const moreEven = ({ unevenness }: Table, other: number, to: number): number => -unevenness.change(other, to);

const isTaken = (change: number, warmth: number, chance: Chance): boolean => change >= 0 || chance.part() < Math.exp(change / warmth);

function mayExchange({ placement, rules, slotsOf }: Table, one: number, other: number): boolean {
  const [slot, venue, toSlot, toVenue] = [placement.slot[one]!, placement.venue[one]!, placement.slot[other]!, placement.venue[other]!];
  if (slot !== nowhere && (!rules.venuesOf[other]!.includes(venue) || !slotsOf[other]!.includes(slot))) return false;
  rules.leave(one);
  rules.leave(other);
  let may = rules.isFree(one, toSlot, toVenue);
  if (may && slot !== nowhere) {
    placement.slot[one] = toSlot;
    placement.venue[one] = toVenue;
    rules.enter(one);
    may = rules.isFree(other, slot, venue);
    rules.leave(one);
    placement.slot[one] = slot;
    placement.venue[one] = venue;
  }
  rules.enter(one);
  rules.enter(other);
  return may;
}

function exchange(table: Table, one: number, other: number, afterFirst: () => void): void {
  const { placement } = table;
  const [slot, venue, toSlot, toVenue] = [placement.slot[one]!, placement.venue[one]!, placement.slot[other]!, placement.venue[other]!];
  put(table, one, toSlot, toVenue);
  afterFirst();
  put(table, other, slot, slot === nowhere ? nowhere : venue);
}

/** What to move, one after the other, and what each does. */
function movesBetween(instance: Instance, start: Placement, placement: Placement): { moves: Move[]; before: number; after: number } {
  const prepared = prepare(instance, start);
  const before = prepared.attendable;
  const moves = [...placement.slot.keys()]
    .filter((session) => placement.slot[session] !== start.slot[session] || placement.venue[session] !== start.venue[session])
    .map((session): Move => {
      const from = { slot: start.slot[session]!, venue: start.venue[session]! };
      const to = { slot: placement.slot[session]!, venue: placement.venue[session]! };
      return { session, from, to, change: moveTo(prepared, session, to.slot, to.venue) };
    });
  return { moves, before, after: prepared.attendable };
}
