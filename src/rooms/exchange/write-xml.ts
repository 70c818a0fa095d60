import { clock, type Schedule, type ScheduleEvent } from './schedule.ts';

/** schedule.xml; what the format has no word for stands in a note to programs, that others pass by. */
export function writeScheduleXml(schedule: Schedule, version: string): string {
  const { acronym, title, start, end, timeZone, tracks, days, own } = schedule;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<?innovember ${JSON.stringify(own).replace(unshowable, '').replaceAll('>', '\\u003e')}?>`,
    '<schedule>',
    '<generator name="INNOvember"/>',
    element('url', `${schedule.url}.xml`),
    element('version', version),
    '<conference>',
    element('acronym', acronym),
    element('title', title),
    element('start', start),
    element('end', end),
    element('days', String(days.length)),
    element('timeslot_duration', '00:05'),
    element('base_url', schedule.baseUrl),
    element('time_zone_name', timeZone),
    ...tracks.map(({ name, slug }) => `<track name="${escaped(name)}"${/^[a-z][a-z0-9-]+$/.test(slug) ? ` slug="${slug}"` : ''}/>`),
    '</conference>',
    ...days.flatMap((day) => [
      `<day index="${day.index}" date="${day.date}" start="${day.start}" end="${day.end}">`,
      ...day.rooms.flatMap(([room, events]) => [`<room name="${escaped(room)}">`, ...events.map(xmlEvent), '</room>']),
      '</day>',
    ]),
    '</schedule>',
  ].join('\n');
}

const xmlEvent = (event: ScheduleEvent): string =>
  [
    `<event guid="${event.guid}" id="${event.id}" code="${event.code}">`,
    element('date', event.date),
    element('start', event.start),
    element('duration', clock(Math.min(event.minutes, longest))),
    element('room', event.room),
    element('slug', event.slug),
    element('url', event.url),
    element('title', event.title),
    element('subtitle', event.subtitle),
    element('track', event.track),
    element('type', event.type),
    element('language', event.language),
    element('abstract', ''),
    element('description', event.description),
    `<persons>${event.persons.map((name) => element('person', name)).join('')}</persons>`,
    `<links>${event.deepens.map(({ url, title }) => `<link href="${escaped(url)}" type="deepens" service="innovember">${escaped(title)}</link>`).join('')}</links>`,
    '</event>',
  ].join('\n');

// The format writes hours in two digits.
const longest = 99 * 60 + 59;

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(unshowable, '')
    .replace(/[&<>"\r]/g, (sign) => signs[sign]!);
const unshowable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
