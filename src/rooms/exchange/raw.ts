import type { Difference } from '#rooms/programme/intake.ts';
import type { Remark, Source } from './imported.ts';

/** A file's words as they stand, before anything is believed: what every format is turned into first. */
export interface RawProgramme {
  readonly source: Source;
  readonly title: RawText | null;
  readonly acronym: string | null;
  readonly timeZone: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  /** In the order in which the file wants them shown; may be empty although rows have tracks. */
  readonly tracks: readonly string[];
  /** Whether tracks are numbers without a name. */
  readonly hasNumberedTracks: boolean;
  readonly rooms: ReadonlyMap<string, RawRoom>;
  readonly rows: readonly RawRow[];
  /** Our own extension, unchecked. */
  readonly own: unknown;
  /** The names of its columns, of a sheet. */
  readonly columns?: readonly string[];
}

export interface RawRoom {
  readonly capacity: number | null;
  readonly isOnline: boolean;
}

/** Some files give a text in several languages. */
export type RawText = string | ReadonlyMap<string, string>;

export interface RawRow {
  readonly guid: string | null;
  readonly id: string | null;
  readonly code: string | null;
  readonly title: RawText | null;
  readonly subtitle: RawText | null;
  readonly abstract: RawText | null;
  readonly description: RawText | null;
  readonly track: string | null;
  /** After the first one. */
  readonly moreTracks: readonly string[];
  readonly type: string | null;
  readonly level: string | null;
  readonly language: string | null;
  readonly room: string | null;
  readonly persons: readonly string[];
  /** A full time, or a day. */
  readonly date: string | null;
  /** Hours and minutes, for files that give the day apart. */
  readonly start: string | null;
  readonly day: string | null;
  /** When the day of the programme begins: what starts earlier by the clock is after midnight. */
  readonly dayStart: string | null;
  readonly end: string | null;
  readonly duration: string | null;
  readonly links: readonly RawLink[];
  /** Not a session but a break, or not even an object. */
  readonly whyNot: string | null;
  /** What its format has no word for, or its sheet no column. */
  readonly silent: readonly Difference[];
  /** What its reader had to assume. */
  readonly remarks: readonly Remark[];
}

export interface RawLink {
  readonly url: string;
  readonly title: string | null;
  readonly type: string | null;
}

export const emptyRow: RawRow = {
  guid: null,
  id: null,
  code: null,
  title: null,
  subtitle: null,
  abstract: null,
  description: null,
  track: null,
  moreTracks: [],
  type: null,
  level: null,
  language: null,
  room: null,
  persons: [],
  date: null,
  start: null,
  day: null,
  dayStart: null,
  end: null,
  duration: null,
  links: [],
  whyNot: null,
  silent: [],
  remarks: [],
};
