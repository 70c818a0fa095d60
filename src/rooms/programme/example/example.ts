import type { Format, Level, Visibility } from '../session.ts';

/** Both languages, always. */
export interface InBoth {
  readonly nl: string;
  readonly en: string;
}

/** One session of the example edition: written, not imported. No persons: hosts are teams of public bodies. */
export interface ExampleSession {
  /** Unique in the example edition; a deeper session names it. */
  readonly key: string;
  /** Theme slugs, the main one first. */
  readonly themes: readonly string[];
  /** Organisation slugs, the leading one first. */
  readonly organisations: readonly string[];
  readonly title: InBoth;
  readonly summary: InBoth;
  readonly description: InBoth;
  readonly format: Format;
  readonly level: Level;
  readonly languages: readonly ('nl' | 'en')[];
  /** The workday of the month, 1 to 20, and the time it starts in the edition's own zone. */
  readonly day: number;
  readonly start: string;
  readonly minutes: number;
  /** A building and town for sessions people come to, else null. */
  readonly location: string | null;
  /** Places: 0 is not offered, null is without limit. */
  readonly onSite: number | null;
  readonly online: number | null;
  readonly visibility?: Visibility;
  /** The key of the session this one digs further into. */
  readonly deepens?: string;
  /** Starts out with every place taken, so that a newcomer sees a waiting list. */
  readonly full?: boolean;
}
