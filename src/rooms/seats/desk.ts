// The rules of a session's desk, where everybody who wants something of its places passes one at a time. Every rule
// stands here once; the door locks the desk, asks these functions, and writes what they answer.
import type { What } from '#rooms/journal/line.ts';
import { attendances, type Attendance } from '#rooms/programme/session.ts';
import { isAbout, lineOf, takesPlace, type ChosenAs, type Own } from './seat.ts';

/** How full one way of taking part is; capacity null is without limit, 0 is not offered. */
export interface Places {
  readonly attendance: Attendance;
  readonly capacity: number | null;
  /** Held or offered. */
  readonly taken: number;
  readonly waiting: number;
}

/** At most so many places for people of a group; 'organisation:*' is for each organisation. */
export interface Share {
  readonly attendance: Attendance;
  readonly group: string;
  readonly most: number;
}

/** What a desk knows when it decides. */
export interface Desk {
  readonly places: Readonly<Record<Attendance, Places>>;
  readonly shares: readonly Share[];
  /** How many places each group takes up; only kept where there are shares. */
  readonly taken: Readonly<Record<Attendance, ReadonlyMap<string, number>>>;
  /** Everybody who ever came to this desk, and everything that was ever changed at it. */
  readonly arrivals: number;
  readonly turns: number;
}

/** One change at a desk: somebody's seat before and after; null is none. */
export interface Change<Person = unknown> {
  readonly person: Person;
  readonly before: Own | null;
  readonly after: Own | null;
  readonly what: Turn;
}

/** What can happen to a seat, in the words of the journal; what was found when turns began, nobody does. */
export type Turn = Exclude<Extract<What, `seat-${string}`>, 'seat-found'>;

/** What a rule decides about somebody's seat. */
export interface Decided {
  readonly after: Own | null;
  /** Null: nothing changed. */
  readonly what: Turn | null;
}

export type NotGiven = 'not-offered' | 'answer-first' | 'no-offer' | 'offer-expired' | 'no-place-left';
export interface Refused {
  readonly refused: NotGiven;
}

/** How many places are left, for anybody; without limit is infinite. */
export const left = ({ capacity, taken }: Pick<Places, 'capacity' | 'taken'>): number =>
  capacity === null ? Infinity : Math.max(0, capacity - taken);

/** Whether every group that somebody belongs to has room within its share. */
export function hasShare(desk: Pick<Desk, 'shares' | 'taken'>, attendance: Attendance, groups: readonly string[]): boolean {
  return desk.shares.every(
    (share) =>
      share.attendance !== attendance ||
      !groups.some((group) => isAbout(share.group, group) && (desk.taken[attendance].get(group) ?? 0) >= share.most),
  );
}

/** Whether there is a place for somebody of these groups, whoever waits. */
const hasRoom = (desk: Desk, attendance: Attendance, groups: readonly string[]): boolean =>
  left(desk.places[attendance]) > 0 && hasShare(desk, attendance, groups);

/** Somebody who comes to this desk for the first time. */
const newcomer = (desk: Desk, seat: Pick<Own, 'standing' | 'attendance' | 'chosenAs' | 'groups'>): Own => ({
  ...seat,
  wants: null,
  arrival: desk.arrivals + 1,
  offeredUntil: null,
  checkedInAt: null,
});

/**
 * Whether somebody who comes now has a place at once. Nobody passes those who wait: without shares a line means no. With
 * shares whoever still waits while there are places is held up by a share, so somebody of another group passes nobody.
 */
export function isFree(desk: Desk, attendance: Attendance, groups: readonly string[]): boolean {
  const places = desk.places[attendance];
  if (left(places) === 0) return false;
  return desk.shares.some((share) => share.attendance === attendance) ? hasShare(desk, attendance, groups) : places.waiting === 0;
}

/** The way of taking part when somebody names none: the room where there is a place, else online, else whichever line is shorter. */
export function attendanceFor(desk: Desk, groups: readonly string[]): Attendance | null {
  const open = attendances.filter((attendance) => desk.places[attendance].capacity !== 0);
  const free = open.find((attendance) => isFree(desk, attendance, groups));
  return free ?? open.toSorted((a, b) => desk.places[a].waiting - desk.places[b].waiting)[0] ?? null;
}

export interface Ask {
  /** Null: whichever way there is. */
  readonly attendance: Attendance | null;
  readonly chosenAs: ChosenAs;
  readonly groups: readonly string[];
}

