// The board: where and when each session is meant to be, and what of that was told.
import type { Id, SessionId } from '#ground/id.ts';
import type { Text } from '#ground/text.ts';
import type { Attendance, Format, State, Visibility } from '#rooms/programme/session.ts';

export type VenueId = Id<'venue'>;
export type SlotId = Id<'slot'>;
export type BoardChangeId = Id<'board change'>;

/** Where one session at a time can be: a room, or a channel online. */
export interface Venue {
  readonly id: VenueId;
  readonly name: string;
  readonly kind: Attendance;
  readonly capacity: number | null;
  readonly address: string;
  /** Null: nobody said. */
  readonly isStepFree: boolean | null;
  readonly position: number;
  readonly revision: number;
}

/** From a moment until another. */
export interface Span {
  readonly start: Date;
  readonly end: Date;
}

/** A time at which sessions can be. */
export interface Slot extends Span {
  readonly id: SlotId;
  /** Hosts may take it themselves. */
  readonly isOpen: boolean;
}

/** When and where, as it is meant. Without a venue it is where it always was, or nowhere yet. */
export interface Spot extends Span {
  readonly venue: VenueId | null;
}

/** What participants know of it. */
export interface Told {
  readonly start: Date | null;
  readonly end: Date | null;
  readonly place: string | null;
}

export interface OnBoard {
  readonly id: SessionId;
  readonly code: string;
  readonly title: Text;
  readonly state: State;
  readonly visibility: Visibility;
  readonly format: Format;
  readonly themes: readonly string[];
  readonly organisations: readonly string[];
  readonly speakers: readonly string[];
  /** Null: not placed. */
  readonly spot: Spot | null;
  readonly isPinned: boolean;
  /** Goes up with each move: who moves it upon an older one is told where it is now. */
  readonly revision: number;
  /** Null before it was published. */
  readonly told: Told | null;
  /** Where its own columns say; what an import knew. */
  readonly location: string | null;
  /** People who take part in the room at most: its places. Null: as many as come; 0: nobody. */
  readonly onSite: number | null;
  readonly online: number | null;
}

export interface Board {
  readonly sessions: readonly OnBoard[];
  readonly venues: readonly Venue[];
  readonly slots: readonly Slot[];
  /** When the hosts of a session cannot, by its id. */
  readonly unavailable: ReadonlyMap<SessionId, readonly Span[]>;
}

/** Two things at once; one that ends when the other starts is not. */
export const together = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end;
export const sameSpan = (one: Span, other: Span): boolean => +one.start === +other.start && +one.end === +other.end;
export const sameSpot = (one: Spot | null, other: Spot | null): boolean =>
  one === null || other === null ? one === other : sameSpan(one, other) && one.venue === other.venue;

// What is told

/** A difference between what participants know and what is meant; `was` null: it is new; `is` null: it has no time any more. */
export interface Change {
  readonly code: string;
  readonly was: Told | null;
  readonly is: (Told & Span) | null;
}

/** Everything that a release would tell, by time. */
export function changesOf({ sessions, venues }: Pick<Board, 'sessions' | 'venues'>): readonly (Change & { readonly session: OnBoard })[] {
  const byId = new Map(venues.map((venue) => [venue.id, venue]));
  const names = new Set(venues.map(({ name }) => name));
  return sessions
    .filter(({ state }) => state !== 'cancelled')
    .flatMap((session) => {
      const { code, spot, told } = session;
      const is = spot && { start: spot.start, end: spot.end, place: placeOf(session, spot, byId, names) };
      if (is === null) return told?.start ? [{ code, was: told, is, session }] : [];
      const isTold = told !== null && +is.start === +(told.start ?? 0) && +is.end === +(told.end ?? 0) && is.place === told.place;
      return isTold ? [] : [{ code, was: told, is, session }];
    })
    .toSorted((a, b) => +(a.is ?? a.was!).start! - +(b.is ?? b.was!).start! || (a.code < b.code ? -1 : 1));
}

/** The name that participants read. Of a channel online they get the address, not the name. */
function placeOf({ location }: OnBoard, { venue }: Spot, byId: ReadonlyMap<VenueId, Venue>, names: ReadonlySet<string>): string | null {
  const found = venue && byId.get(venue);
  if (found) return found.kind === 'onSite' ? found.name : null;
  return location !== null && names.has(location) ? null : location;
}

/** Says of a list of changes which one it is: who releases it has seen exactly this. */
export const listed = (number: number, changes: readonly Change[]): string =>
  [number, ...changes.map(({ code, was, is }) => [code, said(was), said(is)].join(' '))].join('\n');
const said = (told: Told | null): string =>
  told === null ? '-' : `${told.start?.toISOString() ?? ''}/${told.end?.toISOString() ?? ''}/${told.place ?? ''}`;

// What hosts may take themselves

/**
 * Where a session of this kind can be in a slot: the first venue that is free, big enough first. 'full' when there is
 * none; null when nothing here has venues.
 */
export function freeVenue(
  slot: Span,
  session: Pick<OnBoard, 'id' | 'onSite'>,
  { sessions, venues }: Pick<Board, 'sessions' | 'venues'>,
): Venue | 'full' | null {
  const others = sessions.filter((one) => one.id !== session.id && one.state !== 'cancelled' && one.spot !== null && together(one.spot, slot));
  if (venues.length === 0) return others.length === 0 ? null : 'full';
  const kind: Attendance = session.onSite === 0 ? 'online' : 'onSite';
  const free = venues.filter((venue) => venue.kind === kind && !others.some(({ spot }) => spot?.venue === venue.id));
  return free.find(({ capacity }) => capacity === null || capacity >= (session.onSite ?? 0)) ?? free[0] ?? 'full';
}
