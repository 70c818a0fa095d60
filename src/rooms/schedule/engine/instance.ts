/**
 * What a schedule is about, in numbers from 0: who is who and what is what stays outside. Times are minutes since the
 * edition began. The same in the browser, on the server and in the thread that optimises.
 */
export interface Instance {
  readonly sessions: readonly Needs[];
  /** The times that sessions can have, also those that overlap; a session takes up a whole one. */
  readonly slots: readonly Slot[];
  readonly venues: readonly Venue[];
  readonly interest: Interest;
}

/** What a session needs of a place in the schedule. */
export interface Needs {
  readonly minutes: number;
  /** Who is needed there; everybody is at one session at a time. */
  readonly hosts: readonly number[];
  /** Null: it needs no venue. */
  readonly kind: VenueKind | null;
  /** How many people the venue must hold at least. */
  readonly capacity: number;
  readonly isPinned: boolean;
  /** Per slot: 1 where it may be. That its hosts can, that it fits in the slot's time, and that the slot is still offered. */
  readonly may: Uint8Array;
  /** The themes it is about. */
  readonly themes: readonly number[];
  /** Sessions that should be over before it begins. */
  readonly deepens: readonly number[];
}

export type VenueKind = 'onSite' | 'online';
export interface Venue {
  readonly kind: VenueKind;
  /** Null: without limit. */
  readonly capacity: number | null;
}

export interface Slot {
  readonly start: number;
  readonly end: number;
  /** Days and weeks of the edition, from 0. */
  readonly day: number;
  readonly week: number;
}

/** The marks of person p stand at start[p] up to start[p + 1]; at most one per session, each above 0. */
export interface Interest {
  readonly people: number;
  readonly start: Int32Array;
  readonly session: Uint16Array;
  readonly weight: Float32Array;
}

/** Where each session is: a slot and a venue, or -1 where it has none. */
export interface Placement {
  readonly slot: Int32Array;
  readonly venue: Int32Array;
}

export const nowhere = -1;

export const emptyPlacement = ({ sessions }: Pick<Instance, 'sessions'>): Placement => ({
  slot: new Int32Array(sessions.length).fill(nowhere),
  venue: new Int32Array(sessions.length).fill(nowhere),
});

export const copyOf = ({ slot, venue }: Placement): Placement => ({ slot: slot.slice(), venue: venue.slice() });

/** Whether the session can be in the venue at all; with nowhere it can where it needs none. */
export function fits(instance: Instance, session: number, venue: number): boolean {
  const needs = instance.sessions[session]!;
  const place = instance.venues[venue];
  if (needs.kind === null || place === undefined) return needs.kind === null && place === undefined;
  return place.kind === needs.kind && (place.capacity === null || place.capacity >= needs.capacity);
}

/** Per slot every slot that has a minute in common with it, itself too. */
export function overlapsOf(slots: readonly Slot[]): Int32Array[] {
  const order = [...slots.keys()].sort((a, b) => slots[a]!.start - slots[b]!.start || a - b);
  const lists = slots.map((_, slot) => [slot]);
  order.forEach((slot, at) => {
    for (let next = at + 1; next < order.length && slots[order[next]!]!.start < slots[slot]!.end; next++) {
      lists[slot]!.push(order[next]!);
      lists[order[next]!]!.push(slot);
    }
  });
  return lists.map((list) => Int32Array.from(list));
}

/** Per session who marked it and how much, from the marks per person. */
export interface Wishers {
  readonly start: Int32Array;
  readonly person: Int32Array;
  readonly weight: Float32Array;
}

export function wishersOf({ sessions, interest }: Pick<Instance, 'sessions' | 'interest'>): Wishers {
  const start = new Int32Array(sessions.length + 1);
  for (const session of interest.session) start[session + 1]!++;
  for (let session = 0; session < sessions.length; session++) start[session + 1]! += start[session]!;
  const at = start.slice();
  const person = new Int32Array(interest.session.length);
  const weight = new Float32Array(interest.session.length);
  for (let one = 0; one < interest.people; one++)
    for (let mark = interest.start[one]!; mark < interest.start[one + 1]!; mark++) {
      const place = at[interest.session[mark]!]!++;
      person[place] = one;
      weight[place] = interest.weight[mark]!;
    }
  return { start, person, weight };
}

/** All interest that was marked. */
export function markedIn({ weight }: Pick<Interest, 'weight'>): number {
  let sum = 0;
  for (const one of weight) sum += one;
  return sum;
}

/** A rule that a schedule breaks: what, and which sessions. */
export interface Fault {
  readonly what: 'host-twice' | 'venue-twice' | 'may-not' | 'unfit-venue';
  readonly sessions: readonly number[];
}

/** Every rule that is broken, reckoned straight from what the rules say, so that it can judge whoever made the schedule. */
export function faults(instance: Instance, { slot, venue }: Placement): Fault[] {
  const found: Fault[] = [];
  const placed = instance.sessions.flatMap((needs, session) => {
    const at = instance.slots[slot[session]!];
    return at === undefined ? [] : [{ session, needs, at }];
  });
  for (const { session, needs } of placed) {
    if (needs.may[slot[session]!] !== 1) found.push({ what: 'may-not', sessions: [session] });
    if (!fits(instance, session, venue[session]!)) found.push({ what: 'unfit-venue', sessions: [session] });
  }
  placed.sort((a, b) => a.at.start - b.at.start);
  placed.forEach((one, n) => {
    for (let next = n + 1; next < placed.length && placed[next]!.at.start < one.at.end; next++) {
      const other = placed[next]!;
      const sessions = [one.session, other.session].sort((a, b) => a - b);
      if (one.needs.hosts.some((host) => other.needs.hosts.includes(host))) found.push({ what: 'host-twice', sessions });
      if (venue[one.session] !== nowhere && venue[one.session] === venue[other.session]) found.push({ what: 'venue-twice', sessions });
    }
  });
  return found;
}
