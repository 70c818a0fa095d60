// iCalendar (RFC 5545): every VEVENT is a row, and of what recurs every time it takes place.
import ICAL from 'ical.js';
import type { Difference } from '#rooms/programme/intake.ts';
import { limits, unreadable, type Remark, type Unreadable } from './imported.ts';
import { emptyRow, type RawProgramme, type RawRow } from './raw.ts';
import { remark, shown } from './remark.ts';
import { readMoment, readZone } from './when.ts';

export const isCalendar = (text: string): boolean => /^\s*BEGIN:VCALENDAR/i.test(text.slice(0, 1_000));

/** What a calendar has no word for. */
const silent: readonly Difference[] = ['summary', 'speakers', 'format', 'languages'];
/** Of something that recurs: how often at most, and how many days from its first time. */
const most = { times: 200, days: 366, dates: 500 } as const;

export function readCalendar(text: string): RawProgramme | Unreadable {
  const nested = nesting(text);
  if (nested.deep) return unreadable('deep', { depth: limits.depth });
  if (nested.events > limits.sessions || nested.components > limits.sessions * 4) return unreadable('many', { most: limits.sessions });
  const calendars = parsed(text);
  if (calendars === null) return unreadable('ics');
  const rows = calendars.flatMap((calendar) => rowsOf(calendar.getAllSubcomponents('vevent')));
  const first = calendars[0];
  return {
    source: 'icalendar',
    title: textOf(valueOf(first, 'x-wr-calname') ?? valueOf(first, 'name')),
    acronym: null,
    timeZone: textOf(valueOf(first, 'x-wr-timezone')) ?? zoneIn(calendars),
    startsOn: null,
    endsOn: null,
    tracks: [],
    hasNumberedTracks: false,
    rooms: new Map(),
    rows: rows.slice(0, limits.sessions + 1),
    own: null,
  };
}

/** How much there is, asked before anything is built. */
function nesting(text: string): { deep: boolean; events: number; components: number } {
  let [depth, events, components] = [0, 0, 0];
  for (const [, way, name = ''] of text.matchAll(/^(BEGIN|END):([^\r\n]*)/gim)) {
    depth += way!.toUpperCase() === 'BEGIN' ? 1 : -1;
    if (depth > limits.depth) return { deep: true, events, components };
    if (way!.toUpperCase() === 'BEGIN') components += 1;
    if (way!.toUpperCase() === 'BEGIN' && name.trim().toUpperCase() === 'VEVENT') events += 1;
  }
  return { deep: false, events, components };
}

function parsed(text: string): readonly ICAL.Component[] | null {
  try {
    const calendars: unknown = ICAL.parse(text.trim());
    if (!Array.isArray(calendars)) return null;
    const all = typeof calendars[0] === 'string' ? [calendars] : calendars;
    return all.map((one) => new ICAL.Component(one)).filter(({ name }) => name === 'vcalendar');
  } catch {
    return null;
  }
}

function rowsOf(events: readonly ICAL.Component[]): readonly RawRow[] {
  const moved = new Map<string, ICAL.Component>();
  for (const event of events) {
    const instance = instanceOf(event);
    if (instance !== null) moved.set(instance, event);
  }
  const done = new Set<string>();
  const rows = events
    .filter((event) => instanceOf(event) === null)
    .flatMap((event) => {
      const times = timesOf(event);
      if (times === null) return [rowOf(event, uidOf(event), null, event.hasProperty('rrule') ? [remark('recurring-unknown')] : [])];
      return times.at.map((at, index) => {
        const key = `${uidOf(event) ?? ''} ${at.toString()}`;
        done.add(key);
        const cut = times.isCut && index === times.at.length - 1 ? [remark('recurring-cut', { most: times.at.length })] : [];
        const instead = moved.get(key);
        return rowOf(instead ?? event, key, instead === undefined ? at : null, cut);
      });
    });
  const alone = [...moved].filter(([key]) => !done.has(key)).map(([key, event]) => rowOf(event, key, null, []));
  return [...rows, ...alone];
}

/** The moments of something that recurs; null when it does not, or in a way that could go on for ever without an answer. */
function timesOf(event: ICAL.Component): { at: readonly ICAL.Time[]; isCut: boolean } | null {
  const rules = event.getAllProperties('rrule');
  const dates = [...event.getAllProperties('rdate'), ...event.getAllProperties('exdate')];
  if (rules.length === 0 && !event.hasProperty('rdate')) return null;
  if (rules.length > 1 || dates.length > most.dates || !rules.every((rule) => isPlain(valueIn(rule)))) return null;
  try {
    const expansion = new ICAL.Event(event).iterator();
    const at: ICAL.Time[] = [];
    for (let next = expansion.next(); next; next = expansion.next()) {
      const first = at[0] ?? next;
      if (at.length >= most.times || next.toUnixTime() - first.toUnixTime() > most.days * 86_400) return { at, isCut: true };
      at.push(next.clone());
    }
    return { at, isCut: false };
  } catch {
    return null;
  }
}

