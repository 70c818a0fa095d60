// The roll as a file for a spreadsheet.
import type { Language } from '#ground/visit.ts';
import type { Attendance } from '#rooms/programme/session.ts';
import { words, type Word } from '#words';
import type { OnRoll } from './roll.server.ts';

/** Passes stay at the door. */
export type CsvRow = Omit<OnRoll, 'person' | 'pass' | 'arrival' | 'offeredUntil'>;

const heads: readonly Word[] = [
  'organise.csvName',
  'organise.csvEmail',
  'organise.csvOrganisation',
  'organise.csvStanding',
  'organise.csvWay',
  'organise.csvWaitsFor',
  'organise.csvPosition',
  'organise.csvSince',
  'organise.csvCame',
];

export function rollCsv(rows: readonly CsvRow[], language: Language): string {
  const t = words(language);
  const way = (attendance: Attendance): string => t(attendance === 'onSite' ? 'organise.toOnSite' : 'organise.toOnline');
  const lines = rows.map((row) => [
    row.name ?? '',
    row.email,
    row.organisation ?? '',
    t(`organise.csv-${row.standing}`),
    way(row.attendance),
    row.waitsFor === null ? '' : way(row.waitsFor),
    row.position === null ? '' : String(row.position),
    row.claimedAt.toISOString(),
    row.checkedInAt?.toISOString() ?? '',
  ]);
  return csv([heads.map((head) => t(head)), ...lines], language);
}

/** RFC 4180, with the mark by which a spreadsheet knows UTF-8, and the sign between columns that one in this language expects. */
export function csv(rows: readonly (readonly string[])[], language: Language): string {
  const between = language === 'nl' ? ';' : ',';
  return `\uFEFF${rows.map((cells) => `${cells.map(cell).join(between)}\r\n`).join('')}`;
}

/** What begins like a formula is shown, never run; every cell stands between quotes. */
const cell = (text: string): string => `"${(/^[\s]*[=+\-@|%\t\r\n]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
