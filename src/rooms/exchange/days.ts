import type { ImportedSession, Remark } from './imported.ts';
import type { Own } from './own.ts';
import type { RawProgramme } from './raw.ts';
import { remark } from './remark.ts';
import { addDays, dayOf, daysBetween, moveDays, readDay } from './when.ts';

/** Everything moves as many days as the first day does, at the same times by the clock. */
export function move(
  sessions: readonly ImportedSession[],
  starts: string | undefined,
  timeZone: string,
): { sessions: readonly ImportedSession[]; remarks: ReadonlyMap<number, Remark> } {
  const days = sessions.flatMap((session) => (session.start === null ? [] : dayOf(session.start, timeZone))).sort();
  if (starts === undefined || days[0] === undefined) return { sessions, remarks: new Map() };
  const by = daysBetween(days[0], starts);
  const remarks = new Map<number, Remark>();
  const moved = sessions.map((session) => {
    if (session.start === null || session.end === null) return session;
    const start = moveDays(session.start, by, timeZone);
    if (start.remark !== null) remarks.set(session.row, remark(`time-${start.remark}`));
    return { ...session, start: start.at, end: new Date(start.at.getTime() + session.end.getTime() - session.start.getTime()) };
  });
  return { sessions: moved, remarks };
}

/** First and last day of the edition: of what is in it, else of what the file says. */
export function daysOf(
  sessions: readonly ImportedSession[],
  raw: RawProgramme,
  own: Own | null,
  starts: string | undefined,
  timeZone: string,
): { startsOn: string | null; endsOn: string | null } {
  const days = sessions.flatMap((session) => (session.start === null ? [] : dayOf(session.start, timeZone))).sort();
  const first = days[0] ?? starts ?? readDay(raw.startsOn);
  if (own?.edition && starts === undefined) return { startsOn: own.edition.startsOn, endsOn: own.edition.endsOn };
  if (own?.edition && first !== null) return { startsOn: first, endsOn: addDays(first, daysBetween(own.edition.startsOn, own.edition.endsOn)) };
  const last = days.at(-1) ?? (starts === undefined ? readDay(raw.endsOn) : null) ?? first;
  return { startsOn: first, endsOn: last !== null && first !== null && last < first ? first : last };
}
