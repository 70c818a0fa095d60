import { Temporal } from 'temporal-polyfill';
import type { Language } from '#ground/visit.ts';
import { clock, dayName, local } from './when.ts';
import { words } from '#words';

/** 'dinsdag 3 november om 12.00 uur' */
export const moment = (at: Date, timeZone: string, language: Language): string =>
  words(language)('programme.moment', { day: dayName(local(at, timeZone).day, language, 'long'), clock: clock(at, timeZone, language) });

/** 'di 3 nov 12.00' */
export const shortMoment = (at: Date, timeZone: string, language: Language): string =>
  `${dayName(local(at, timeZone).day, language, 'short')} ${clock(at, timeZone, language)}`;

/** '3 nov 2026 12.00': for what may be years ago. */
export const datedMoment = (at: Date, timeZone: string, language: Language): string =>
  `${dayName(local(at, timeZone).day, language, 'dated')} ${clock(at, timeZone, language)}`;

/** The moment as a field for a day and a time holds it, by the wall clock of the zone. */
export function typedMoment(at: Date, timeZone: string): string {
  const { day, minutes } = local(at, timeZone);
  return `${day}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** What such a field says; null when it is no moment. When the clock goes back, the first of the two. */
export function momentIn(typed: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/.test(typed.trim())) return null;
  try {
    const wall = Temporal.PlainDateTime.from(typed.trim().replace(' ', 'T'), { overflow: 'reject' });
    return wall.year < 1970 || wall.year >= 2200 ? null : new Date(wall.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    return null;
  }
}
