import type { Language } from '#ground/visit.ts';

/** A moment on the wall clock of a place: the day as YYYY-MM-DD and the minutes since midnight. */
export interface Local {
  readonly day: string;
  readonly minutes: number;
}

/** What the wall clock says in a time zone. */
export function local(moment: Date, timeZone: string): Local {
  const key = `${moment.getTime()} ${timeZone}`;
  const known = locals.get(key);
  if (known) return known;
  const [day = '', clock = ''] = formatter('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(moment).split(' ');
  const read = { day, minutes: Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5)) };
  if (locals.size >= mostLocals) locals.clear();
  locals.set(key, read);
  return read;
}

// A page that draws a month reads the clock of every session several times, and the next page the same ones again.
const locals = new Map<string, Local>();
const mostLocals = 20_000;

/** 13.00 in Dutch, 13:00 in English. */
export function clock(moment: Date, timeZone: string, language: Language): string {
  const { minutes } = local(moment, timeZone);
  return `${two(Math.floor(minutes / 60))}${language === 'nl' ? '.' : ':'}${two(minutes % 60)}`;
}

/** 13.00–14.30 */
export const hours = (start: Date, end: Date, timeZone: string, language: Language): string =>
  `${clock(start, timeZone, language)}–${clock(end, timeZone, language)}`;

/** The name of a day: short is 'di 3 nov', long is 'dinsdag 3 november', full has the year too, dated is '3 nov 2026'. */
export function dayName(day: string, language: Language, length: 'short' | 'long' | 'full' | 'dated' | 'month'): string {
  return formatter(language === 'nl' ? 'nl-NL' : 'en-GB', { timeZone: 'UTC', ...lengths[length] })
    .format(noon(day))
    .replace(/\./g, '')
    .replace(',', '');
}

const lengths = {
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  dated: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
} as const;

/** 0 is Monday, 6 is Sunday. */
export const weekdayOf = (day: string): number => (noon(day).getUTCDay() + 6) % 7;
export const isWeekend = (day: string): boolean => weekdayOf(day) > 4;
export const addDays = (day: string, count: number): string => new Date(noon(day).getTime() + count * 86_400_000).toISOString().slice(0, 10);
/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -weekdayOf(day));

/** Every day from the first to the last, both included; never more than two years of them. */
export function daysBetween(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let day = first; day <= last && days.length < 732; day = addDays(day, 1)) days.push(day);
  return days;
}

const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);
const two = (count: number): string => String(count).padStart(2, '0');

// Making a formatter costs a hundred times more than using one.
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known;
}