/** What somebody has after asking for a place; what they had already stays as it is. `what` null: nothing changed. */
export function claimed(desk: Desk, own: Own | null, ask: Ask): { readonly after: Own; readonly what: Turn | null } | Refused {
  const attendance = ask.attendance ?? own?.attendance ?? attendanceFor(desk, ask.groups);
  if (own && (ask.attendance === null || isAsAsked(own, ask.attendance))) return { after: own, what: null };
  if (attendance === null || desk.places[attendance].capacity === 0) return { refused: 'not-offered' };
  if (own) return changed(desk, own, attendance);
  const standing = isFree(desk, attendance, ask.groups) ? 'held' : 'waiting';
  const after = newcomer(desk, { standing, attendance, chosenAs: ask.chosenAs, groups: ask.groups });
  return { after, what: standing === 'held' ? 'seat-held' : 'seat-waiting' };
}

/** Whether somebody has, or waits for, this way already; who waits for the other way while keeping this one asks for it back. */
const isAsAsked = (own: Own, attendance: Attendance): boolean => (own.wants ?? own.attendance) === attendance;

/** From one way of taking part to the other, with the same arrival number; a place is kept until the other one is there. */
function changed(desk: Desk, own: Own, to: Attendance): { readonly after: Own; readonly what: Turn } | Refused {
  if (own.standing === 'offered') return { refused: 'answer-first' };
  if (own.attendance === to) return { after: { ...own, wants: null }, what: 'seat-changed' };
  if (isFree(desk, to, own.groups)) return { after: { ...own, standing: 'held', attendance: to, wants: null }, what: 'seat-changed' };
  if (own.standing === 'held') return { after: { ...own, wants: to }, what: 'seat-changed' };
  return { after: { ...own, attendance: to }, what: 'seat-changed' };
}

/** An offer that is taken; who holds the place already took it before. */
export function accepted(own: Own | null, now: Date): { readonly after: Own; readonly what: Turn | null } | Refused {
  if (own?.standing === 'held') return { after: own, what: null };
  if (own?.standing !== 'offered' || own.offeredUntil === null) return { refused: 'no-offer' };
  if (own.offeredUntil <= now) return { refused: 'offer-expired' };
  return { after: { ...own, standing: 'held', offeredUntil: null }, what: 'seat-accepted' };
}

/** An offer ends with its time, and at the latest when the session begins, also when that was moved since. */
export const isOfferOver = ({ standing, offeredUntil }: Pick<Own, 'standing' | 'offeredUntil'>, start: Date | null, now: Date): boolean =>
  standing === 'offered' && ((offeredUntil !== null && offeredUntil <= now) || (start !== null && start <= now));

/** An offer that was not taken in time is gone, and its owner leaves the line; any other seat stays. */
export const expired = (own: Own | null, start: Date | null, now: Date): Decided =>
  own !== null && isOfferOver(own, start, now) ? { after: null, what: 'seat-offer-expired' } : { after: own, what: null };

/** A place, or a place in the line, that somebody gives back or an organiser takes away. */
export const released = (own: Own | null): Decided => ({ after: null, what: own && 'seat-released' });

/** A place that an organiser gives by hand, past the line, but never past the places or a share. */
export function placed(
  desk: Desk,
  own: Own | null,
  attendance: Attendance,
  groups: readonly string[],
): { readonly after: Own; readonly what: Turn | null } | Refused {
  if (own?.standing === 'held' && own.attendance === attendance)
    return { after: { ...own, wants: null }, what: own.wants === null ? null : 'seat-changed' };
  if (desk.places[attendance].capacity === 0) return { refused: 'not-offered' };
  const has = own && takesPlace(own) && own.attendance === attendance;
  if (!has && !hasRoom(desk, attendance, own?.groups ?? groups)) return { refused: 'no-place-left' };
  const after: Own = own
    ? { ...own, standing: 'held', attendance, wants: null, offeredUntil: null }
    : newcomer(desk, { standing: 'held', attendance, chosenAs: 'own', groups });
  return { after, what: own ? 'seat-moved-up' : 'seat-held' };
}

/**
 * What a draw gives somebody: a place, or the last place in a line. Who has a place here keeps that one, and who waits
 * here already keeps their number. There is no line for what is not offered.
 */
export function drawn(
  desk: Desk,
  own: Own | null,
  { standing, attendance, groups }: { readonly standing: 'held' | 'waiting'; readonly attendance: Attendance; readonly groups: readonly string[] },
): { readonly after: Own | null; readonly what: Turn | null } | { readonly refused: 'no-place-left' } {
  if (own !== null && (takesPlace(own) || standing === 'waiting')) return { after: own, what: null };
  if (standing === 'waiting' && desk.places[attendance].capacity === 0) return { after: null, what: null };
  // The draw saw what they belong to now, which need not be what they belonged to when they came to stand in line.
  if (standing === 'held' && !hasRoom(desk, attendance, groups)) return { refused: 'no-place-left' };
  const after: Own = own ? { ...own, standing, attendance, groups } : newcomer(desk, { standing, attendance, chosenAs: 'own', groups });
  return { after, what: 'seat-drawn' };
}

/** Somebody in a line, as far as it decides whether and how they move up. */
export interface Waiter<Person = unknown> {
  readonly person: Person;
  readonly own: Own;
  /** They have a place somewhere else at the same time. */
  readonly overlaps: boolean;
}

