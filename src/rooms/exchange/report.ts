import { sentence, words } from '#words';
import type { Language } from '#ground/visit.ts';
import { say, type Text } from '#ground/text.ts';
import { cut } from './remark.ts';
import type { Change } from '#rooms/programme/intake.ts';
import type { ImportedProgramme, Remark, Source, Unreadable } from './imported.ts';

/** What an import did, or would do: of every row what became of it. */
export interface ImportReport {
  readonly edition: { readonly slug: string; readonly startsOn: string; readonly endsOn: string; readonly timeZone: string; readonly isNew: boolean };
  readonly isDryRun: boolean;
  readonly newThemes: number;
  readonly rows: readonly ReportedRow[];
  readonly missing: readonly { readonly code: string; readonly id: string | null; readonly title: Text }[];
  readonly remarks: readonly Remark[];
  readonly source: Source;
  readonly words: ImportedProgramme['words'];
}

export interface ReportedRow {
  readonly row: number;
  readonly id: string | null;
  readonly title: string | null;
  /** The session it became; null when it was left out. */
  readonly code: string | null;
  readonly result: 'new' | 'changed' | 'same' | 'left out';
  /** What is taken over of a session that was there, and what is not because it was changed here too. */
  readonly changes: readonly Change[];
  readonly conflicts: readonly Change[];
  /** How it was read differently from how it stood, or why it was left out. */
  readonly remarks: readonly Remark[];
}

export interface Counts {
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly leftOut: number;
  readonly missing: number;
}

export function countsOf({ rows, missing }: ImportReport): Counts {
  const of = (result: ReportedRow['result']): number => rows.filter((row) => row.result === result).length;
  return { new: of('new'), changed: of('changed'), same: of('same'), leftOut: of('left out'), missing: missing.length };
}

/** The report in sentences. */
export function reportInWords(report: ImportReport, language: Language): string {
  const t = words(language);
  const { edition, isDryRun, rows, missing } = report;
  const { leftOut, ...counts } = countsOf(report);
  const rowLine = ({ row, id, title, remarks }: ReportedRow): string =>
    `  ${[t('exchange.report-row', { row }), id, title === null ? null : `"${title}"`].filter((part) => part !== null).join(', ')}${remarks.length === 0 ? '' : `: ${remarks.map((one) => remarkInWords(one, language)).join('; ')}`}`;
  const section = (heading: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', `${heading}:`, ...lines]);
  const made = edition.isNew ? (isDryRun ? 'exchange.report-would-make' : 'exchange.report-made') : 'exchange.report-existing';
  return [
    t(made, { slug: edition.slug, from: edition.startsOn, until: edition.endsOn, zone: edition.timeZone }),
    ...report.remarks.map((one) => remarkInWords(one, language)),
    t('exchange.report-counts', { ...counts, left: leftOut }),
    ...(report.newThemes > 0 ? [t('exchange.report-themes', { count: report.newThemes })] : []),
    ...section(t('exchange.report-left-out'), rows.filter(({ result }) => result === 'left out').map(rowLine)),
    ...section(t('exchange.report-changed'), rows.filter(({ result, remarks }) => result !== 'left out' && remarks.length > 0).map(rowLine)),
    ...section(
      t('exchange.report-altered'),
      rows.filter(({ result }) => result === 'changed').map((row) => rowLine({ ...row, remarks: [] })),
    ),
    ...section(
      t('exchange.report-conflicts'),
      rows
        .filter(({ conflicts }) => conflicts.length > 0)
        .map((row) => `${rowLine({ ...row, remarks: [] })}: ${row.conflicts.map(({ field }) => t(`exchange.field-${field}`)).join(', ')}`),
    ),
    ...section(
      t('exchange.report-missing'),
      missing.map(({ code, id, title }) => `  ${code}${id === null ? '' : `, ${id}`}, "${say(title, language).text}"`),
    ),
    ...(isDryRun ? ['', t('exchange.report-dry')] : []),
  ].join('\n');
}

/** The report for programs. */
export function reportInJson(report: ImportReport, language: Language): string {
  const remarks = (all: readonly Remark[]) => all.map((one) => ({ code: one.remark, values: one.values, text: remarkInWords(one, language) }));
  const { edition, isDryRun, newThemes, rows, missing } = report;
  return JSON.stringify(
    {
      edition,
      dryRun: isDryRun,
      sessions: countsOf(report),
      newThemes,
      remarks: remarks(report.remarks),
      rows: rows.map((row) => ({ ...row, remarks: remarks(row.remarks) })),
      missing,
    },
    null,
    2,
  );
}

export const remarkInWords = ({ remark, values }: Remark, language: Language): string => sentence(language, `exchange.remark-${remark}`, values);

/** One field that says something else, for people to read. */
export function changeInWords({ field, mine, theirs }: Change, language: Language, timeZone = 'Europe/Amsterdam') {
  const value = (said: unknown): string => cut(inWords(said, language, field === 'time' ? timeZone : null), 300) || words(language)('exchange.empty');
  return { field: words(language)(`exchange.field-${field}`), mine: value(mine), theirs: value(theirs) };
}

function inWords(value: unknown, language: Language, timeZone: string | null): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    const all = value.map((one) => inWords(one, language, timeZone)).filter((one) => one !== '');
    return all.join(timeZone === null ? ', ' : ' – ');
  }
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([tag, said]) => `${tag}: ${String(said)}`)
      .join(' / ');
  const text = String(value);
  return timeZone === null ? text : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(Date.parse(text));
}

/** Why a file was refused, in one sentence. */
export function unreadableInWords({ unreadable, values }: Unreadable, language: Language): string {
  if (unreadable === 'not-asked') return sentence(language, `refused.${values['refused']}`);
  const why = values['why'] === undefined ? {} : { why: sentence(language, `exchange.remark-${values['why']}`, values) };
  return sentence(language, `exchange.file-${unreadable}`, { ...values, ...why });
}
