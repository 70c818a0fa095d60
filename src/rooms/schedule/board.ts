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
  /** Who is needed at a session, by its id: numbers of its hosts and names of its speakers. */
  readonly needed: ReadonlyMap<SessionId, readonly string[]>;
}

/** What is wrong with where a session is: somebody is needed twice, its venue is taken, nobody can, or it is too small. */
export const clashKinds = ['speaker', 'venue', 'unavailable', 'small'] as const;
export type Clash = (typeof clashKinds)[number];

/** Per session what clashes where it is meant to be; sessions of which nothing clashes are not in it. */
export function clashesOf({ sessions, venues, unavailable, needed }: Board): ReadonlyMap<SessionId, readonly Clash[]> {
  const byId = new Map(venues.map((venue) => [venue.id, venue]));
  const found = new Map<SessionId, Set<Clash>>();
  const note = (session: OnBoard, clash: Clash): void => void found.set(session.id, (found.get(session.id) ?? new Set()).add(clash));
  const placed = sessions
    .flatMap((session) => (session.spot === null || session.state === 'cancelled' ? [] : [{ session, spot: session.spot }]))
    .toSorted((a, b) => +a.spot.start - +b.spot.start);
  const people = new Map(placed.map(({ session }) => [session.id, new Set(needed.get(session.id))]));
  placed.forEach(({ session, spot }, nth) => {
    const venue = spot.venue === null ? undefined : byId.get(spot.venue);
    if (venue && venue.capacity !== null && venue.kind === 'onSite' && session.onSite !== null && session.onSite > venue.capacity)
      note(session, 'small');
    if (unavailable.get(session.id)?.some((span) => together(span, spot))) note(session, 'unavailable');
    for (let next = nth + 1; next < placed.length && placed[next]!.spot.start < spot.end; next++) {
      const other = placed[next]!;
      const clashes: Clash[] = [
        ...(spot.venue !== null && spot.venue === other.spot.venue ? (['venue'] as const) : []),
        ...(people.get(session.id)!.isDisjointFrom(people.get(other.session.id)!) ? [] : (['speaker'] as const)),
      ];
      for (const clash of clashes) [session, other.session].forEach((one) => note(one, clash));
    }
  });
  return new Map([...found].map(([id, clashes]) => [id, clashKinds.filter((kind) => clashes.has(kind))]));
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
    .flatMap((session): readonly (Change & { readonly session: OnBoard })[] => {
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
