import { unreadable, type Unreadable } from './imported.ts';
import { emptyRow, type RawProgramme, type RawRow } from './raw.ts';
import { attribute, child, children, textOf, type Document, type Element } from './xml.ts';

/** schedule.xml as frab and pretalx write it. */
export function readScheduleXml({ root, instructions }: Document): RawProgramme | Unreadable {
  if (root.name !== 'schedule') return unreadable('unknown');
  const conference = child(root, 'conference');
  const days = children(root, 'day');
  if (!conference && days.length === 0) return unreadable('unknown');
  return {
    source: 'schedule',
    title: textOf(conference, 'title'),
    acronym: textOf(conference, 'acronym'),
    timeZone: textOf(conference, 'time_zone_name') ?? textOf(conference, 'timezone'),
    startsOn: textOf(conference, 'start'),
    endsOn: textOf(conference, 'end'),
    tracks: children(conference, 'track').flatMap((track) => attribute(track, 'name') ?? (track.text.trim() || [])),
    hasNumberedTracks: false,
    rooms: new Map(),
    rows: days.flatMap((day) => children(day, 'room').flatMap((room) => children(room, 'event').map((event) => readEvent(event, room, day)))),
    own: instructions.get('innovember') ?? null,
  };
}

function readEvent(event: Element, room: Element, day: Element): RawRow {
  return {
    ...emptyRow,
    guid: attribute(event, 'guid') ?? textOf(event, 'guid'),
    id: attribute(event, 'id') ?? textOf(event, 'id'),
    code: attribute(event, 'code'),
    title: textOf(event, 'title'),
    subtitle: textOf(event, 'subtitle'),
    abstract: textOf(event, 'abstract'),
    description: textOf(event, 'description'),
    track: textOf(event, 'track'),
    type: textOf(event, 'type'),
    language: textOf(event, 'language'),
    room: textOf(event, 'room') ?? attribute(room, 'name'),
    persons: children(child(event, 'persons'), 'person').map((person) => person.text),
    date: textOf(event, 'date'),
    start: textOf(event, 'start'),
    day: attribute(day, 'date'),
    dayStart: attribute(day, 'start'),
    end: textOf(event, 'end'),
    duration: textOf(event, 'duration'),
    links: children(child(event, 'links'), 'link').map((link) => ({
      url: attribute(link, 'href') ?? '',
      title: link.text.trim() || null,
      type: attribute(link, 'type'),
    })),
  };
}
