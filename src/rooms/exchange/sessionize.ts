import { field, isRecord, list, texts, word } from './loose.ts';
import { emptyRow, type RawProgramme, type RawRow } from './raw.ts';

const isDay = (value: unknown): boolean => Array.isArray(field(value, 'rooms')) || Array.isArray(field(value, 'sessions'));

export const isSessionize = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isDay) : Array.isArray(field(value, 'sessions')) && Array.isArray(field(value, 'rooms'));

/** What Sessionize publishes: the view per day and room ('GridSmart'), the list in groups, or everything at once. */
export function readSessionize(value: unknown): RawProgramme {
  const named = {
    speakers: names(field(value, 'speakers')),
    rooms: names(field(value, 'rooms')),
    categories: itemsByNumber(field(value, 'categories')),
  };
  const days = Array.isArray(value) ? value : [value];
  const rows = days.flatMap((day) => [
    ...list(field(day, 'rooms')).flatMap((room) =>
      list(field(room, 'sessions')).map((session) => readSession(session, word(field(room, 'name')), word(field(day, 'date')), named)),
    ),
    ...list(field(day, 'sessions')).map((session) => readSession(session, null, null, named)),
  ]);
  return {
    source: 'sessionize',
    title: null,
    acronym: null,
    timeZone: null,
    startsOn: null,
    endsOn: null,
    tracks: [],
    hasNumberedTracks: false,
    rooms: new Map(),
    rows,
    own: null,
  };
}

interface Named {
  readonly speakers: ReadonlyMap<string, string>;
  readonly rooms: ReadonlyMap<string, string>;
  /** Number of an item, to the name of its category and its own. */
  readonly categories: ReadonlyMap<string, readonly [string, string]>;
}

function readSession(session: unknown, room: string | null, day: string | null, named: Named): RawRow {
  if (!isRecord(session)) return { ...emptyRow, whyNot: 'no-row' };
  const category = categoriesOf(session, named);
  return {
    ...emptyRow,
    id: word(field(session, 'id')),
    title: texts(field(session, 'title')),
    description: texts(field(session, 'description')),
    track: category(/track|theme|thema|topic|onderwerp/i),
    type: category(/format|type|vorm/i),
    level: category(/level|niveau/i),
    language: category(/language|taal/i),
    room: word(field(session, 'room')) ?? named.rooms.get(word(field(session, 'roomId')) ?? '') ?? room,
    persons: list(field(session, 'speakers')).flatMap(
      (speaker) => word(field(speaker, 'name', 'fullName')) ?? named.speakers.get(word(speaker) ?? '') ?? [],
    ),
    date: word(field(session, 'startsAt')),
    day,
    end: word(field(session, 'endsAt')),
    whyNot: field(session, 'isServiceSession') === true ? 'no-session' : null,
  };
}

function categoriesOf(session: unknown, named: Named): (name: RegExp) => string | null {
  const inline = list(field(session, 'categories')).flatMap((category) =>
    list(field(category, 'categoryItems', 'items')).map((item) => [word(field(category, 'name', 'title')) ?? '', word(field(item, 'name'))] as const),
  );
  const numbered = list(field(session, 'categoryItems')).flatMap((item) => {
    const found = named.categories.get(word(item) ?? '');
    return found ? [found] : [];
  });
  return (name) => [...inline, ...numbered].find(([category]) => name.test(category))?.[1] ?? null;
}

const names = (value: unknown): ReadonlyMap<string, string> =>
  new Map(
    list(value).flatMap((one) => {
      const name = word(field(one, 'fullName', 'name'));
      const id = word(field(one, 'id'));
      return name === null || id === null ? [] : [[id, name] as const];
    }),
  );

const itemsByNumber = (value: unknown): Named['categories'] =>
  new Map(
    list(value).flatMap((category) =>
      [...names(field(category, 'items'))].map(([id, name]) => [id, [word(field(category, 'title', 'name')) ?? '', name]] as const),
    ),
  );
