import { hasStarted, type Attendance, type Session } from '#rooms/programme/session.ts';

export type Standing = 'held' | 'offered' | 'waiting';
/** Why somebody has it in their programme: it fits, it surprises, or they found it themselves. */
export type ChosenAs = 'fit' | 'surprise' | 'own';

/** Somebody's place in a session, or their place in the line for one. */
export interface Seat {
  readonly session: string;
  readonly standing: Standing;
  readonly attendance: Attendance;
  /** 1 is the first who gets a place that comes free; null unless waiting. */
  readonly position: number | null;
  readonly offeredUntil: Date | null;
  readonly chosenAs: ChosenAs;
}

/** How full one way of taking part is; capacity null is without limit, 0 is not offered. */
export interface Places {
  readonly attendance: Attendance;
  readonly capacity: number | null;
  readonly held: number;
  readonly waiting: number;
}

/** Why nobody can have a place in this session now, whoever they are. */
export function whyNot(session: Pick<Session, 'state' | 'start'>, now: Date): 'session-cancelled' | 'session-started' | null {
  if (session.state === 'cancelled') return 'session-cancelled';
  if (hasStarted(session, now)) return 'session-started';
  return null;
}

const hasPlace = (places: Places): boolean => places.capacity === null || places.held < places.capacity;

/** The last place goes to the first who asks, the next one waits; and nobody passes those who wait already. */
export const standingFor = (places: Places): 'held' | 'waiting' => (hasPlace(places) && places.waiting === 0 ? 'held' : 'waiting');

/** How many of those who wait may move up now. */
export const mayMoveUp = (places: Places): number =>
  places.capacity === null ? places.waiting : Math.min(places.waiting, Math.max(0, places.capacity - places.held));

/** The way of taking part when somebody names none: the room where there is a place, else online, else whichever line is shorter. */
export function attendanceFor(offered: readonly Places[]): Attendance | null {
  const open = offered.filter((places) => places.capacity !== 0);
  const free = open.find((places) => standingFor(places) === 'held');
  const shortest = open.toSorted((a, b) => a.waiting - b.waiting)[0];
  return (free ?? shortest)?.attendance ?? null;
}
