// A board in the numbers of the engine: what may go where, and the way back to sessions, times and venues.
import { local, mondayOf } from '#rooms/programme/when.ts';
import type { SessionId } from '#ground/id.ts';
import { together, type Board, type OnBoard, type Span, type VenueId } from './board.ts';
import { nowhere, type Instance, type Interest, type Placement } from './engine/instance.ts';
import { timeKey } from './figures.ts';

export interface Numbered {
  readonly instance: Instance;
  readonly placement: Placement;
  readonly sessions: readonly OnBoard[];
  readonly spans: readonly Span[];
  readonly venues: readonly VenueId[];
}

/**
 * A session may be at each time of the board from its start, for as long as it takes; one without a time yet takes all of
 * it. Where no times were made, the ones that sessions have are those there are. Who is somewhere without a venue of ours
 * needs none.
 */
export function numbered(
  board: Board,
  interest: (sessions: readonly OnBoard[]) => Interest,
  deepens: ReadonlyMap<SessionId, readonly SessionId[]>,
  timeZone: string,
): Numbered {
  const sessions = board.sessions.filter(({ state }) => state !== 'cancelled');
  const spots = sessions.flatMap(({ spot }) => (spot ? [{ start: spot.start, end: spot.end }] : []));
  const offered: readonly Span[] = board.slots.length > 0 ? board.slots : spots;
  const lengths = new Set(spots.map(lengthOf));
  const cut = offered.flatMap((span) => [span, ...[...lengths].filter((length) => length < lengthOf(span)).map((length) => lasting(span, length))]);
  const spans = [...new Map([...cut, ...spots].map((span) => [timeKey(span), { start: span.start, end: span.end }])).values()];
  const nthSpan = new Map(spans.map((span, nth) => [timeKey(span), nth]));
  const isOffered = new Set(cut.map(timeKey));
  const isWhole = new Set(offered.map(timeKey));
  const nthSession = new Map(sessions.map(({ id }, nth) => [id, nth]));
  const nthVenue = new Map(board.venues.map(({ id }, nth) => [id, nth]));
  const kinds = new Set(board.venues.map(({ kind }) => kind));
  const days = spans.map(({ start }) => Date.parse(local(start, timeZone).day) / dayLong);
  const weeks = spans.map(({ start }) => Date.parse(mondayOf(local(start, timeZone).day)) / dayLong / 7);
  const [firstDay, firstWeek] = [Math.min(...days), Math.min(...weeks)];
  const hosts = numbers<string>();
  const themes = numbers<string>();
  const instance: Instance = {
    slots: spans.map(({ start, end }, nth) => ({
      start: +start / 60_000,
      end: +end / 60_000,
      day: Math.round(days[nth]! - firstDay),
      week: Math.round(weeks[nth]! - firstWeek),
    })),
    venues: board.venues.map(({ kind, capacity }) => ({ kind, capacity: kind === 'online' ? null : capacity })),
    interest: interest(sessions),
    sessions: sessions.map((session) => {
      const { id, spot, onSite, location, isPinned } = session;
      const kind = onSite === 0 ? 'online' : 'onSite';
      const may = (span: Span): boolean => {
        const key = timeKey(span);
        if (board.unavailable.get(id)?.some((not) => together(not, span))) return false;
        if (spot === null) return isWhole.has(key);
        return key === timeKey(spot) || (isOffered.has(key) && lengthOf(span) === lengthOf(spot));
      };
      return {
        minutes: spot ? lengthOf(spot) / 60_000 : 0,
        hosts: (board.needed.get(id) ?? []).map(hosts),
        kind: kinds.has(kind) && !(spot?.venue === null && location !== null) ? kind : null,
        capacity: onSite ?? 0,
        isPinned,
        may: Uint8Array.from(spans, (span) => (may(span) ? 1 : 0)),
        themes: session.themes.map(themes),
        deepens: (deepens.get(id) ?? []).flatMap((other) => nthSession.get(other) ?? []),
      };
    }),
  };
  return {
    instance,
    placement: {
      slot: Int32Array.from(sessions, ({ spot }) => (spot ? nthSpan.get(timeKey(spot))! : nowhere)),
      venue: Int32Array.from(sessions, ({ spot }) => (spot?.venue ? (nthVenue.get(spot.venue) ?? nowhere) : nowhere)),
    },
    sessions,
    spans,
    venues: board.venues.map(({ id }) => id),
  };
}

const dayLong = 86_400_000;
const lengthOf = ({ start, end }: Span): number => +end - +start;
const lasting = ({ start }: Span, length: number): Span => ({ start, end: new Date(+start + length) });

function numbers<Name>(): (name: Name) => number {
  const known = new Map<Name, number>();
  return (name) => known.get(name) ?? (known.set(name, known.size), known.size - 1);
}
