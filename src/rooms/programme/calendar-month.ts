import type { Session } from './session.ts';
import { addDays, daysBetween, isWeekend, local, mondayOf } from './when.ts';

export interface Cell<Item> {
  readonly day: string;
  /** Inside the edition. */
  readonly isIn: boolean;
  readonly sessions: readonly Item[];
}
export interface Weeks<Item> {
  /** Five without weekends, seven when something happens in one. */
  readonly width: 5 | 7;
  readonly weeks: readonly { readonly monday: string; readonly cells: readonly Cell<Item>[] }[];
}

/** The edition as weeks of days; a week in which nothing happens outside the edition is not there. */
export function weeksOf<Item extends Pick<Session, 'start'>>(
  sessions: readonly Item[],
  edition: { readonly startsOn: string; readonly endsOn: string; readonly timeZone: string },
): Weeks<Item> {
  const on = new Map<string, Item[]>();
  for (const session of sessions) {
    if (session.start === null) continue;
    const { day } = local(session.start, edition.timeZone);
    on.set(day, [...(on.get(day) ?? []), session]);
  }
  const days = [...on.keys(), edition.startsOn, edition.endsOn].toSorted();
  const width = [...on.keys()].some(isWeekend) ? 7 : 5;
  const mondays = new Set(daysBetween(days[0]!, days.at(-1)!).map(mondayOf));
  const weeks = [...mondays].map((monday) => ({
    monday,
    cells: Array.from({ length: width }, (_, nth) => {
      const day = addDays(monday, nth);
      return { day, isIn: day >= edition.startsOn && day <= edition.endsOn, sessions: on.get(day) ?? [] };
    }),
  }));
  return { width, weeks: weeks.filter(({ cells }) => cells.some(({ isIn, sessions }) => isIn || sessions.length > 0)) };
}
