import fc from 'fast-check';
import ICAL from 'ical.js';
import { convertIcsCalendar } from 'ts-ics';
import { expect, test } from 'vitest';
import { writeCalendar, type CalendarEvent } from './ical.ts';

const event: CalendarEvent = {
  uid: 'ABC123@innovember',
  sequence: 3,
  changedAt: new Date('2026-11-01T08:00:00Z'),
  start: new Date('2026-11-10T09:00:00Z'),
  end: new Date('2026-11-10T10:30:00Z'),
  summary: 'Sneller, slimmer; samen',
  description: 'Regel een\nRegel twee',
  location: 'Zaal 1',
  url: 'https://innovember.example/edities/proef/programma/ABC123',
  status: 'CONFIRMED',
  categories: ['Inkoop, aanbesteden', 'Data'],
  parents: ['AAAAAA@innovember', 'BBBBBB@innovember'],
  children: ['CCCCCC@innovember'],
};
const write = (...events: readonly CalendarEvent[]): string =>
  writeCalendar({ name: 'INNOvember; 2026', language: 'nl', timeZone: 'Europe/Amsterdam', events });

/** What ical.js reads. */
function readByOne(file: string): CalendarEvent[] {
  return new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((component) => {
    const it = new ICAL.Event(component);
    const value = (name: string): string | null => component.getFirstPropertyValue(name)?.toString() ?? null;
    const related = (type: string): string[] =>
      component
        .getAllProperties('related-to')
        .filter((property) => property.getFirstParameter('reltype') === type)
        .map((property) => String(property.getFirstValue()));
    return {
      uid: it.uid,
      sequence: Number(value('sequence')),
      changedAt: (component.getFirstPropertyValue('dtstamp') as ICAL.Time).toJSDate(),
      start: it.startDate.toJSDate(),
      end: it.endDate.toJSDate(),
      summary: it.summary,
      description: it.description ?? '',
      location: it.location,
      url: value('url')!,
      status: value('status') as CalendarEvent['status'],
      categories: component.getFirstProperty('categories')?.getValues().map(String) ?? [],
      parents: related('PARENT'),
      children: related('CHILD'),
    };
  });
}

/** What ts-ics reads; it has no field for related events. */
const readByOther = (file: string) =>
  convertIcsCalendar(undefined, file).events!.map((it) => ({
    uid: it.uid,
    sequence: it.sequence,
    changedAt: it.stamp.date,
    start: it.start.date,
    end: it.end!.date,
    summary: it.summary,
    description: it.description ?? '',
    location: it.location ?? null,
    url: it.url,
    status: it.status,
  }));
const knownToOther = ({ categories: _, parents: __, children: ___, ...rest }: CalendarEvent) => rest;

test('two independent readers read back all that was written', () => {
  const events = [
    event,
    {
      ...event,
      uid: 'other@innovember',
      description: '',
      location: null,
      status: 'CANCELLED' as const,
      categories: [],
      parents: [],
      children: [],
      start: new Date('2026-10-25T00:30:00Z'),
      end: new Date('2026-10-25T01:30:00Z'),
    },
  ];
  expect(readByOne(write(...events))).toEqual(events);
  expect(readByOther(write(...events))).toEqual(events.map(knownToOther));
});

test('a calendar without events still has a part, as every calendar must', () => {
  expect(readByOne(write())).toEqual([]);
  expect(convertIcsCalendar(undefined, write()).timezones).toHaveLength(1);
  expect(new ICAL.Component(ICAL.parse(write())).getAllSubcomponents()).toHaveLength(1);
});

test('the file as it stands', () => {
  expect(write(event).split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//INNOvember//INNOvember//NL',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME:INNOvember\\; 2026',
    'X-WR-CALNAME:INNOvember\\; 2026',
    'X-WR-TIMEZONE:Europe/Amsterdam',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'BEGIN:VEVENT',
    'UID:ABC123@innovember',
    'DTSTAMP:20261101T080000Z',
    'LAST-MODIFIED:20261101T080000Z',
    'SEQUENCE:3',
    'DTSTART:20261110T090000Z',
    'DTEND:20261110T103000Z',
    'SUMMARY:Sneller\\, slimmer\\; samen',
    'DESCRIPTION:Regel een\\nRegel twee',
    'LOCATION:Zaal 1',
    'URL:https://innovember.example/edities/proef/programma/ABC123',
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'CATEGORIES:Inkoop\\, aanbesteden,Data',
    'RELATED-TO;RELTYPE=PARENT:AAAAAA@innovember',
    'RELATED-TO;RELTYPE=PARENT:BBBBBB@innovember',
    'RELATED-TO;RELTYPE=CHILD:CCCCCC@innovember',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('no line is longer than 75 bytes, whatever the text, and both read it back', () => {
  const said = fc
    .array(fc.constantFrom('word', ' ', ',', ';', '\\', '\\n', '\n', '"', ':', 'é', '€', '👩‍💻', '漢', 'x'.repeat(80)), { minLength: 1, maxLength: 60 })
    .map((parts) => `a${parts.join('')}z`);
  fc.assert(
    fc.property(said, said, (summary, description) => {
      const it = { ...event, summary, description, categories: [] };
      const file = write(it);
      for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      expect(readByOne(file)).toEqual([it]);
      expect(readByOther(file)).toEqual([knownToOther(it)]);
    }),
    { numRuns: 500 },
  );
});

test('nothing in a text can start a line of its own', () => {
  const file = write({ ...event, summary: 'a\r\nSTATUS:CANCELLED\rb\u2028c\u0000d', location: 'x\nBEGIN:VALARM' });
  expect(file).not.toMatch(/^(?:STATUS:CANCELLED|BEGIN:VALARM)/m);
  expect(readByOne(file)[0]).toMatchObject({ status: 'CONFIRMED', summary: 'a\nSTATUS:CANCELLED\nb\u2028cd', location: 'x\nBEGIN:VALARM' });
});
