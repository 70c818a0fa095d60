import type { EditionId } from '#ground/id.ts';
import type { Text } from '#ground/text.ts';

/** One month (or week, or year) of sessions with its own address, themes and rules. */
export interface Edition {
  readonly id: EditionId;
  readonly slug: string;
  readonly name: Text;
  /** First and last day, as YYYY-MM-DD in the edition's own zone. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly timeZone: string;
  /** How many sessions at least, how many of them fit, how many surprise. */
  readonly rules: { readonly atLeast: number; readonly fits: number; readonly surprises: number };
  /** How many hours an offered place waits for an answer; null: who moves up has the place at once. */
  readonly acceptHours: number | null;
  /** Example content, to be said on every page. */
  readonly isExample: boolean;
  /** What is written here: language tags, the first one first. */
  readonly languages: readonly string[];
  /** The one that is meant where none is named, by choice; else the days decide. */
  readonly isCurrent: boolean;
  /** From then on everything of it is read and nothing changed. */
  readonly closedAt: Date | null;
  /** Goes up with each edit of what is written of it. */
  readonly revision: number;
}

/** The zone by whose clock moments are told, also where there is no edition. */
export const zoneOf = (edition: Pick<Edition, 'timeZone'> | null): string => edition?.timeZone ?? 'Europe/Amsterdam';

/** A subject of an edition, drawn as a line through the month. */
export interface Theme {
  readonly slug: string;
  readonly name: Text;
  /** 1 to 6: its colour; with `pattern` unique for the first thirty-six themes. */
  readonly line: number;
  readonly position: number;
}

/** A public body, company or community that hosts sessions or that people work for; one list for all editions. */
export interface Organisation {
  readonly slug: string;
  readonly name: Text;
}
