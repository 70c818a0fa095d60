// iCalendar as RFC 5545 writes it: escaped, folded, times in UTC so that no reader has to know our zones.

export interface Calendar {
  readonly name: string;
  readonly language: string;
  readonly timeZone: string;
  readonly events: readonly CalendarEvent[];
}

export interface CalendarEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly changedAt: Date;
  readonly start: Date;
  readonly end: Date;
  readonly summary: string;
  readonly description: string;
  readonly location: string | null;
  readonly url: string;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  readonly categories: readonly string[];
  /** UIDs of the events that this one digs further into, and of those that dig further into this one. */
  readonly parents: readonly string[];
  readonly children: readonly string[];
}

/** The whole file. Readers come back every hour. */
export function writeCalendar({ name, language, timeZone, events }: Calendar): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//INNOvember//INNOvember//${language.toUpperCase()}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${text(name)}`,
    `X-WR-CALNAME:${text(name)}`,
    `X-WR-TIMEZONE:${timeZone}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...(events.length === 0 ? something : events.flatMap(eventLines)),
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}

/** A calendar without any part is not one, says RFC 5545 (3.6); without events it still knows what UTC is. */
const something: readonly string[] = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
];

const eventLines = (event: CalendarEvent): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${text(event.uid)}`,
  `DTSTAMP:${moment(event.changedAt)}`,
  `LAST-MODIFIED:${moment(event.changedAt)}`,
  `SEQUENCE:${event.sequence}`,
  `DTSTART:${moment(event.start)}`,
  `DTEND:${moment(event.end)}`,
  `SUMMARY:${text(event.summary)}`,
  ...(event.description === '' ? [] : [`DESCRIPTION:${text(event.description)}`]),
  ...(event.location === null ? [] : [`LOCATION:${text(event.location)}`]),
  `URL:${event.url}`,
  `STATUS:${event.status}`,
  `TRANSP:${event.status === 'CONFIRMED' ? 'OPAQUE' : 'TRANSPARENT'}`,
  ...(event.categories.length === 0 ? [] : [`CATEGORIES:${event.categories.map(text).join(',')}`]),
  ...event.parents.map((uid) => `RELATED-TO;RELTYPE=PARENT:${text(uid)}`),
  ...event.children.map((uid) => `RELATED-TO;RELTYPE=CHILD:${text(uid)}`),
  'END:VEVENT',
];

const moment = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** Escaped as a value; control characters, which no reader accepts, go. */
const text = (value: string): string =>
  value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');

/** No line is longer than 75 bytes, and no character is cut in two. */
function folded(line: string): string {
  let said = '';
  let bytes = 0;
  for (const character of line) {
    const size = sizeOf(character.codePointAt(0)!);
    if (bytes + size > 75) {
      said += '\r\n ';
      bytes = 1;
    }
    said += character;
    bytes += size;
  }
  return said;
}

const sizeOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
