// CSV: our own, and any whose columns can be told.
import { parse } from 'csv-parse/sync';
import type { Difference } from '#rooms/programme/intake.ts';
import { readDuration, readTyped } from './clock.ts';
import { limits, unreadable, type Unreadable } from './imported.ts';
import { csvFields, type CsvField, type Mapping } from './mapping.ts';
import { emptyRow, type RawProgramme, type RawRow, type RawText } from './raw.ts';
import { addDays } from './when.ts';

/** The columns of our own file; texts have one for each language. */
export const ownColumns = [
  'guid',
  'code',
  'start',
  'end',
  'time_zone',
  'themes',
  'organisations',
  'speakers',
  'format',
  'level',
  'languages',
  'location',
  'places_on_site',
  'places_online',
  'deepens',
] as const;
export const textColumns = ['title', 'summary', 'description'] as const;

const called: Readonly<Record<CsvField, string>> = {
  guid: 'guid uuid',
  id: 'id nr nummer number sessieid sessionid sessienummer key',
  code: 'code',
  title: 'title titel naam name onderwerp subject sessie session sessienaam sessietitel',
  summary: 'summary samenvatting subtitle ondertitel abstract intro inleiding',
  description: 'description beschrijving omschrijving toelichting body inhoud',
  themes: 'themes theme thema themas track tracks spoor category categories categorie categorieen topic',
  speakers: 'speakers speaker sprekers spreker persons presenters presenter',
  format: 'format vorm type soort werkvorm',
  languages: 'language languages taal talen voertaal',
  date: 'date datum dag day',
  start: 'start begin starts startsat starttime starttijd begintijd aanvang van from',
  end: 'end einde eind ends endsat endtime eindtijd tot until',
  duration: 'duration duur minuten minutes',
  location: 'location locatie room zaal ruimte plaats place venue',
  link: 'link url website',
};

/** The sign between columns: the one that is most in the first line, outside quotes. */
function delimiterIn(text: string): string {
  const first = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.slice(0, 20_000))?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const [best] = [',', ';', '\t', '|'].map((sign) => [sign, first.split(sign).length] as const).sort((a, b) => b[1] - a[1]);
  return best![0];
}

export function readCsv(text: string, mapping: Mapping): RawProgramme | Unreadable {
  const lines = cells(text.trimStart());
  if (!Array.isArray(lines)) return lines;
  const [head = [], ...body] = lines;
  const names = head.map((name) => name.trim());
  const raw = (rows: readonly RawRow[], more: Partial<RawProgramme> = {}): RawProgramme => ({
    source: 'csv',
    title: null,
    acronym: null,
    timeZone: null,
    startsOn: null,
    endsOn: null,
    tracks: [],
    hasNumberedTracks: false,
    rooms: new Map(),
    rows,
    own: null,
    columns: names.slice(0, 200),
    ...more,
  });
  if (isOwn(names)) return raw(...ownRows(names, body));
  const columns = columnsIn(names, mapping);
  if (!columns.has('title')) {
    return names.length < 2 ? unreadable('unknown') : unreadable('csv-no-title', { columns: names.join(', ').slice(0, 300) });
  }
  const silent = silentIn(columns);
  return raw(body.map((line) => ({ ...readLine(line, columns), silent })));
}

