import { Temporal } from 'temporal-polyfill';

/** A moment read from a file or moved to another day; `remark` when the clock was put forward or back at that time. */
export interface Moment {
  readonly at: Date;
  readonly remark: 'gap' | 'twice' | null;
}

const full = /^(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** A date with a time: an offset in it wins, else the wall clock of the zone. Null when it cannot be read. */
export function readMoment(text: string, timeZone: string): Moment | null {
  const found = full.exec(text.trim());
  if (!found) return null;
  const [, day, time, seconds, offset] = found;
  const wall = plain(`${day}T${time!.padStart(5, '0')}:${seconds ?? '00'}`);
  if (wall === null) return null;
  if (offset === undefined) return onTheClock(wall, timeZone);
  const minutes = /^z$/i.test(offset) ? 0 : offsetMinutes(offset);
  if (Math.abs(minutes) > 18 * 60) return null;
  return { at: new Date(wall.toZonedDateTime('UTC').epochMilliseconds - minutes * 60_000), remark: null };
}

const offsetMinutes = (offset: string): number =>
  (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', '') || 0));

/** A day and a wall clock time apart; what is earlier than the day's own beginning is after midnight. */
export function readApart(day: string, time: string, dayStart: string | null, timeZone: string): Moment | null {
  const hours = /^(\d{1,2}:\d{2})(?::\d{2})?$/.exec(time.trim())?.[1]?.padStart(5, '0');
  const date = readDay(day);
  const wall = hours === undefined || date === null ? null : plain(`${date}T${hours}:00`);
  if (wall === null) return null;
  const begins = /[T ](\d{2}:\d{2})/.exec(dayStart ?? '')?.[1];
  return onTheClock(begins !== undefined && hours! < begins ? wall.add({ days: 1 }) : wall, timeZone);
}

/** The day in front of a text, YYYY-MM-DD, if it is one that exists and that anybody could mean. */
export function readDay(text: string | null): string | null {
  const day = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(text?.trim() ?? '')?.[0];
  return day === undefined || plain(`${day}T00:00:00`) === null ? null : day;
}

function plain(text: string): Temporal.PlainDateTime | null {
  try {
    const wall = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return wall.year >= 1970 && wall.year < 2200 ? wall : null;
  } catch {
    return null;
  }
}

function onTheClock(wall: Temporal.PlainDateTime, timeZone: string): Moment {
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { at: new Date(earlier.epochMilliseconds), remark: null };
  return earlier.toPlainDateTime().equals(wall)
    ? { at: new Date(earlier.epochMilliseconds), remark: 'twice' }
    : { at: new Date(later.epochMilliseconds), remark: 'gap' };
}

/** The day it is at a moment, in a zone. */
export const dayOf = (at: Date, timeZone: string): string => zoned(at, timeZone).toPlainDate().toString();

/** When a day begins in a zone. */
export const startOfDay = (day: string, timeZone: string): Date => new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);

/** The same time by the clock, so many days later. */
export const moveDays = (at: Date, days: number, timeZone: string): Moment =>
  days === 0 ? { at, remark: null } : onTheClock(zoned(at, timeZone).toPlainDateTime().add({ days }), timeZone);

export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
export const daysBetween = (from: string, until: string): number => Temporal.PlainDate.from(from).until(until).days;

/** The moment as RFC 3339 with the offset of the zone, as exports write it. */
export const withOffset = (at: Date, timeZone: string): string => zoned(at, timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });

const zoned = (at: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);

/** A time zone by its name, as written in the list of zones; null when there is none. */
export function readZone(text: string | null): string | null {
  if (text === null || !/^[A-Za-z][A-Za-z0-9_+/-]{1,60}$/.test(text)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId;
  } catch {
    return null;
  }
}

/** Minutes in '1:30', '01:30:00', '45', 'PT1H30M'; null when it cannot be read. */
export function readMinutes(text: string): number | null {
  const clock = /^(\d{1,4}):(\d{2})(?::\d{2})?$/.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const iso = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?)?$/i.exec(text);
  return iso && text.length > 2 ? Number(iso[1] ?? 0) * 1440 + Number(iso[2] ?? 0) * 60 + Number(iso[3] ?? 0) : null;
}
