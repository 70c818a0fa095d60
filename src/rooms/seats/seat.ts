import { hasStarted, type Attendance, type Session } from '#rooms/programme/session.ts';

export type Standing = 'held' | 'offered' | 'waiting';
/** Why somebody has it in their programme: it fits, it surprises, or they found it themselves. */
export type ChosenAs = 'fit' | 'surprise' | 'own';

/** Somebody's place in a session, or their place in the line for one, as they see it. */
export interface Seat {
  readonly session: string;
  readonly standing: Standing;
  readonly attendance: Attendance;
  /** The other way of taking part, waited for while this place is kept. */
  readonly waitsFor: Attendance | null;
  /** 1 is the first who gets a place that comes free; null for who stands in no line. */
  readonly position: number | null;
  readonly offeredUntil: Date | null;
  readonly chosenAs: ChosenAs;
}

/** Somebody's seat as the desk keeps it. */
export interface Own {
  readonly standing: Standing;
  readonly attendance: Attendance;
  readonly wants: Attendance | null;
  /** One number per person and session: it stays theirs in either line. */
  readonly arrival: number;
  readonly offeredUntil: Date | null;
  readonly chosenAs: ChosenAs;
  /** What they belonged to when they claimed, for the shares. */
  readonly groups: readonly string[];
  /** When they came in at the door; null for who has not (yet). */
  readonly checkedInAt: Date | null;
}

/** The line that somebody stands in, if any. */
export const lineOf = ({ standing, attendance, wants }: Pick<Own, 'standing' | 'attendance' | 'wants'>): Attendance | null =>
  wants ?? (standing === 'waiting' ? attendance : null);

/** Whether it takes up a place: an offer does, until it is answered. */
export const takesPlace = (own: Pick<Own, 'standing'>): boolean => own.standing !== 'waiting';

/** Why nobody can have a place in this session now, whoever they are. */
export function whyNot(
  session: Pick<Session, 'state' | 'start'> & { readonly keptFor?: string | null; readonly isClosed?: boolean },
  now: Date,
): 'edition-closed' | 'session-cancelled' | 'session-started' | 'wishes-first' | null {
  if (session.isClosed) return 'edition-closed';
  if (session.state === 'cancelled') return 'session-cancelled';
  if (hasStarted(session, now)) return 'session-started';
  if (session.keptFor) return 'wishes-first';
  return null;
}

/** What somebody belongs to, as shares count it. */
export const groupsOf = ({ isInternal, organisation }: { readonly isInternal: boolean; readonly organisation: string | null }): string[] => [
  isInternal ? 'internal' : 'external',
  ...(organisation === null ? [] : [`organisation:${organisation}`]),
];

/** Whether a share's rule is about a group; 'organisation:*' is about each organisation. */
export const isAbout = (rule: string, group: string): boolean => group === rule || (rule === 'organisation:*' && group.startsWith('organisation:'));
