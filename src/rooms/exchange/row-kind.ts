import { formats, type Format } from '#rooms/programme/session.ts';
import type { ImportedSession } from './imported.ts';
import { line } from './plain.ts';
import type { RawProgramme, RawRow } from './raw.ts';
import { cut, shown, type SayRemark } from './remark.ts';

const onlineRoom = /^(?:online|zoom|teams|ms teams|webex|virtu(?:al|eel)|live ?stream|stream|bigbluebutton|bbb|remote|internet)\b/i;

/** A room is a place on site with as many places as the file says, else without limit; anything else is online. */
export function placeOf(row: RawRow, raw: RawProgramme): Pick<ImportedSession, 'location' | 'capacity'> {
  const room = row.room === null ? null : cut(line(cut(row.room, 600)), 200);
  const known = row.room === null ? undefined : raw.rooms.get(row.room);
  if (room === null || room === '' || known?.isOnline === true || onlineRoom.test(room))
    return { location: null, capacity: { onSite: 0, online: null } };
  return { location: room, capacity: { onSite: known?.capacity || null, online: 0 } };
}

const kinds: readonly (readonly [RegExp, Format | 'talk'])[] = [
  [/workshop|hands[ -]?on|training|tutorial|masterclass|lab\b|junghacker/i, 'workshop'],
  [/webinar|online/i, 'webinar'],
  [/podcast/i, 'podcast'],
  [/broadcast|uitzending|stream/i, 'broadcast'],
  [/\btour|excursi|rondleiding|werkbezoek/i, 'tour'],
  [/hybri/i, 'hybrid'],
  [/social|party|borrel|concert|performance|dj|game|entertainment|break|lunch|dinner|reception|film|movie|music|djset/i, 'social'],
  [
    /talk|lecture|lezing|vortrag|keynote|podium|panel|discussion|meeting|session|sessie|presentation|plenary|bof|meetup|self-organized|ceremony|other/i,
    'talk',
  ],
];

/** Our format for what the file calls the type. */
export function formatOf(type: string | null, where: Pick<ImportedSession, 'location'>, say: SayRemark): Format {
  const usualHere = where.location === null ? 'webinar' : 'meeting';
  if (type === null) return usualHere;
  const ours = formats.find((format) => format === type.toLowerCase());
  if (ours !== undefined) return ours;
  const kind = kinds.find(([words]) => words.test(type.slice(0, 200)))?.[1];
  if (kind === undefined) say('unknown-type', { given: shown(type) });
  return kind === undefined || kind === 'talk' ? usualHere : kind;
}
