import type { Text } from '#ground/text.ts';
import { daysOf, move } from './days.ts';
import { decode } from './decode.ts';
import {
  isUnreadable,
  limits,
  unreadable,
  type ImportedProgramme,
  type ImportedSession,
  type Remark,
  type RowReport,
  type Source,
  type Unreadable,
} from './imported.ts';
import { readOwn, type Own } from './own.ts';
import { inOurRooms, noMapping, type Mapping } from './mapping.ts';
import { line } from './plain.ts';
import type { RawProgramme, RawRow } from './raw.ts';
import { recognise } from './recognise.ts';
import { cut, identity, remark, shown, type SayRemark } from './remark.ts';
import { formatOf, placeOf } from './row-kind.ts';
import { anyOf, inTongues, isEmpty, textsOf } from './row-texts.ts';
import { timesOf } from './row-times.ts';
import { themesFor, themesOf, tracksOf, type Themes } from './themes.ts';
import { guessLanguage, tags } from './tongue.ts';
import { readZone } from './when.ts';

export interface Reading {
  /** For times without an offset, and the zone in which the edition is shown; else the file's, else Europe/Amsterdam. */
  readonly timeZone?: string | undefined;
  /** The day to which the first day moves, YYYY-MM-DD. */
  readonly starts?: string | undefined;
  /** What each source calls its things, in our words. */
  readonly mappings?: Partial<Readonly<Record<Source, Mapping>>> | undefined;
}

/** The bytes of a file, of any of the formats we know, as a programme; or why that cannot be. */
export function readProgramme(bytes: Uint8Array, reading: Reading = {}): ImportedProgramme | Unreadable {
  if (bytes.length > limits.bytes) return unreadable('large', { most: limits.bytes / 1_000_000 });
  const text = decode(bytes);
  if (typeof text !== 'string') return text;
  const raw = recognise(text, reading.mappings?.csv ?? noMapping);
  if (isUnreadable(raw)) return raw;
  if (raw.rows.length > limits.sessions) return unreadable('many', { most: limits.sessions });
  return readRaw(raw, reading);
}

export function readRaw(given: RawProgramme, reading: Reading): ImportedProgramme {
  const mapping = reading.mappings?.[given.source] ?? noMapping;
  const raw = inOurRooms(given, mapping);
  const own = readOwn(raw.own);
  const zone = zoneFor(own?.edition?.timeZone ?? raw.timeZone, reading);
  const language = guessLanguage(
    raw.rows
      .slice(0, 200)
      .map((row) => `${anyOf(row.title)} ${anyOf(row.abstract ?? row.description)}`.slice(0, 300))
      .join(' '),
    60_000,
  );
  const context: Context = { raw, own, timeZone: zone.timeZone, themes: themesOf(raw, own, language, mapping.themes), seen: new Set(), language };
  const read = raw.rows.map((row, index) => readRow(row, index + 1, context));
  const moved = move(
    read.flatMap((row) => row.session ?? []),
    reading.starts,
    zone.timeZone,
  );
  const used = new Set(moved.sessions.flatMap((session) => session.themes));
  return {
    source: raw.source,
    name: own?.edition?.name ?? nameOf(raw, context),
    acronym: raw.acronym,
    timeZone: zone.timeZone,
    ...daysOf(moved.sessions, raw, own, reading.starts, zone.timeZone),
    rules: own?.edition?.rules ?? null,
    themes: own?.themes ?? context.themes.all.filter((theme) => used.has(theme.slug)),
    organisations: own?.organisations ?? [],
    sessions: moved.sessions,
    rows: reports(read, moved.remarks),
    words: {
      columns: raw.columns ?? [],
      tracks: own === null ? namesIn(given.rows.flatMap(tracksOf)) : [],
      rooms: namesIn(given.rows.flatMap(({ room }) => room ?? [])),
    },
    remarks: [...zone.remarks, ...(raw.rows.length === 0 ? [remark('no-rows')] : [])],
  };
}

interface Context {
  readonly raw: RawProgramme;
  readonly own: Own | null;
  readonly timeZone: string;
  readonly themes: Themes;
  /** Guids and numbers that came by, for doubles. */
  readonly seen: Set<string>;
  readonly language: string | null;
}

interface ReadRow {
  readonly row: number;
  readonly id: string | null;
  readonly title: string | null;
  readonly session: ImportedSession | null;
  readonly remarks: readonly Remark[];
}

function zoneFor(given: string | null, reading: Reading): { timeZone: string; remarks: readonly Remark[] } {
  const asked = readZone(reading.timeZone ?? null);
  if (asked !== null) return { timeZone: asked, remarks: [] };
  const named = readZone(given);
  if (named !== null) return { timeZone: named, remarks: [] };
  const timeZone = 'Europe/Amsterdam';
  return {
    timeZone,
    remarks: [given === null ? remark('no-zone', { zone: timeZone }) : remark('bad-zone', { given: shown(given), zone: timeZone })],
  };
}

