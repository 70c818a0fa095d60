// Who wants what: real surveys and bids, and a made-up matrix that needs no file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Marks } from '../src/rooms/compose/board.ts';
import { chance } from './table.ts';

/** Interest 0..1 per person and session; NaN when somebody gave none. */
export type Interest = readonly Float64Array[];

export interface Timed extends Marks {
  /** Minutes since the month began, one pair per meeting. */
  readonly meetings: readonly (readonly [number, number])[];
}

export interface Survey {
  readonly sessions: readonly Timed[];
  readonly interest: Interest;
  /** Sets of sessions of which one at most can be chosen. */
  readonly together: readonly (readonly number[])[];
}

/** PrefLib's .cat (Mattei and Walsh 2013): per voter one set of alternatives for each category, here yes, maybe, no answer, no. */
export function readCat(path: string): Interest {
  const text = readFileSync(path, 'utf8');
  const count = Number(/^# NUMBER ALTERNATIVES:\s*(\d+)/m.exec(text)?.[1] ?? NaN);
  if (!Number.isFinite(count)) throw new Error(`${path} does not say how many alternatives it has; is it a PrefLib .cat file?`);
  const worth = [0.9, 0.6, 0.1, 0];
  return text.split('\n').flatMap((line) => {
    const [, voters, sets] = /^(\d+):\s*(.*)$/.exec(line) ?? [];
    if (voters === undefined || sets === undefined) return [];
    const interest = new Float64Array(count);
    // A set is {1,2,3}, a bare 7, or {}.
    [...sets.matchAll(/\{([\d,\s]*)\}|(\d+)/g)].forEach(([, set, one], category) => {
      for (const number of (set ?? one ?? '').split(',')) if (number.trim() !== '') interest[Number(number) - 1] = worth[category] ?? 0;
    });
    return Array.from({ length: Number(voters) }, () => interest);
  });
}

/** People with a few subjects each, sessions with one or two: as sparse as real bids (a tenth yes or maybe). */
export function madeUp(people: number, sessions: number, seed: number): Interest {
  const random = chance(seed);
  const subjects = 24;
  const about = Array.from({ length: sessions }, () => [Math.floor(random() * subjects), Math.floor(random() * subjects)]);
  return Array.from({ length: people }, () => {
    const likes = new Set(Array.from({ length: 3 }, () => Math.floor(random() * subjects)));
    return Float64Array.from(about, (of) => {
      const hits = of.filter((subject) => likes.has(subject)).length;
      const luck = random();
      if (hits > 0 && luck < 0.35 * hits) return 0.9;
      if (luck < 0.4 * hits + 0.03) return 0.6;
      return luck < 0.95 ? 0.1 : 0;
    });
  });
}

/** A month with so many starts, some overlapping the next: sessions of 45, 60 or 90 minutes, an hour between most starts. */
export function month(count: number, starts: number, seed: number): Timed[] {
  const random = chance(seed);
  const lengths = [45, 60, 90];
  return Array.from({ length: count }, (_, i) => {
    const slot = Math.floor((i * starts) / count);
    const start = slot * 75 + (random() < 0.3 ? 30 : 0);
    return {
      meetings: [[start, start + lengths[Math.floor(random() * lengths.length)]!]],
      theme: Math.floor(random() * 6),
      organisation: Math.floor(random() * 40),
      week: Math.floor((slot * 4) / starts),
    };
  });
}

/** A survey with scarce seats: how many there are per session, and how many sessions each person wants (null: not said). */
export interface ScarceSurvey extends Survey {
  readonly seats: readonly number[];
  readonly wanted: readonly (number | null)[];
}

/** The course survey of UMass 2024: ratings 1 to 8 of sections that meet on weekdays; two sections of one course exclude each other. */
export function readUmass(folder: string): ScarceSurvey {
  const courses = csv(join(folder, 'courses.csv')).slice(1);
  const [header = [], ...answers] = csv(join(folder, 'survey_data.csv'));
  const column = ratingColumns(join(folder, 'survey_column_mapping.csv'), header);
  const rated = courses.flatMap(([catalog = '', , category = '', seats = '', section = '', days = '', time = '']) => {
    const at = column(catalog, section);
    return at === null ? [] : [{ at, catalog, category, seats: Number(seats), meetings: meetings(days, time) }];
  });
  const numbers = new Map([...new Set(rated.map(({ category }) => category))].map((category, number) => [category, number]));
  const sessions = rated.map(({ catalog, category, meetings }): Timed => ({
    meetings,
    theme: numbers.get(category)!,
    organisation: Number(catalog),
    week: Math.floor((meetings[0]?.[0] ?? 0) / 1440),
  }));
  const wantedAt = header.indexOf('2');
  const people = answers
    .map((answer) => ({
      ratings: Float64Array.from(rated, ({ at }) => (answer[at] ? (Number(answer[at]) - 1) / 7 : NaN)),
      wanted: Number(answer[wantedAt]) || null,
    }))
    .filter(({ ratings }) => ratings.some((rating) => rating > 0));
  const sameCourse = pairsOf(sessions, (a, b) => a.organisation === b.organisation);
  return {
    sessions,
    interest: people.map(({ ratings }) => ratings),
    together: [...running(sessions), ...sameCourse],
    seats: rated.map(({ seats }) => seats),
    wanted: people.map(({ wanted }) => wanted),
  };
}

/** At every start: all that is running then. Any two that overlap stand in one of these sets, so they say all there is. */
export function running(sessions: readonly Timed[]): number[][] {
  const starts = [...new Set(sessions.flatMap(({ meetings }) => meetings.map(([start]) => start)))];
  return starts
    .map((moment) => [...sessions.keys()].filter((i) => sessions[i]!.meetings.some(([start, end]) => start <= moment && moment < end)))
    .filter((set) => set.length > 1);
}

export function pairsOf<Item>(items: readonly Item[], exclude: (a: Item, b: Item) => boolean): number[][] {
  return items.flatMap((a, i) => items.flatMap((b, j) => (i < j && exclude(a, b) ? [[i, j]] : [])));
}

/** Where the rating of a section stands. Headers occur more than once; the mapping calls the second one `7 _1.1`. */
function ratingColumns(path: string, header: readonly string[]): (catalog: string, section: string) => number | null {
  const times = new Map<string, number>();
  const names = header.map((name) => {
    const time = times.get(name) ?? 0;
    times.set(name, time + 1);
    return time === 0 ? name : `${name}.${time}`;
  });
  const entries = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name, catalog, sections] = /^([^|]+)\|.*DEPT (\d+)(?:-([\d,]+))?/.exec(line) ?? [];
      return name === undefined || catalog === undefined ? [] : [{ at: names.indexOf(name), catalog, sections: sections?.split(',') ?? null }];
    });
  return (catalog, section) =>
    entries.find((entry) => entry.at !== -1 && entry.catalog === catalog && (entry.sections === null || entry.sections.includes(section)))?.at ??
    null;
}

function meetings(days: string, time: string): [number, number][] {
  const [from, until] = time.split('-').map(minutes);
  return days.split(' ').flatMap((day): [number, number][] => {
    const number = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].indexOf(day);
    return number === -1 || from === undefined || until === undefined ? [] : [[number * 1440 + from, number * 1440 + until]];
  });
}

function minutes(time: string): number {
  const [, hour = '0', minute = '0', half] = /(\d+):(\d+) ([AP]M)/.exec(time) ?? [];
  return ((Number(hour) % 12) + (half === 'PM' ? 12 : 0)) * 60 + Number(minute);
}

/** Comma-separated values with quotes, as survey tools write them. */
function csv(path: string): string[][] {
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replace(/""/g, '"') ?? plain ?? ''));
}
