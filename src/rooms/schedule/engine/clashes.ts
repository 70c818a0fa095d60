// What somebody sees while they drag a session: for every slot and venue at once, what would clash there and how much
// interest could no longer be attended, or could be again.
import { attendable, diaryOf, type Diary } from './attendable.ts';
import { copyOf, fits, markedIn, nowhere, overlapsOf, wishersOf, type Instance, type Placement, type Wishers } from './instance.ts';

/** A schedule made ready once; `move` keeps it up to date. */
export interface Prepared {
  readonly instance: Instance;
  readonly placement: Placement;
  /** All interest that was marked, placed or not. */
  readonly marked: number;
  /** What of it can be attended now. */
  attendable: number;
  readonly overlaps: readonly Int32Array[];
  readonly wishers: Wishers;
  /** Per session those that share a host with it. */
  readonly sameHosts: readonly Int32Array[];
  /** Per slot and venue (slot * venues + venue): how many sessions are there at that time. */
  readonly taken: Uint16Array;
  readonly diary: Diary;
}

/** What of it interest is reckoned from. */
export type Interested = Pick<Prepared, 'instance' | 'placement' | 'overlaps' | 'wishers' | 'diary'>;

/** For one session, what it would mean to be anywhere. */
export interface Figures {
  /** Per slot: how many sessions with a host of this one are at that time. */
  readonly hosts: Uint16Array;
  /** Per slot: 1 where its hosts cannot, or where it does not fit. */
  readonly mayNot: Uint8Array;
  /** Per slot and venue (slot * venues + venue): how many other sessions are there at that time. */
  readonly taken: Uint16Array;
  /** Per venue: 1 where it is of another kind or too small. */
  readonly unfit: Uint8Array;
  /** Per slot: what could be attended more than now, in weight; below 0 is less. */
  readonly interest: Float64Array;
}

export function prepare(instance: Instance, placement: Placement): Prepared {
  const own = copyOf(placement);
  const overlaps = overlapsOf(instance.slots);
  const prepared: Prepared = {
    instance,
    placement: own,
    marked: markedIn(instance.interest),
    attendable: attendable(instance, own.slot),
    overlaps,
    wishers: wishersOf(instance),
    sameHosts: sharingHosts(instance),
    taken: new Uint16Array(instance.slots.length * instance.venues.length),
    diary: diaryOf(instance, own.slot),
  };
  instance.sessions.forEach((_, session) => count(prepared, session, 1));
  return prepared;
}

/** Everything about one session, for all slots and venues at once. */
export function figuresFor(prepared: Prepared, session: number): Figures {
  const { instance, placement, overlaps } = prepared;
  const hosts = new Uint16Array(instance.slots.length);
  for (const other of prepared.sameHosts[session]!) {
    const slot = placement.slot[other]!;
    if (slot !== nowhere) for (const near of overlaps[slot]!) hosts[near]!++;
  }
  const taken = prepared.taken.slice();
  const [slot, venue] = [placement.slot[session]!, placement.venue[session]!];
  if (slot !== nowhere && venue !== nowhere) for (const near of overlaps[slot]!) taken[near * instance.venues.length + venue]!--;
  return {
    hosts,
    taken,
    mayNot: instance.sessions[session]!.may.map((may) => 1 - may),
    unfit: Uint8Array.from(instance.venues, (_, venue) => (fits(instance, session, venue) ? 0 : 1)),
    interest: interestFor(prepared, session),
  };
}

/** Which sessions stand in the way of this one at a slot. */
export function inTheWay(
  prepared: Prepared,
  session: number,
  slot: number,
  venue: number = nowhere,
): { readonly hosts: number[]; readonly venue: number[] } {
  const { placement, overlaps, sameHosts } = prepared;
  const then = new Set(overlaps[slot]);
  const isThen = (other: number): boolean => other !== session && then.has(placement.slot[other]!);
  const here = venue === nowhere ? [] : [...placement.venue.keys()].filter((other) => placement.venue[other] === venue && isThen(other));
  return { hosts: [...sameHosts[session]!].filter(isThen), venue: here };
}

