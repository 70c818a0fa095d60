import { count, entries, field, isRecord, list, texts, word } from './loose.ts';
import { emptyRow, type RawProgramme, type RawRoom, type RawRow } from './raw.ts';

const conferenceOf = (value: unknown): unknown => {
  const schedule = field(value, 'schedule') ?? value;
  return field(schedule, 'conference') ?? schedule;
};

export const isScheduleJson = (value: unknown): boolean =>
  Array.isArray(field(conferenceOf(value), 'days')) || Array.isArray(field(field(value, 'schedule'), 'days'));

/** schedule.json as frab and pretalx write it, with the liberties that both take. */
export function readScheduleJson(value: unknown): RawProgramme {
  const schedule = field(value, 'schedule') ?? value;
  const conference = conferenceOf(value);
  const rooms = [...list(field(conference, 'rooms')), ...list(field(schedule, 'rooms'))];
  return {
    source: 'schedule',
    title: texts(field(conference, 'title')),
    acronym: word(field(conference, 'acronym')),
    timeZone: word(field(conference, 'time_zone_name', 'timezone', 'time_zone')),
    startsOn: word(field(conference, 'start')),
    endsOn: word(field(conference, 'end')),
    tracks: list(field(conference, 'tracks')).flatMap((track) => nameOf(track) ?? []),
    hasNumberedTracks: false,
    rooms: new Map(rooms.flatMap((room) => readRoom(room))),
    rows: list(field(conference, 'days') ?? field(schedule, 'days')).flatMap(readDay),
    own: field(field(conference, 'meta'), 'innovember') ?? null,
  };
}

/** Some write a name, some an object with a name, some a name per language. */
function nameOf(value: unknown): string | null {
  const said = texts(isRecord(value) ? (field(value, 'name', 'title') ?? value) : value);
  return typeof said === 'string' || said === null ? said : (said.get('en') ?? [...said.values()][0] ?? null);
}

function readRoom(room: unknown): readonly (readonly [string, RawRoom])[] {
  const name = nameOf(field(room, 'name'));
  if (name === null) return [];
  return [[name, { capacity: count(field(room, 'capacity')), isOnline: ['online', 'bbb'].includes(word(field(room, 'type')) ?? '') }]];
}

function readDay(day: unknown): readonly RawRow[] {
  const rooms = field(day, 'rooms');
  const named = Array.isArray(rooms)
    ? rooms.map((room) => [nameOf(room) ?? '', field(room, 'events', 'sessions', 'talks')] as const)
    : entries(rooms);
  const loose = list(field(day, 'events')).map((event) => readEvent(event, null, day));
  return [...named.flatMap(([room, events]) => list(events).map((event) => readEvent(event, room, day))), ...loose];
}

function readEvent(event: unknown, room: string | null, day: unknown): RawRow {
  if (!isRecord(event)) return { ...emptyRow, whyNot: 'no-row' };
  return {
    ...emptyRow,
    guid: word(field(event, 'guid')),
    id: word(field(event, 'id')),
    code: word(field(event, 'code')),
    title: texts(field(event, 'title')),
    subtitle: texts(field(event, 'subtitle')),
    abstract: texts(field(event, 'abstract')),
    description: texts(field(event, 'description')),
    track: nameOf(field(event, 'track')),
    type: nameOf(field(event, 'type')),
    language: word(field(event, 'language')),
    room: nameOf(field(event, 'room')) ?? word(room),
    persons: list(field(event, 'persons', 'speakers')).flatMap(
      (person) => word(person) ?? word(field(person, 'public_name', 'name', 'full_public_name')) ?? [],
    ),
    date: word(field(event, 'date')),
    start: word(field(event, 'start')),
    day: word(field(day, 'date')),
    dayStart: word(field(day, 'day_start')),
    end: word(field(event, 'end')),
    duration: word(field(event, 'duration')),
    links: list(field(event, 'links')).map((link) => ({
      url: word(link) ?? word(field(link, 'url', 'href')) ?? '',
      title: word(field(link, 'title')),
      type: word(field(link, 'type')),
    })),
  };
}
