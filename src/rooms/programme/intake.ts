import type { Text } from '#ground/text.ts';
import { same } from '#ground/three-way.ts';
import type { Capacity, Format, Level } from './session.ts';

/** A whole programme that comes in at once, from a file or as example content. */
export interface Intake {
  readonly slug: string;
  /** For an edition that is made; one that exists keeps its name, zone and rules, and its days only get more. */
  readonly name: Text;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly timeZone: string;
  readonly rules: { readonly atLeast: number; readonly fits: number; readonly surprises: number } | null;
  readonly isExample: boolean;
  readonly themes: readonly Named[];
  readonly organisations: readonly Named[];
  /** The family of the file, in which `sourceId` means something. */
  readonly source: string;
  readonly sessions: readonly IncomingSession[];
}

export interface Named {
  readonly slug: string;
  readonly name: Text;
}

export interface IncomingSession {
  readonly row: number;
  readonly guid: string | null;
  readonly sourceId: string | null;
  readonly code: string | null;
  readonly title: Text;
  readonly summary: Text;
  readonly description: Text;
  readonly themes: readonly string[];
  readonly speakers: readonly string[];
  readonly format: Format;
  readonly languages: readonly string[];
  readonly start: Date | null;
  readonly end: Date | null;
  readonly location: string | null;
  readonly capacity: Capacity;
  /** What the source has no word for: of a session that is there it stays as it is. */
  readonly silent?: readonly Difference[];
  /** Null leaves what is stored alone. `deepens` holds guids. */
  readonly own: { readonly level: Level | null; readonly organisations: readonly string[]; readonly deepens: readonly string[] } | null;
}

/** What is stored of a session, as far as an intake may change it. */
export interface StoredSession extends Omit<IncomingSession, 'row' | 'capacity' | 'own' | 'code' | 'silent'> {
  readonly id: string;
  readonly code: string;
  /** The guid under which it is exported: its own if that is one, else made from it, else its id. */
  readonly shownGuid: string;
  readonly source: string | null;
  readonly level: Level | null;
  readonly organisations: readonly string[];
  /** Ids of the sessions it digs further into. */
  readonly deepens: readonly string[];
  /** What its source last said of it; null when nobody knows. */
  readonly baseline: Said | null;
  readonly isPublished: boolean;
}

/** Which stored session each row is: by guid, else by the source's number; each stored one is one row at most. */
export function match(rows: readonly IncomingSession[], stored: readonly StoredSession[], source: string): ReadonlyMap<number, StoredSession> {
  const byGuid = new Map([
    ...stored.map((one) => [one.shownGuid, one] as const),
    ...stored.flatMap((one) => (one.guid === null ? [] : [[one.guid, one] as const])),
  ]);
  const byNumber = new Map(stored.flatMap((one) => (one.source === source && one.sourceId !== null ? [[one.sourceId, one] as const] : [])));
  const found = new Map<number, StoredSession>();
  const taken = new Set<string>();
  const pair = (row: IncomingSession, one: StoredSession | undefined): void => {
    if (one === undefined || taken.has(one.id) || found.has(row.row)) return;
    found.set(row.row, one);
    taken.add(one.id);
  };
  for (const row of rows) if (row.guid !== null) pair(row, byGuid.get(row.guid));
  for (const row of rows) if (row.sourceId !== null) pair(row, byNumber.get(row.sourceId));
  return found;
}

export const fields = [
  'title',
  'time',
  'place',
  'summary',
  'description',
  'themes',
  'speakers',
  'format',
  'languages',
  'level',
  'organisations',
  'deepens',
] as const;
export type Difference = (typeof fields)[number];

/** What is said of a session, by field, as JSON has it; a field that is not there is not spoken of. */
export type Said = Readonly<Partial<Record<Difference, unknown>>>;

/** `deepens` are ids of sessions that came in together: towards others a file can say nothing. */
export function saidIn(row: IncomingSession, deepens: readonly string[]): Said {
  const said: Said = {
    title: row.title,
    time: timeOf(row),
    place: row.location,
    summary: row.summary,
    description: row.description,
    themes: row.themes,
    speakers: row.speakers,
    format: row.format,
    languages: row.languages,
    ...(row.own !== null && { level: row.own.level, organisations: row.own.organisations, deepens: deepens.toSorted() }),
  };
  return Object.fromEntries(fields.filter((name) => name in said && !row.silent?.includes(name)).map((name) => [name, said[name]]));
}

export const storedIn = (stored: StoredSession, deepens: readonly string[]): Said => ({
  title: stored.title,
  time: timeOf(stored),
  place: stored.location,
  summary: stored.summary,
  description: stored.description,
  themes: stored.themes,
  speakers: stored.speakers,
  format: stored.format,
  languages: stored.languages,
  level: stored.level,
  organisations: stored.organisations,
  deepens: deepens.toSorted(),
});

const timeOf = ({ start, end }: Pick<IncomingSession, 'start' | 'end'>): readonly (string | null)[] => [
  start?.toISOString() ?? null,
  end?.toISOString() ?? null,
];

/** One field that says something else: what stands here, and what the source says. */
export interface Change {
  readonly field: Difference;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Merged {
  /** Changed at the source alone, or never filled in here: taken. */
  readonly taken: readonly Change[];
  /** Changed here and at the source, differently: what stands here stays. */
  readonly conflicts: readonly Change[];
  /** Both say the same now: an older conflict about it is over. */
  readonly agreed: readonly Difference[];
}

/**
 * What becomes of what a source says now (`theirs`), beside what it said before (`base`) and what stands here (`mine`).
 * Nobody knows who wrote what when a field has no base: what stands here stays then too, and is told.
 */
export function mergeSaid(base: Said | null, mine: Said, theirs: Said): Merged {
  const told = fields.filter((field) => field in theirs);
  const isNews = (field: Difference): boolean => base === null || !(field in base) || !same(base[field], theirs[field]);
  const others = told.filter((field) => isNews(field) && !same(mine[field], theirs[field]));
  const isOurs = (field: Difference): boolean => (base !== null && field in base ? !same(base[field], mine[field]) : !isNothing(mine[field]));
  const change = (field: Difference): Change => ({ field, mine: mine[field], theirs: theirs[field] });
  return {
    taken: others.filter((field) => !isOurs(field)).map(change),
    conflicts: others.filter(isOurs).map(change),
    agreed: told.filter((field) => same(mine[field], theirs[field])),
  };
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) ? value.every((one) => one === null) : typeof value === 'object' && Object.keys(value).length === 0);

/** Whether calendars and participants must know. */
export const isMoved = (found: readonly Difference[]): boolean => found.some((one) => one === 'title' || one === 'time' || one === 'place');