/** Rules that always have a next time within reach: the others are not followed. */
function isPlain(rule: unknown): boolean {
  if (!(rule instanceof ICAL.Recur)) return false;
  const parts: [string, unknown][] = Object.entries(rule.parts ?? {});
  const all = (name: string, pattern: RegExp): boolean =>
    parts.every(
      ([part, values]) => part === name && Array.isArray(values) && values.length <= 31 && values.every((one) => pattern.test(String(one))),
    );
  if (!(rule.interval >= 1 && rule.interval <= 100)) return false;
  if (rule.freq === 'DAILY' || rule.freq === 'YEARLY') return parts.length === 0;
  if (rule.freq === 'WEEKLY') return all('BYDAY', /^(MO|TU|WE|TH|FR|SA|SU)$/);
  return rule.freq === 'MONTHLY' && (all('BYDAY', /^-?[1-4](MO|TU|WE|TH|FR|SA|SU)$/) || all('BYMONTHDAY', /^([1-9]|1\d|2[0-8])$/));
}

function rowOf(event: ICAL.Component, id: string | null, at: ICAL.Time | null, more: readonly Remark[]): RawRow {
  const property = event.getFirstProperty('dtstart');
  const zone = property?.getFirstParameter('tzid') ?? null;
  const given = timeOf(valueIn(property));
  const start = at ?? given;
  const place = textOf(valueOf(event, 'location'));
  const link = textOf(valueOf(event, 'url'));
  const isLink = place !== null && /^https?:\/\//i.test(place);
  const tracks = event.getAllProperties('categories').flatMap((one) => valuesIn(one).flatMap((value) => textOf(value) ?? []));
  const unknownZone = start !== null && zone !== null && isFloating(start) && readZone(zone) === null;
  return {
    ...emptyRow,
    id,
    title: textOf(valueOf(event, 'summary')),
    description: textOf(valueOf(event, 'description')),
    track: tracks[0] ?? null,
    moreTracks: tracks.slice(1, 20),
    room: isLink ? null : place,
    // What cannot be read is said, not passed over.
    date: start === null ? (property ? property.name : null) : momentOf(start, zone),
    duration: given === null ? null : minutesOf(event, given),
    links: [link, isLink ? place : null].flatMap((url) => (url === null ? [] : [{ url, title: null, type: null }])),
    silent,
    remarks: [
      ...more,
      ...(start?.isDate === true ? [remark('all-day')] : []),
      ...(unknownZone ? [remark('unknown-zone', { given: shown(zone ?? '') })] : []),
    ],
    whyNot: whyNotOf(event),
  };
}

/** Somebody who marked something as private did not mean a programme for everybody. */
function whyNotOf(event: ICAL.Component): string | null {
  if (/^cancelled$/i.test(textOf(valueOf(event, 'status')) ?? '')) return 'cancelled';
  return /^(private|confidential)$/i.test(textOf(valueOf(event, 'class')) ?? '') ? 'private' : null;
}

/** With Z or in a known zone: a moment; else by the clock, for the zone of the programme. */
function momentOf(time: ICAL.Time, zone: string | null): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const wall = `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}T${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
  if (time.isDate) return wall;
  if (time.zone === ICAL.Timezone.utcTimezone) return `${wall}Z`;
  const known = readZone(zone);
  if (known !== null) return readMoment(wall, known)?.at.toISOString() ?? wall;
  const seconds = isFloating(time) ? NaN : time.toUnixTime();
  return Number.isFinite(seconds) && Math.abs(seconds) < 1e11 ? new Date(seconds * 1_000).toISOString() : wall;
}

const isFloating = (time: ICAL.Time): boolean => !time.zone || time.zone === ICAL.Timezone.localTimezone;

function minutesOf(event: ICAL.Component, start: ICAL.Time): string | null {
  const lasts: unknown = valueOf(event, 'duration');
  const end = timeOf(valueOf(event, 'dtend'));
  if (end === null && !(lasts instanceof ICAL.Duration)) return start.isDate ? '1440' : null;
  const seconds = lasts instanceof ICAL.Duration ? lasts.toSeconds() : end!.subtractDateTz(start).toSeconds();
  return Number.isFinite(seconds) && seconds >= 60 ? String(Math.round(seconds / 60)) : null;
}

const timeOf = (value: unknown): ICAL.Time | null => (value instanceof ICAL.Time && Number.isFinite(value.year) ? value : null);
const uidOf = (event: ICAL.Component): string | null => textOf(valueOf(event, 'uid'));
function instanceOf(event: ICAL.Component): string | null {
  const at = timeOf(valueOf(event, 'recurrence-id'));
  return at === null ? null : `${uidOf(event) ?? ''} ${at.toString()}`;
}

function zoneIn(calendars: readonly ICAL.Component[]): string | null {
  const event = calendars[0]?.getFirstSubcomponent('vevent');
  const zone = event?.getFirstProperty('dtstart')?.getFirstParameter('tzid');
  return readZone(zone ?? null);
}

/** Values are only read when they are asked for, and may be anything then. */
const valueOf = (event: ICAL.Component | undefined, name: string): unknown => valueIn(event?.getFirstProperty(name));
const valueIn = (property: ICAL.Property | null | undefined): unknown => valuesIn(property)[0] ?? null;
function valuesIn(property: ICAL.Property | null | undefined): readonly unknown[] {
  try {
    return property?.getValues() ?? [];
  } catch {
    return [];
  }
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}
