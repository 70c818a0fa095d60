import type { Text } from '#ground/text.ts';
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
  /** Null leaves what is stored alone. `deepens` holds guids. */
  readonly own: { readonly level: Level | null; readonly organisations: readonly string[]; readonly deepens: readonly string[] } | null;
}

/** What is stored of a session, as far as an intake may change it. */
export interface StoredSession extends Omit<IncomingSession, 'row' | 'capacity' | 'own' | 'code'> {
  readonly id: string;
  readonly code: string;
  /** The guid under which it is exported: its own if that is one, else made from it, else its id. */
  readonly shownGuid: string;
  readonly source: string | null;
  readonly level: Level | null;
  readonly organisations: readonly string[];
  /** Ids of the sessions it digs further into. */
  readonly deepens: readonly string[];
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

export type Difference =
  'title' | 'time' | 'place' | 'summary' | 'description' | 'themes' | 'speakers' | 'format' | 'languages' | 'level' | 'organisations' | 'deepens';

/** What a row says otherwise than what is stored; `deepens` are the ids that the row should have. */
export function differences(row: IncomingSession, stored: StoredSession, deepens: readonly string[]): readonly Difference[] {
  const told: readonly (readonly [Difference, unknown, unknown])[] = [
    ['title', row.title, stored.title],
    ['time', [row.start, row.end], [stored.start, stored.end]],
    ['place', row.location, stored.location],
    ['summary', row.summary, stored.summary],
    ['description', row.description, stored.description],
    ['themes', row.themes, stored.themes],
    ['speakers', row.speakers, stored.speakers],
    ['format', row.format, stored.format],
    ['languages', row.languages, stored.languages],
    ['level', row.own === null ? stored.level : row.own.level, stored.level],
    ['organisations', row.own?.organisations ?? stored.organisations, stored.organisations],
    ['deepens', deepens.toSorted(), stored.deepens.toSorted()],
  ];
  return told.filter(([, one, other]) => plain(one) !== plain(other)).map(([difference]) => difference);
}

/** Whether calendars and participants must know. */
export const isMoved = (found: readonly Difference[]): boolean => found.some((one) => one === 'title' || one === 'time' || one === 'place');

const plain = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isMap(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
