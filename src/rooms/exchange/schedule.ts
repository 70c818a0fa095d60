import { address } from '#ground/address.ts';
import { say, slugOf, type Text } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import type { Edition, Organisation, Theme } from '#rooms/programme/edition.ts';
import type { Session } from '#rooms/programme/session.ts';
import { words } from '#words';
import type { OwnExtension } from './own.ts';
import { addDays, startOfDay, withOffset } from './when.ts';

/** Everything that an export is made of. Only sessions that everybody may see come in here. */
export interface Exported {
  readonly edition: Edition;
  readonly themes: readonly Theme[];
  readonly organisations: readonly Organisation[];
  readonly sessions: readonly Session[];
  /** By session id. */
  readonly guids: ReadonlyMap<string, string>;
  readonly language: Language;
  readonly origin: string;
}

/** The programme in the words of the schedule formats, which JSON and XML then spell each in their own way. */
export interface Schedule {
  readonly url: string;
  readonly baseUrl: string;
  readonly acronym: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  readonly tracks: readonly { readonly name: string; readonly slug: string }[];
  readonly days: readonly ScheduleDay[];
  readonly own: OwnExtension;
}

export interface ScheduleDay {
  readonly index: number;
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly rooms: readonly (readonly [string, readonly ScheduleEvent[]])[];
}

export interface ScheduleEvent {
  readonly guid: string;
  readonly id: number;
  readonly code: string;
  readonly date: string;
  readonly start: string;
  readonly minutes: number;
  readonly room: string;
  readonly slug: string;
  readonly url: string;
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  readonly track: string;
  readonly type: string;
  readonly language: string;
  readonly persons: readonly string[];
  readonly deepens: readonly { readonly url: string; readonly title: string }[];
}

/** Published sessions with a time; what is cancelled, hidden or without a time stays home. */
export function scheduleOf(exported: Exported): Schedule {
  const { edition, themes, organisations, language, origin } = exported;
  const sessions = exported.sessions
    .filter(isTimed)
    .filter(({ state, visibility }) => state === 'published' && visibility === 'public')
    .toSorted((a, b) => a.start.getTime() - b.start.getTime() || (a.code < b.code ? -1 : 1));
  const hosts = new Set(sessions.flatMap((session) => session.organisations));
  const guidOf = (code: string): readonly string[] =>
    sessions.filter((session) => session.code === code).map((session) => exported.guids.get(session.id) ?? session.id);
  return {
    url: `${origin}/uitwisseling/${edition.slug}/schedule`,
    baseUrl: `${origin}${address({ language, edition: edition.slug }, '/programma')}`,
    acronym: acronymOf(edition.slug),
    title: say(edition.name, language).text,
    start: edition.startsOn,
    end: edition.endsOn,
    timeZone: edition.timeZone,
    tracks: themes.map(({ name, slug }) => ({ name: say(name, language).text, slug })),
    days: daysOf(
      sessions.map((session) => eventOf(session, sessions, exported)),
      edition,
    ),
    own: {
      version: 1,
      edition: { name: edition.name, startsOn: edition.startsOn, endsOn: edition.endsOn, timeZone: edition.timeZone, rules: edition.rules },
      themes: themes.map(({ slug, name }) => ({ slug, name })),
      organisations: organisations.filter(({ slug }) => hosts.has(slug)).map(({ slug, name }) => ({ slug, name })),
      sessions: sessions.map((session) => [exported.guids.get(session.id) ?? session.id, ownOf(session, guidOf)]),
    },
  };
}

const acronymOf = (slug: string): string => slug.replaceAll('-', '_').padEnd(4, '_');

type Timed = Session & { readonly start: Date; readonly end: Date };
const isTimed = (session: Session): session is Timed => session.start !== null && session.end !== null;

function eventOf(session: Timed, all: readonly Session[], { edition, themes, guids, language, origin }: Exported): ScheduleEvent {
  const spoken = session.languages[0] ?? Object.keys(session.title)[0] ?? language;
  const said = (text: Text): string => text[spoken] ?? say(text, language).text;
  const page = (code: string): string => `${origin}${address({ language, edition: edition.slug }, `/programma/${code}`)}`;
  const date = withOffset(session.start, edition.timeZone);
  const theme = themes.find(({ slug }) => slug === session.themes[0]);
  return {
    guid: guids.get(session.id) ?? session.id,
    // Unique, and above zero for every code.
    id: parseInt(session.code, 36) + 1,
    code: session.code,
    date,
    start: date.slice(11, 16),
    minutes: Math.max(1, Math.round((session.end.getTime() - session.start.getTime()) / 60_000)),
    room: session.location ?? words(language)('exchange.online'),
    slug: [acronymOf(edition.slug), session.code.toLowerCase(), slugOf(said(session.title))].filter((part) => part !== '').join('-'),
    url: page(session.code),
    title: said(session.title),
    subtitle: said(session.summary),
    description: said(session.description),
    track: theme === undefined ? '' : say(theme.name, language).text,
    type: session.format,
    language: spoken,
    persons: session.speakers,
    deepens: session.deepens.flatMap((code) =>
      all
        .filter((other) => other.code === code)
        .map((other) => ({ url: page(code), title: words(language)('exchange.deepens', { title: said(other.title) }) })),
    ),
  };
}

const ownOf = (session: Session, guidOf: (code: string) => readonly string[]): OwnExtension['sessions'][number][1] => ({
  title: session.title,
  summary: session.summary,
  description: session.description,
  themes: [...session.themes],
  organisations: [...session.organisations],
  speakers: [...session.speakers],
  format: session.format,
  level: session.level,
  languages: [...session.languages],
  location: session.location,
  capacity: session.capacity,
  deepens: session.deepens.flatMap(guidOf),
});

/** A day for every date on which something starts; a programme without any has its first day. */
function daysOf(events: readonly ScheduleEvent[], { startsOn, timeZone }: Edition): readonly ScheduleDay[] {
  const dates = [...new Set(events.map(({ date }) => date.slice(0, 10)))].sort();
  return (dates.length === 0 ? [startsOn] : dates).map((date, index) => {
    const today = events.filter((event) => event.date.startsWith(date));
    const rooms = [...new Set(today.map(({ room }) => room))];
    return {
      index: index + 1,
      date,
      start: withOffset(startOfDay(date, timeZone), timeZone),
      end: withOffset(startOfDay(addDays(date, 1), timeZone), timeZone),
      rooms: rooms.map((room) => [room, today.filter((event) => event.room === room)] as const),
    };
  });
}

/** Hours and minutes, as the formats write a duration. */
export const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
