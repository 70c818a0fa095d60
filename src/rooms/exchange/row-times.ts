import type { RawRow } from './raw.ts';
import { shown, type SayRemark } from './remark.ts';
import { readApart, readDay, readMinutes, readMoment, type Moment } from './when.ts';

/** When a row starts and ends; null when the file leaves it open. */
export function timesOf(row: RawRow, timeZone: string, say: SayRemark): { start: Date; end: Date } | 'unreadable' | null {
  if (row.date === null && (row.day === null || row.start === null)) {
    say('no-time');
    return null;
  }
  const start = startOf(row, timeZone);
  if (start === null) return 'unreadable';
  if (start.remark !== null) say(`time-${start.remark}`);
  return { start: start.at, end: endOf(row, start.at, timeZone, say) };
}

function startOf(row: RawRow, timeZone: string): Moment | null {
  const day = readDay(row.date ?? row.day);
  // A date without a time beside a time of its own.
  if (row.date === null || /^\d{4}-\d{2}-\d{2}$/.test(row.date))
    return day === null || row.start === null ? null : readApart(day, row.start, row.date === null ? row.dayStart : null, timeZone);
  return readMoment(row.date, timeZone);
}

const usual = 60;
const longest = 31 * 24 * 60;

function endOf(row: RawRow, start: Date, timeZone: string, say: SayRemark): Date {
  const after = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);
  const minutes = row.duration === null ? null : readMinutes(row.duration);
  if (minutes !== null && minutes > 0 && minutes <= longest) return after(minutes);
  const end = row.end === null ? null : readMoment(row.end, timeZone);
  if (end !== null && end.at > start && end.at <= after(longest)) return end.at;
  const given = row.duration ?? row.end;
  if (given === null) say('no-duration', { minutes: usual });
  else say('bad-duration', { given: shown(given), minutes: usual });
  return after(usual);
}
