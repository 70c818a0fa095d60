import { addDays, isWeekend, mondayOf } from '#rooms/programme/when.ts';
import type { ExampleSession } from '#rooms/programme/example/example.ts';
import { organisations } from '#rooms/programme/example/organisations.ts';
import { sessions } from '#rooms/programme/example/all.ts';
import { themes } from '#rooms/programme/example/themes.ts';
import * as then from '#rooms/programme/example/innovember-2020.ts';
import type { ImportedProgramme, ImportedSession } from './imported.ts';
import { readApart } from './when.ts';

const timeZone = 'Europe/Amsterdam';
const nothing = {
  rules: { atLeast: 3, fits: 2, surprises: 1 },
  rows: [],
  words: { columns: [], tracks: [], rooms: [] },
  remarks: [],
  timeZone,
  source: 'schedule',
} as const;

/** The example edition around a day: four weeks, of which that day stands in the second, so that some of it is past and most is to come. */
export function exampleAround(today: string): ImportedProgramme {
  const first = addDays(mondayOf(today), -7);
  const workdays = Array.from({ length: 28 }, (_, i) => addDays(first, i)).filter((day) => !isWeekend(day));
  return {
    ...nothing,
    name: { nl: 'INNOvember (voorbeeld)', en: 'INNOvember (example)' },
    acronym: null,
    startsOn: first,
    endsOn: workdays.at(-1)!,
    themes: themes.map(({ slug, nl, en }) => ({ slug, name: { nl, en } })),
    organisations: organisations.map(({ slug, nl, en }) => ({ slug, name: { nl, en } })),
    sessions: sessions.map((session, row) => imported(session, row, workdays)),
  };
}

export const guidOf = (key: string): string => `example-${key}`;

function imported(session: ExampleSession, row: number, workdays: readonly string[]): ImportedSession {
  const start = readApart(workdays[session.day - 1]!, session.start, null, timeZone)!.at;
  return {
    row,
    guid: guidOf(session.key),
    sourceId: null,
    code: null,
    title: { ...session.title },
    summary: { ...session.summary },
    description: { ...session.description },
    themes: session.themes,
    speakers: [],
    format: session.format,
    languages: session.languages,
    start,
    end: new Date(start.getTime() + session.minutes * 60_000),
    location: session.location,
    capacity: { onSite: session.onSite, online: session.online },
    own: { level: session.level, organisations: session.organisations, deepens: session.deepens ? [guidOf(session.deepens)] : [] },
  };
}

/** INNOvember 2020, as far as it is publicly known: ten of its sessions, without times. */
export const innovember2020 = (): ImportedProgramme => ({
  ...nothing,
  name: { nl: 'INNOvember 2020', en: 'INNOvember 2020' },
  acronym: null,
  startsOn: '2020-11-03',
  endsOn: '2020-11-27',
  themes: [],
  organisations: then.organisations.map(({ slug, nl, en }) => ({ slug, name: { nl, en } })),
  sessions: then.sessions.map((session, row) => ({
    row,
    guid: `innovember-2020-${session.key}`,
    sourceId: null,
    code: null,
    title: session.title,
    summary: session.summary,
    description: {},
    themes: [],
    speakers: [],
    format: session.format,
    languages: [],
    start: null,
    end: null,
    location: null,
    capacity: { onSite: 0, online: null },
    own: { level: null, organisations: session.organisations, deepens: [] },
  })),
});
