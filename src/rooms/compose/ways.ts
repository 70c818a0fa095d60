import type { Attendance, Session } from '#rooms/programme/session.ts';

/** One way of taking part in a session: a hybrid one has two, and nobody takes both. */
export interface Way {
  /** The session's place in the list it came from. */
  readonly number: number;
  readonly code: string;
  readonly attendance: Attendance;
  /** Milliseconds. */
  readonly start: number;
  readonly end: number;
  /** Null when online. */
  readonly location: string | null;
}

/** Minutes that must lie between two sessions: from town to town, from place to place within one, and to or from a screen. */
export const travel = { betweenTowns: 60, betweenPlaces: 15, online: 15 } as const;

/** Every way of taking part in what has a time, ordered by end (see boardOf). */
export function waysOf(sessions: readonly Session[]): Way[] {
  return sessions
    .flatMap(({ code, start, end, capacity, location }, number): Way[] => {
      if (start === null || end === null) return [];
      const one = { number, code, start: start.getTime(), end: end.getTime() };
      const onSite: Way = { ...one, attendance: 'onSite', location: location ?? '' };
      const online: Way = { ...one, attendance: 'online', location: null };
      return [...(capacity.onSite === 0 ? [] : [onSite]), ...(capacity.online === 0 && capacity.onSite !== 0 ? [] : [online])];
    })
    .sort(
      (a, b) => a.end - b.end || a.start - b.start || a.number - b.number || Number(a.attendance === 'online') - Number(b.attendance === 'online'),
    );
}

/** The pairs that nobody can combine. */
export function* clashing(ways: readonly Way[]): Iterable<readonly [number, number]> {
  const longest = Math.max(...Object.values(travel)) * minute;
  const byStart = ways.map((_, at) => at).sort((a, b) => ways[a]!.start - ways[b]!.start);
  for (let i = 0; i < byStart.length; i++) {
    const first = ways[byStart[i]!]!;
    for (let j = i + 1; j < byStart.length; j++) {
      const second = ways[byStart[j]!]!;
      if (second.start >= first.end + longest) break;
      if (first.number === second.number || second.start < first.end + minutesBetween(first, second) * minute) yield [byStart[i]!, byStart[j]!];
    }
  }
}

/** How long it takes to get from one to the other. The town is what stands behind the last comma of a location. */
export function minutesBetween(a: Pick<Way, 'location'>, b: Pick<Way, 'location'>): number {
  if (a.location === b.location) return 0;
  if (a.location === null || b.location === null) return travel.online;
  const [one, other] = [townOf(a.location), townOf(b.location)];
  return one !== null && other !== null && one !== other ? travel.betweenTowns : travel.betweenPlaces;
}

const townOf = (location: string): string | null =>
  location.includes(',')
    ? location
        .slice(location.lastIndexOf(',') + 1)
        .trim()
        .toLowerCase()
    : null;

const minute = 60_000;