function readRow(row: RawRow, number: number, context: Context): ReadRow {
  const remarks: Remark[] = [];
  const say = (name: string, values: Remark['values'] = {}): void => void remarks.push(remark(name, values));
  const guid = identity(row.guid);
  const title = line(cut(anyOf(row.title), 2_000));
  const sourceId = identity(row.id) ?? (guid === null ? byTitle(title, context.seen) : null);
  const left = (name: string, values: Remark['values'] = {}): ReadRow => ({
    row: number,
    id: guid ?? sourceId,
    title: title === '' ? null : cut(title, 80),
    session: null,
    remarks: [remark(name, values)],
  });

  if (row.whyNot !== null) return left(row.whyNot);
  remarks.push(...row.remarks);
  if (title === '') return left('no-title');
  const double = isDouble(guid, sourceId, context.seen);
  if (double !== null) return left('double', { id: shown(double) });
  const time = timesOf(row, context.timeZone, say);
  if (time === 'unreadable') return left('bad-time', { given: shown([row.date ?? row.day, row.start].filter((part) => part !== null).join(' ')) });

  const told = context.own?.sessions.get(guid ?? '');
  // What a file of our own making tells apart needs no guessing, and so no remark.
  const assumed = told === undefined ? say : (): void => {};
  if (guid === null && identity(row.id) === null) say('no-id');
  const spoken = languagesOf(row, context, assumed);
  const themes = themesFor(row, context.themes, assumed);
  const where = placeOf(row, context.raw);
  const texts = textsOf(row, spoken[0] ?? 'nl', assumed);
  // Numbers that other rows have as well (one talk in several slots) say nothing when there is a guid.
  const free = sourceId !== null && !context.seen.has(`number ${sourceId}`);
  if (sourceId !== null) context.seen.add(`number ${sourceId}`);
  const session: ImportedSession = {
    row: number,
    guid,
    sourceId: free ? sourceId : null,
    code: /^[0-9A-Z]{6}$/.test(row.code ?? '') ? row.code : null,
    ...texts,
    themes,
    speakers: [...new Set(row.persons.map((name) => cut(line(cut(name, 400)), 120)).filter((name) => name !== ''))].slice(0, 50),
    format: formatOf(row.type, where, assumed),
    languages: spoken,
    start: time?.start ?? null,
    end: time?.end ?? null,
    ...where,
    silent: row.silent,
    own: null,
    ...told,
  };
  return { row: number, id: guid ?? sourceId, title: cut(title, 80), session, remarks };
}

/** Without guid and number a row is known by its title, and by how often that came before. */
function byTitle(title: string, seen: Set<string>): string {
  const known = cut(`title ${title}`, 150);
  for (let time = 1; ; time += 1) {
    const id = time === 1 ? known : `${known} ${time}`;
    if (!seen.has(`number ${id}`)) return id;
  }
}

/** A guid that was seen, or a number that was seen on a row without a guid. */
function isDouble(guid: string | null, sourceId: string | null, seen: Set<string>): string | null {
  const key = guid !== null ? `guid ${guid}` : sourceId !== null ? `number ${sourceId}` : null;
  if (key === null) return null;
  if (seen.has(key)) return guid ?? sourceId;
  if (guid !== null) seen.add(key);
  return null;
}

function languagesOf(row: RawRow, context: Context, say: SayRemark): readonly string[] {
  const given = tags(row.language);
  if (given.length > 0) return given;
  const guessed = guessLanguage([row.title, row.subtitle, row.abstract, row.description].map(anyOf).join(' ')) ?? context.language;
  if (guessed === null) say('no-language');
  else say('guessed-language', { language: guessed });
  return guessed === null ? [] : [guessed];
}

const namesIn = (all: readonly string[]): readonly string[] => [...new Set(all.filter((one) => one !== ''))].slice(0, 200);

function nameOf(raw: RawProgramme, context: Context): Text | null {
  const name = inTongues(raw.title ?? raw.acronym, context.language ?? 'nl', (text) => cut(line(cut(text, 1_000)), 200));
  return isEmpty(name) ? null : name;
}

function reports(read: readonly ReadRow[], moved: ReadonlyMap<number, Remark>): readonly RowReport[] {
  return read.flatMap(({ row, id, title, session, remarks }) => {
    const also = moved.get(row);
    const all = also === undefined ? remarks : [...remarks, also];
    return all.length === 0 ? [] : [{ row, id, title, result: session === null ? 'left out' : 'changed', remarks: all } as const];
  });
}