/** Until when an offer made now stands, for who must answer and for who has something else at that time. */
export interface Term {
  /** Null: who moves up has the place at once, unless it overlaps. */
  readonly answerBy: Date | null;
  readonly overlapBy: Date;
}

const hour = 3_600_000;
/** A day for who has something else at that time, or what the edition says for everybody; never past the start. */
export function termFor(acceptHours: number | null, start: Date | null, now: Date): Term {
  const by = (hours: number): Date => new Date(Math.min(now.getTime() + hours * hour, start?.getTime() ?? Infinity));
  return { answerBy: acceptHours === null ? null : by(acceptHours), overlapBy: by(acceptHours ?? 24) };
}

/**
 * Who moves up in one line now, in order of arrival. Somebody whose group is at its share is passed over and keeps
 * their place in the line. Who keeps a place in the other way of taking part changes over at once: they come anyway.
 */
export function movesUp<Person>(desk: Desk, attendance: Attendance, line: readonly Waiter<Person>[], term: Term): Change<Person>[] {
  const ups: Change<Person>[] = [];
  let now = desk;
  for (const { person, own, overlaps } of line) {
    if (left(now.places[attendance]) === 0) break;
    if (!hasShare(now, attendance, own.groups)) continue;
    const until = own.wants !== null ? null : overlaps ? term.overlapBy : term.answerBy;
    const after: Own = { ...own, standing: until === null ? 'held' : 'offered', attendance, wants: null, offeredUntil: until };
    ups.push({ person, before: own, after, what: until === null ? 'seat-moved-up' : 'seat-offered' });
    now = tally(now, own, after);
  }
  return ups;
}

/** The desk after one change. */
export function tally(desk: Desk, before: Own | null, after: Own | null): Desk {
  const places = { ...desk.places };
  const taken = { ...desk.taken };
  for (const [own, by] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (own === null) continue;
    const line = lineOf(own);
    if (line !== null) places[line] = { ...places[line], waiting: places[line].waiting + by };
    if (!takesPlace(own)) continue;
    places[own.attendance] = { ...places[own.attendance], taken: places[own.attendance].taken + by };
    if (desk.shares.length === 0) continue;
    const counts = new Map(taken[own.attendance]);
    for (const group of own.groups) counts.set(group, (counts.get(group) ?? 0) + by);
    taken[own.attendance] = counts;
  }
  return { ...desk, places, taken, arrivals: Math.max(desk.arrivals, after?.arrival ?? 0), turns: desk.turns + 1 };
}

/** Whether a line may have places to give: worth a look at who stands in it. */
export const mayMove = ({ capacity, taken, waiting }: Places): boolean => waiting > 0 && (capacity === null || taken < capacity);

/** Why places cannot become so few; null when they can. */
export function whyNotFewer({ taken, waiting }: Places, capacity: number | null): 'below-held' | 'still-waiting' | null {
  if (capacity === null) return null;
  if (capacity < taken) return 'below-held';
  return capacity === 0 && waiting > 0 ? 'still-waiting' : null;
}

/** Why the shares of one way of taking part cannot be these, with so many places taken by each group; null when they can. */
export function whyNotShares(taken: ReadonlyMap<string, number>, shares: readonly Pick<Share, 'group' | 'most'>[]): 'share-below-held' | null {
  const isBelow = ({ group: rule, most }: Pick<Share, 'group' | 'most'>): boolean =>
    [...taken].some(([group, count]) => isAbout(rule, group) && count > most);
  return shares.some(isBelow) ? 'share-below-held' : null;
}

/** Somebody who stands at the door: with a place in the room they come in, else only when one is free. */
export function present(desk: Desk, own: Own, at: Date): { readonly after: Own; readonly what: Turn | null } | { readonly refused: 'no-place-left' } {
  if (own.checkedInAt !== null) return { after: own, what: null };
  const has = takesPlace(own) && own.attendance === 'onSite';
  if (!has && !hasRoom(desk, 'onSite', own.groups)) return { refused: 'no-place-left' };
  return {
    after: { ...own, standing: 'held', attendance: 'onSite', wants: null, offeredUntil: null, checkedInAt: at },
    what: 'seat-checked-in',
  };
}

/** It was somebody else who came in, or a mistake. */
export const undone = (own: Own | null): Decided =>
  own === null || own.checkedInAt === null ? { after: own, what: null } : { after: { ...own, checkedInAt: null }, what: 'seat-check-in-undone' };

/** Once a session has begun: who holds a place in the room and is not there loses it; any other seat stays. */
export const absent = (own: Own | null): Decided =>
  own?.standing === 'held' && own.attendance === 'onSite' && own.checkedInAt === null
    ? { after: null, what: 'seat-no-show' }
    : { after: own, what: null };
