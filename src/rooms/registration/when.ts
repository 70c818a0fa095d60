import { Temporal } from 'temporal-polyfill';
import type { Edition } from '#rooms/programme/edition.ts';
import { isOffered, type Session } from '#rooms/programme/session.ts';
import type { Answers, When } from './draft.ts';

export interface Between {
  readonly from: Date;
  readonly until: Date;
}

/** Half an hour to spare at the seams, so that a session from 11.30 to 12.30 suits a morning; the evening ends when the night does. */
const hours = { morning: { from: 6, until: 12.5 }, afternoon: { from: 12, until: 18 }, evening: { from: 17.5, until: 30 } } as const;

/** Whether somebody who answered so can follow a session: the time, the way and the language. */
export function suits(session: Session, answers: Pick<Answers, 'way' | 'languages'>, times: readonly Between[]): boolean {
  const { start, end, capacity, languages } = session;
  const inTime = times.length === 0 || (start !== null && end !== null && times.some(({ from, until }) => from <= start && end <= until));
  const inWay = answers.way === 'either' || isOffered(capacity[answers.way]);
  const inLanguage = answers.languages.length === 0 || languages.length === 0 || languages.some((one) => answers.languages.includes(one));
  return inTime && inWay && inLanguage;
}

/** The times at which somebody can come, in order and joined where they touch; empty when every time of the edition suits. */
export function availability(when: When, edition: Pick<Edition, 'startsOn' | 'endsOn' | 'timeZone'>): Between[] {
  if (when.weekdays.length === 0 && when.parts.length === 0 && when.notOn.length === 0) return [];
  const parts = when.parts.length === 0 ? null : when.parts;
  const found = daysOf(edition)
    .filter((day) => (when.weekdays.length === 0 || when.weekdays.includes(day.dayOfWeek)) && !when.notOn.includes(day.toString()))
    .flatMap((day) =>
      parts === null
        ? [between(day, 0, 30, edition.timeZone)]
        : parts.map((part) => between(day, hours[part].from, hours[part].until, edition.timeZone)),
    )
    .toSorted((a, b) => a.from.getTime() - b.from.getTime());
  return joined(found.length > 0 ? found : [never(edition)]);
}

function daysOf(edition: Pick<Edition, 'startsOn' | 'endsOn'>): Temporal.PlainDate[] {
  const last = Temporal.PlainDate.from(edition.endsOn);
  const days: Temporal.PlainDate[] = [];
  for (let day = Temporal.PlainDate.from(edition.startsOn); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) days.push(day);
  return days;
}

function between(day: Temporal.PlainDate, from: number, until: number, timeZone: string): Between {
  const at = (hour: number): Date => {
    const midnight = day.add({ days: Math.floor(hour / 24) });
    const time = Temporal.PlainTime.from({ hour: Math.floor(hour % 24), minute: (hour % 1) * 60 });
    return new Date(midnight.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds);
  };
  return { from: at(from), until: at(until) };
}

/** Every day was struck out: a moment before the edition, in which nothing can be held. An empty list would mean that all times suit. */
function never(edition: Pick<Edition, 'startsOn' | 'timeZone'>): Between {
  const { from } = between(Temporal.PlainDate.from(edition.startsOn), 0, 1, edition.timeZone);
  return { from, until: from };
}

function joined(times: readonly Between[]): Between[] {
  const whole: Between[] = [];
  for (const time of times) {
    const last = whole.at(-1);
    if (last && time.from <= last.until) whole[whole.length - 1] = { from: last.from, until: time.until > last.until ? time.until : last.until };
    else whole.push(time);
  }
  return whole;
}
