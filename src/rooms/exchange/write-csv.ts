import { stringify } from 'csv-stringify/sync';
import type { Text } from '#ground/text.ts';
import { guarded, ownColumns, textColumns } from './csv.ts';
import type { Schedule } from './schedule.ts';
import { withOffset } from './when.ts';

/**
 * The sessions as a sheet. It has no place for the edition itself (name, days, rules), nor for the names of themes and
 * organisations: those it names by their address.
 */
export function writeCsv(schedule: Schedule): string {
  const told = new Map(schedule.own.sessions);
  const events = schedule.days
    .flatMap((day) => day.rooms.flatMap(([, events]) => events))
    .toSorted((a, b) => Date.parse(a.date) - Date.parse(b.date) || (a.code < b.code ? -1 : 1));
  const texts = schedule.own.sessions.flatMap(([, { title, summary, description }]) => [title, summary, description]);
  const tags = [...new Set(['nl', 'en', ...texts.flatMap((text) => Object.keys(text)).sort()])];
  const rows = events.map((event) => {
    const { title, summary, description, ...rest } = told.get(event.guid)!;
    const said = (text: Text): string[] => tags.map((tag) => text[tag] ?? '');
    const values: Record<(typeof ownColumns)[number], string> = {
      guid: event.guid,
      code: event.code,
      start: event.date,
      end: withOffset(new Date(Date.parse(event.date) + event.minutes * 60_000), schedule.timeZone),
      time_zone: schedule.timeZone,
      themes: rest.themes.join('\n'),
      organisations: rest.organisations.join('\n'),
      speakers: rest.speakers.join('\n'),
      format: rest.format,
      level: rest.level ?? '',
      languages: rest.languages.join('\n'),
      location: rest.location ?? '',
      places_on_site: String(rest.capacity.onSite ?? ''),
      places_online: String(rest.capacity.online ?? ''),
      deepens: rest.deepens.join('\n'),
    };
    const fixed = ownColumns.map((name) => values[name]);
    return [...fixed.slice(0, 5), ...said(title), ...said(summary), ...said(description), ...fixed.slice(5)].map(guarded);
  });
  const head = [...ownColumns.slice(0, 5), ...textColumns.flatMap((name) => tags.map((tag) => `${name}:${tag}`)), ...ownColumns.slice(5)];
  return stringify([head, ...rows], { bom: true, quoted: true, record_delimiter: 'windows' });
}
