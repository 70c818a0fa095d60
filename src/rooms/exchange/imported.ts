import type { Text } from '#ground/text.ts';
import type { IncomingSession, Named } from '#rooms/programme/intake.ts';

/** What another program's file says, in our own nouns: what an import takes in. Nothing in it was decided by the database. */
export interface ImportedProgramme {
  readonly source: Source;
  /** Null when the file has no name for the whole. */
  readonly name: Text | null;
  readonly acronym: string | null;
  readonly timeZone: string;
  /** First and last day, YYYY-MM-DD in the time zone; null when nothing in the file has a day. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly rules: { readonly atLeast: number; readonly fits: number; readonly surprises: number } | null;
  readonly themes: readonly ImportedTheme[];
  /** Only a file of our own making names them. */
  readonly organisations: readonly ImportedTheme[];
  readonly sessions: readonly ImportedSession[];
  readonly rows: readonly RowReport[];
  /** What the file calls things, for who tells us what we call them. */
  readonly words: { readonly columns: readonly string[]; readonly tracks: readonly string[]; readonly rooms: readonly string[] };
  /** What had to be assumed about the file as a whole. */
  readonly remarks: readonly Remark[];
}

/** The family of the file; a session is found again by its guid, else by family and number. */
export type Source = 'schedule' | 'sessionize' | 'halfnarp' | 'icalendar' | 'csv';

export type ImportedTheme = Named;
export type ImportedSession = IncomingSession;

/** One row of the file that did not come in as it stood. */
export interface RowReport {
  readonly row: number;
  readonly id: string | null;
  readonly title: string | null;
  readonly result: 'changed' | 'left out';
  readonly remarks: readonly Remark[];
}

/** A name with a sentence under `exchange.remark-` in words/. */
export interface Remark {
  readonly remark: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Why a whole file is refused; a name with a sentence under `exchange.file-` in words/. */
export interface Unreadable {
  readonly unreadable: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export const unreadable = (name: string, values: Unreadable['values'] = {}): Unreadable => ({ unreadable: name, values });
export const isUnreadable = (value: object): value is Unreadable => 'unreadable' in value;

export const limits = { bytes: 50_000_000, sessions: 5_000, elements: 600_000, depth: 64, themes: 40 } as const;