/** With how many people, and how much of their interest, each other session is wanted by those who want this one. */
export function sharedWith(
  { instance: { interest, sessions }, wishers }: Prepared,
  session: number,
): { readonly people: Int32Array; readonly interest: Float64Array } {
  const people = new Int32Array(sessions.length);
  const shared = new Float64Array(sessions.length);
  for (let at = wishers.start[session]!; at < wishers.start[session + 1]!; at++) {
    const person = wishers.person[at]!;
    for (let mark = interest.start[person]!; mark < interest.start[person + 1]!; mark++) {
      const other = interest.session[mark]!;
      if (other === session) continue;
      people[other]!++;
      shared[other]! += Math.min(wishers.weight[at]!, interest.weight[mark]!);
    }
  }
  return { people, interest: shared };
}

/** Puts a session elsewhere, or nowhere; answers how much more can be attended than before. */
export function move(prepared: Prepared, session: number, slot: number, venue: number): number {
  const before = prepared.attendable;
  const change = slot === prepared.placement.slot[session] ? 0 : changeOf(prepared, session, slot);
  count(prepared, session, -1);
  prepared.placement.slot[session] = slot;
  prepared.placement.venue[session] = venue;
  count(prepared, session, 1);
  prepared.attendable = before + change;
  return change;
}

function count({ instance, placement, overlaps, taken }: Prepared, session: number, by: 1 | -1): void {
  const [slot, venue] = [placement.slot[session]!, placement.venue[session]!];
  if (slot !== nowhere && venue !== nowhere) for (const near of overlaps[slot]!) taken[near * instance.venues.length + venue]! += by;
}

/**
 * Of who marked it, everybody could attend it where they have nothing else; only at the slots of what they also marked it
 * is reckoned what they would choose. So it takes as long as there are marks of these people, not of all.
 */
export function interestFor({ instance, placement, overlaps, wishers, diary }: Interested, session: number): Float64Array {
  const gained = new Float64Array(instance.slots.length);
  const seen = new Int32Array(instance.slots.length).fill(-1);
  let all = 0;
  for (let at = wishers.start[session]!; at < wishers.start[session + 1]!; at++) {
    const weight = wishers.weight[at]!;
    const without = diary.of(wishers.person[at]!, session);
    all += weight;
    for (let n = diary.count() - 1; n >= 0; n--)
      for (const slot of overlaps[diary.slots[n]!]!) {
        if (seen[slot] === at) continue;
        seen[slot] = at;
        gained[slot]! += diary.with(slot, weight) - without - weight;
      }
  }
  const slot = placement.slot[session]!;
  const now = slot === nowhere ? 0 : all + gained[slot]!;
  for (let slot = 0; slot < gained.length; slot++) gained[slot]! += all - now;
  return gained;
}

/** What a session elsewhere, or nowhere, changes in what can be attended. */
export function changeOf({ placement, wishers, diary }: Interested, session: number, to: number): number {
  const from = placement.slot[session]!;
  let change = 0;
  for (let at = wishers.start[session]!; at < wishers.start[session + 1]!; at++) {
    const weight = wishers.weight[at]!;
    const without = diary.of(wishers.person[at]!, session);
    const then = to === nowhere ? without : diary.with(to, weight);
    change += then - (from === nowhere ? without : diary.with(from, weight));
  }
  return change;
}

function sharingHosts({ sessions }: Instance): Int32Array[] {
  const of = new Map<number, number[]>();
  sessions.forEach(({ hosts }, session) => hosts.forEach((host) => of.set(host, [...(of.get(host) ?? []), session])));
  return sessions.map(({ hosts }, session) => Int32Array.from(new Set(hosts.flatMap((host) => of.get(host)!).filter((other) => other !== session))));
}