function cells(text: string): string[][] | Unreadable {
  try {
    return parse(text, {
      delimiter: delimiterIn(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 2_000_000,
      to: limits.sessions + 2,
    });
  } catch (fault) {
    const line = typeof fault === 'object' && fault !== null && 'lines' in fault && typeof fault.lines === 'number' ? fault.lines : 1;
    return /^[\w "'-]*[,;\t|]/.test(text.slice(0, 1_000)) ? unreadable('csv', { line }) : unreadable('unknown');
  }
}

/** Which column each field is in, one for each language. */
type Columns = ReadonlyMap<CsvField, readonly (readonly [tag: string, at: number])[]>;

function columnsIn(names: readonly string[], mapping: Mapping): Columns {
  const found = new Map<CsvField, [string, number][]>();
  const put = (field: CsvField, tag: string, at: number): void => {
    const known = found.get(field) ?? [];
    if (!known.some(([one]) => one === tag)) found.set(field, [...known, [tag, at]]);
  };
  for (const field of csvFields) {
    const told = Object.hasOwn(mapping.columns, field) ? names.indexOf(mapping.columns[field] ?? '') : -1;
    if (told >= 0) found.set(field, [['', told]]);
  }
  const toldFor = new Set(found.keys());
  for (const [at, name] of names.entries()) {
    const [, bare = name, tag = ''] = /^(.*?)[ :_(-]+(nl|en|de|fr|fy)\)?$/i.exec(name) ?? [];
    const field = fieldOf(bare);
    if (field !== null && !toldFor.has(field) && !Object.values(mapping.columns).includes(name)) put(field, tag.toLowerCase(), at);
  }
  return found;
}

const fieldOf = (name: string): CsvField | null => {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  return csvFields.find((field) => called[field].split(' ').includes(plain)) ?? null;
};

const silenced: readonly (readonly [Difference, readonly CsvField[]])[] = [
  ['summary', ['summary']],
  ['description', ['description', 'link']],
  ['themes', ['themes']],
  ['speakers', ['speakers']],
  ['format', ['format']],
  ['languages', ['languages']],
  ['time', ['date', 'start']],
  ['place', ['location']],
];
const silentIn = (columns: Columns): readonly Difference[] =>
  silenced.filter(([, needs]) => !needs.some((field) => columns.has(field))).map(([difference]) => difference);

function readLine(line: readonly string[], columns: Columns): RawRow {
  const cell = (field: CsvField): string | null =>
    (columns.get(field) ?? []).map(([, at]) => line[at]?.trim() ?? '').find((one) => one !== '') ?? null;
  const text = (field: CsvField): RawText | null => {
    const all = columns.get(field) ?? [];
    if (all.every(([tag]) => tag === '')) return cell(field);
    const said = all.flatMap(([tag, at]) => (line[at]?.trim() ? [[tag === '' ? 'nl' : tag, line[at].trim()] as const] : []));
    return said.length === 0 ? null : new Map(said);
  };
  const tracks = manyIn(cell('themes'));
  const link = cell('link');
  return {
    ...emptyRow,
    guid: cell('guid'),
    id: cell('id'),
    code: cell('code'),
    title: text('title'),
    abstract: text('summary'),
    description: text('description'),
    track: tracks[0] ?? null,
    moreTracks: tracks.slice(1, 20),
    type: cell('format'),
    language: cell('languages'),
    room: cell('location'),
    persons: manyIn(cell('speakers')),
    links: link === null ? [] : [{ url: link, title: null, type: null }],
    ...timesIn(cell('date'), cell('start'), cell('end')),
    duration: cell('duration') === null ? null : readDuration(cell('duration')!),
  };
}

/** Several in one cell: on lines of their own, else between ; or |. */
const manyIn = (cell: string | null): readonly string[] =>
  (cell ?? '')
    .split(cell?.includes('\n') ? '\n' : /[;|]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

function timesIn(date: string | null, start: string | null, end: string | null): Pick<RawRow, 'date' | 'start' | 'end'> {
  const [on, from, until] = [date, start, end].map((cell) => readTyped(cell ?? '')) as [Typed, Typed, Typed];
  const asGiven = [date, start].filter((part) => part !== null).join(' ');
  if (asGiven === '') return { date: null, start: null, end: null };
  const full = from.full ?? on.full;
  const day = from.day ?? on.day;
  const time = from.time ?? on.time;
  if (full === null && (day === null || time === null || from.rest !== '' || on.rest !== '')) return { date: asGiven, start: null, end: null };
  const begins = full ?? `${day}T${time}`;
  return { date: begins, start: null, end: until.full ?? endOf(begins, until) };
}
type Typed = ReturnType<typeof readTyped>;

function endOf(begins: string, { day, time }: Typed): string | null {
  if (time === null) return null;
  const from = begins.slice(0, 10);
  const isDay = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d)$/.test(from);
  return `${day ?? (time < begins.slice(11, 16) && isDay ? addDays(from, 1) : from)}T${time}`;
}

const isOwn = (names: readonly string[]): boolean =>
  ownColumns.every((name) => names.includes(name)) && textColumns.every((name) => names.some((one) => one.startsWith(`${name}:`)));

/** Our own file: what stands in it is exactly what it says, so nothing is guessed. */
function ownRows(names: readonly string[], body: readonly string[][]): [readonly RawRow[], Partial<RawProgramme>] {
  const all = body.map((line) => {
    const cell = (name: string): string => unguarded(line[names.indexOf(name)] ?? '');
    const text = (name: string): ReadonlyMap<string, string> =>
      new Map(
        names.flatMap((one, at) => (one.startsWith(`${name}:`) && line[at] ? [[one.slice(name.length + 1), unguarded(line[at])] as const] : [])),
      );
    const lines = (name: string): readonly string[] => (cell(name) === '' ? [] : cell(name).split('\n'));
    const places = (name: string): number | null => (cell(name) === '' ? null : Number(cell(name)));
    const row: RawRow = {
      ...emptyRow,
      guid: cell('guid') || null,
      code: cell('code') || null,
      title: text('title'),
      abstract: text('summary'),
      description: text('description'),
      track: lines('themes')[0] ?? null,
      moreTracks: lines('themes').slice(1),
      type: cell('format') || null,
      language: cell('languages') || null,
      room: cell('location') || null,
      persons: lines('speakers'),
      date: cell('start') || null,
      end: cell('end') || null,
    };
    const told = {
      title: Object.fromEntries(text('title')),
      summary: Object.fromEntries(text('summary')),
      description: Object.fromEntries(text('description')),
      themes: lines('themes'),
      organisations: lines('organisations'),
      speakers: lines('speakers'),
      format: cell('format'),
      level: cell('level') || null,
      languages: lines('languages'),
      location: cell('location') || null,
      capacity: { onSite: places('places_on_site'), online: places('places_online') },
      deepens: lines('deepens'),
    };
    return { row, told };
  });
  const slugs = (of: 'themes' | 'organisations') => [...new Set(all.flatMap(({ told }) => told[of]))].map((slug) => ({ slug, name: { nl: slug } }));
  const own = {
    version: 1,
    themes: slugs('themes'),
    organisations: slugs('organisations'),
    sessions: all.map(({ row, told }) => [row.guid, told]),
  };
  const zone = body[0]?.[names.indexOf('time_zone')] ?? null;
  return [all.map(({ row }) => row), { own, timeZone: zone }];
}

/** What could be run as a formula by a spreadsheet stands behind an apostrophe; so does what begins with one, so that it comes back as it went. */
export const guarded = (text: string): string => (/^[\s]*['=+\-@|%\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);
const unguarded = (text: string): string => (text.startsWith("'") ? text.slice(1) : text);
