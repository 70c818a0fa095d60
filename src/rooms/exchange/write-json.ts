import { clock, type Schedule, type ScheduleEvent } from './schedule.ts';

/** schedule.json; what the format has no word for stands under `meta`. */
export function writeScheduleJson(schedule: Schedule, version: string): string {
  const { acronym, title, start, end, timeZone, tracks, days, own } = schedule;
  return JSON.stringify({
    $schema: 'https://c3voc.de/schedule/schema.json',
    generator: { name: 'INNOvember' },
    schedule: {
      version,
      base_url: schedule.baseUrl,
      conference: {
        acronym,
        title,
        start,
        end,
        daysCount: days.length,
        timeslot_duration: '00:05',
        // The format knows only zones named after a place; the others stand under `meta`.
        ...(/^([A-Z][a-z]+\/[A-Z][a-z]+)|UTC$/.test(timeZone) && { time_zone_name: timeZone }),
        url: schedule.baseUrl,
        tracks: tracks.map(({ name, slug }) => (slug.length > 1 ? { name, slug } : { name })),
        meta: { innovember: own },
        days: days.map((day) => ({
          index: day.index,
          date: day.date,
          day_start: day.start,
          day_end: day.end,
          rooms: Object.fromEntries(day.rooms.map(([room, events]) => [room, events.map(jsonEvent)])),
        })),
      },
    },
  });
}

const jsonEvent = (event: ScheduleEvent) => ({
  guid: event.guid,
  code: event.code,
  id: event.id,
  date: event.date,
  start: event.start,
  duration: clock(event.minutes),
  room: event.room,
  slug: event.slug,
  url: event.url,
  title: event.title,
  subtitle: event.subtitle,
  language: event.language,
  track: event.track,
  type: event.type,
  abstract: '',
  description: event.description,
  persons: event.persons.map((name) => ({ name })),
  links: event.deepens.map(({ url, title }) => ({ type: 'related', url, title })),
});
