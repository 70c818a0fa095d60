// What a reader asked to see of the programme, as it stands in the address; lenient with what it does not know.
import type { Organisation, Theme } from './edition.ts';
import { formats, hasStarted, isOffered, isPast, levels, type Format, type Level, type Session } from './session.ts';
import { mentions, wordsIn } from './question.ts';
import { roomOf } from './stop.ts';
import { addDays, local, mondayOf } from './when.ts';

export const views = ['lijst', 'maand', 'dag'] as const;
export type View = (typeof views)[number];

/** Every choice, by the name it has in the address. Empty is no choice. */
export interface Filter {
  readonly thema: string;
  /** 'komend', 'verleden', 'week-2026-11-23' (its Monday) or a day. */
  readonly wanneer: string;
  readonly organisatie: string;
  readonly vorm: Format | '';
  readonly taal: string;
  readonly voor: Level | '';
  readonly hoe: 'zaal' | 'online' | '';
  readonly plaatsen: 'vrij' | '';
  readonly q: string;
  readonly weergave: View;
  readonly pagina: number;
}
export const everything: Filter = {
  thema: '',
  wanneer: '',
  organisatie: '',
  vorm: '',
  taal: '',
  voor: '',
  hoe: '',
  plaatsen: '',
  q: '',
  weergave: 'lijst',
  pagina: 1,
};

/** What there is to choose from in this edition. */
export interface Choices {
  readonly themes: readonly Theme[];
  readonly organisations: readonly Organisation[];
  readonly languages: readonly string[];
  readonly days: readonly string[];
}

/** The choices in an address; what is not known is left out and told. `dag` and `week` are taken for `wanneer`. */
export function readFilter(
  params: URLSearchParams,
  choices: Choices,
): { readonly filter: Filter; readonly ignored: readonly { readonly name: keyof Filter; readonly value: string }[] } {
  const ignored: { name: keyof Filter; value: string }[] = [];
  function one<Known extends string>(name: keyof Filter, isKnown: (value: string) => value is Known): Known | '' {
    const value = (params.get(name) ?? '').trim();
    if (value === '' || isKnown(value)) return value;
    ignored.push({ name, value: value.slice(0, 40) });
    return '';
  }
  const among =
    (values: readonly string[]) =>
    (value: string): value is string =>
      values.includes(value);
  const moment = params.get('wanneer') ?? params.get('dag') ?? (params.has('week') ? `week-${params.get('week')}` : '');
  const isMoment = moment === '' || moment === 'komend' || moment === 'verleden' || isDay(moment.replace(/^week-/, ''));
  if (!isMoment) ignored.push({ name: 'wanneer', value: moment.slice(0, 40) });
  const page = Number(params.get('pagina') ?? 1);
  return {
    filter: {
      thema: one('thema', among(choices.themes.map(({ slug }) => slug))),
      wanneer: !isMoment ? '' : moment.startsWith('week-') ? `week-${mondayOf(moment.slice(5))}` : moment,
      organisatie: one('organisatie', among(choices.organisations.map(({ slug }) => slug))),
      vorm: one('vorm', (value): value is Format => formats.some((format) => format === value)),
      taal: one('taal', among(choices.languages)),
      voor: one('voor', (value): value is Level => levels.some((level) => level === value)),
      hoe: one('hoe', (value): value is 'zaal' | 'online' => value === 'zaal' || value === 'online'),
      plaatsen: one('plaatsen', (value): value is 'vrij' => value === 'vrij'),
      q: (params.get('q') ?? '').trim().slice(0, 100),
      weergave: one('weergave', (value): value is View => views.some((view) => view === value)) || 'lijst',
      pagina: Number.isSafeInteger(page) && page > 0 ? page : 1,
    },
    ignored,
  };
}

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && addDays(value, 0) === value;

/** The same choices as an address, with some of them changed; a changed choice starts at the first page. */
export function query(filter: Filter, change: Partial<Filter> = {}): string {
  const next = { ...filter, pagina: 1, ...change };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(next)) if (value !== '' && value !== 1 && value !== 'lijst') params.set(name, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

export const isChosen = (filter: Filter): boolean => query(filter, { weergave: 'lijst' }) !== '';

/** The sessions that the reader asked for. */
export function chosen(sessions: readonly Session[], filter: Filter, choices: Choices, now: Date): readonly Session[] {
  const sought = wordsIn(filter.q);
  const tests: readonly ((session: Session) => boolean)[] = [
    ({ themes }) => filter.thema === '' || themes.includes(filter.thema),
    (session) => filter.wanneer === '' || isAt(session, filter.wanneer, now),
    ({ organisations }) => filter.organisatie === '' || organisations.includes(filter.organisatie),
    ({ format }) => filter.vorm === '' || format === filter.vorm,
    ({ languages }) => filter.taal === '' || languages.includes(filter.taal),
    ({ level }) => filter.voor === '' || level === filter.voor,
    ({ capacity }) => filter.hoe === '' || isOffered(filter.hoe === 'zaal' ? capacity.onSite : capacity.online),
    (session) => filter.plaatsen === '' || isFree(session, filter.hoe, now),
    (session) => sought.length === 0 || mentions(session, sought, choices),
  ];
  return sessions.filter((session) => tests.every((test) => test(session)));
}

function isAt(session: Session, moment: string, now: Date): boolean {
  if (moment === 'komend') return session.end === null || !isPast(session, now);
  if (moment === 'verleden') return isPast(session, now);
  if (session.start === null) return false;
  const { day } = local(session.start, session.timeZone);
  return moment.startsWith('week-') ? mondayOf(day) === moment.slice(5) : day === moment;
}

/** Somebody who asks now can still get a place, in the way they want to take part. */
function isFree(session: Session, way: Filter['hoe'], now: Date): boolean {
  if (session.state === 'cancelled' || hasStarted(session, now)) return false;
  if (way === '') return roomOf(session) !== 'none';
  return (way === 'zaal' ? session.placesLeft.onSite : session.placesLeft.online) !== 0;
}

/** In order of time, those without a time last; what starts at once stands in an order that is different every day (no favourites). */
export function inOrder<Item extends Pick<Session, 'code' | 'start'>>(sessions: readonly Item[], today: string): readonly Item[] {
  return sessions
    .map((session) => ({ session, at: session.start?.getTime() ?? Infinity, lot: lotOf(today + session.code) }))
    .toSorted((a, b) => (a.at === b.at ? a.lot - b.lot : a.at - b.at))
    .map(({ session }) => session);
}

/** FNV-1a with a final mix: the same text gives the same number, neighbours give far ones. */
function lotOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
}

export interface Day<Item> {
  /** Null holds what has no time yet. */
  readonly day: string | null;
  readonly sessions: readonly Item[];
}

/** Day by day, in the order given. */
export function byDay<Item extends Pick<Session, 'start'>>(sessions: readonly Item[], timeZone: string): readonly Day<Item>[] {
  const days = new Map<string | null, Item[]>();
  for (const session of sessions) {
    const day = session.start === null ? null : local(session.start, timeZone).day;
    days.set(day, [...(days.get(day) ?? []), session]);
  }
  return [...days].map(([day, sessions]) => ({ day, sessions }));
}

/** What a page holds at most: the example month whole, a thousand sessions in five pages. */
export const perPage = 200;
