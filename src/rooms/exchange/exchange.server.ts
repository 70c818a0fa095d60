// The door of the exchange: programmes come in from files and go out as files.
import { constants, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { hashOf } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { ask } from '#ground/outgoing.server.ts';
import type { EditionId } from '#ground/id.ts';
import { isRefusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record, recordAll } from '#rooms/journal';
import * as programmes from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { candidates } from './addresses.ts';
import { isUnreadable, limits, unreadable, type ImportedProgramme, type Unreadable } from './imported.ts';
import { keepMapping, mappingsOf, noteImport } from './mappings.server.ts';
import { merged, noMapping, type Mapping } from './mapping.ts';
import { readProgramme, type Reading } from './read.ts';
import type { ImportReport, ReportedRow } from './report.ts';
import { scheduleOf } from './schedule.ts';
import { dayOf } from './when.ts';
import { writeCsv } from './write-csv.ts';
import { writeScheduleJson } from './write-json.ts';
import { writeScheduleXml } from './write-xml.ts';

export { loadExamples } from './example.server.ts';
export { takeTrial, trialOf, tryAgain, tryImport, type Trial } from './trials.server.ts';
export { earlierImports, keepMapping, mappingsOf, type EarlierImport } from './mappings.server.ts';

export interface Import {
  /** The edition's address. */
  readonly slug: string;
  /** Only say what would happen. */
  readonly isDryRun?: boolean;
  readonly isExample?: boolean;
  /** Of a sheet: which column each field is in; kept for the next time. */
  readonly columns?: Mapping['columns'] | undefined;
}

/** Reads a programme from a file or an address and takes it in; nothing at all is written when it cannot be read. */
export async function importFile(visit: Visit, file: string, how: Import & Reading): Promise<ImportReport | Unreadable> {
  const isAddress = /^[a-z]+:\/\//i.test(file);
  const reading = await readingOf(visit, how);
  const programme = await (isAddress ? readAt(file, reading) : readFile(file, reading));
  return isUnreadable(programme) ? programme : takeRead(visit, programme, isAddress ? hostOf(file) : basename(file), how);
}

/** What somebody gave, from the bytes of a file. `origin` is its name. */
export async function importBytes(visit: Visit, bytes: Uint8Array, origin: string, how: Import & Reading): Promise<ImportReport | Unreadable> {
  const programme = readProgramme(bytes, await readingOf(visit, how));
  return isUnreadable(programme) ? programme : takeRead(visit, programme, origin, how);
}

/** What is at an address, as it is kept between looking at it and taking it in. */
export async function fetchAt(address: string): Promise<Uint8Array | Unreadable> {
  const found: { bytes?: Uint8Array } = {};
  const programme = await readAt(address, {}, (bytes) => void (found.bytes = bytes));
  return found.bytes ?? (isUnreadable(programme) ? programme : unreadable('unknown'));
}

const hostOf = (address: string): string => URL.parse(address)?.host ?? address;

async function readingOf(visit: Visit, { slug, columns, ...reading }: Import & Reading): Promise<Reading> {
  const mappings = await mappingsOf(visit, slug);
  return { ...reading, mappings: { ...mappings, csv: merged(mappings['csv'] ?? noMapping, { columns: columns ?? {} }) } };
}

async function takeRead(visit: Visit, programme: ImportedProgramme, origin: string, how: Import): Promise<ImportReport | Unreadable> {
  const first = programme.rows[0]?.remarks[0];
  if (programme.sessions.length === 0) return unreadable('no-sessions', { ...first?.values, why: first?.remark ?? 'no-rows' });
  const edition = await programmes.edition(visit, how.slug);
  if (edition?.closedAt) return unreadable('not-asked', { refused: 'edition-closed' });
  // Not within another: a dry run takes itself back.
  if (how.isDryRun) return importProgramme(visit, programme, how);
  return atOnce(visit, async (visit) => {
    const report = await importProgramme(visit, programme, how);
    await noteImport(visit, programme.source, origin, report);
    if (how.columns && programme.source === 'csv')
      await keepMapping(visit, how.slug, 'csv', merged((await mappingsOf(visit, how.slug))['csv'] ?? noMapping, { columns: how.columns }));
    return report;
  });
}

/** A file as a programme; its size is asked before it is read. */
export async function readFile(file: string, reading: Reading): Promise<ImportedProgramme | Unreadable> {
  try {
    // Without waiting: a pipe that nobody writes to would hold us for ever.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const about = await handle.stat();
    if (about.isDirectory()) return unreadable('directory', { file });
    if (!about.isFile()) return unreadable('not-a-file', { file });
    if (about.size > limits.bytes) return unreadable('large', { most: limits.bytes / 1_000_000 });
    return readProgramme(await handle.readFile(), reading);
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault)) throw fault;
    return fault.code === 'ENOENT' || fault.code === 'ENOTDIR'
      ? unreadable('missing', { file })
      : unreadable('closed', { file, fault: String(fault.code) });
  }
}

/** What another host answers at an address, or where the programme behind it is, as a programme. */
async function readAt(address: string, reading: Reading, keep: (bytes: Uint8Array) => void = () => {}): Promise<ImportedProgramme | Unreadable> {
  const whyNot: Unreadable[] = [];
  for (const place of candidates(address)) {
    const answered = await ask(place, { redirects: 3, timeout: 60_000, mostBytes: limits.bytes });
    const read = isRefusal(answered)
      ? unreadable('not-asked', { refused: answered.refused })
      : answered.status === 200
        ? readProgramme(answered.body, reading)
        : unreadable('status', { status: answered.status });
    if (!isUnreadable(read)) {
      if (!isRefusal(answered)) keep(answered.body);
      return read;
    }
    whyNot.push(read);
    if (isRefusal(answered)) break;
  }
  return whyNot[0]!;
}

/** Takes a programme in, in one go: all of it or nothing. A second time changes nothing. */
export async function importProgramme(
  visit: Visit,
  programme: ImportedProgramme,
  { slug, isDryRun = false, isExample = false }: Import,
): Promise<ImportReport> {
  const done: { report?: ImportReport } = {};
  const result = await atOnce(visit, async (visit) => {
    const report = await take(visit, programme, { slug, isDryRun, isExample });
    done.report = report;
    // A refusal undoes everything: a dry run is the real thing, taken back.
    return isDryRun ? { refused: 'dry-run' } : report;
  });
  return isRefusal(result) ? done.report! : result;
}

async function take(
  visit: Visit,
  programme: ImportedProgramme,
  { slug, isDryRun, isExample }: Required<Omit<Import, 'columns'>>,
): Promise<ImportReport> {
  const today = dayOf(visit.now, programme.timeZone);
  const startsOn = programme.startsOn ?? today;
  const taken = await programmes.takeIn(visit, {
    ...programme,
    slug,
    isExample,
    name: programme.name ?? { nl: inWords(slug) },
    startsOn,
    endsOn: programme.endsOn ?? startsOn,
  });
  for (const { id, differences } of taken.moved)
    await record(visit, { what: 'session-changed', edition: taken.edition.id, session: id, details: { differences: [...differences] } });

  const remarks = new Map(programme.rows.map((row) => [row.row, row]));
  const left = programme.rows
    .filter((row) => row.result === 'left out')
    .map((row): ReportedRow => ({
      row: row.row,
      id: row.id,
      title: row.title,
      code: null,
      result: 'left out',
      changes: [],
      conflicts: [],
      remarks: row.remarks,
    }));
  const rows = programme.sessions.map(({ row, guid, sourceId, title }): ReportedRow => {
    const became = taken.rows.get(row)!;
    return { row, id: guid ?? sourceId, title: Object.values(title)[0] ?? null, ...became, remarks: remarks.get(row)?.remarks ?? [] };
  });
  const { id, ...edition } = taken.edition;
  if (!edition.isNew) await recordPublished(visit, id, rows);
  const changes = { new: rows.filter(({ result }) => result === 'new').length, changed: rows.filter(({ result }) => result === 'changed').length };
  if (edition.isNew || changes.new + changes.changed + taken.newThemes > 0)
    await record(visit, { what: 'edition-imported', edition: id, details: changes });
  return {
    edition,
    isDryRun,
    newThemes: taken.newThemes,
    rows: [...rows, ...left].sort((a, b) => a.row - b.row),
    missing: taken.missing,
    remarks: programme.remarks,
    source: programme.source,
    words: programme.words,
  };
}

/** What is new in an edition that was there; a whole new edition is one happening. */
async function recordPublished(visit: Visit, edition: EditionId, rows: readonly ReportedRow[]): Promise<void> {
  const codes = rows.flatMap(({ code, result }) => (result === 'new' && code !== null ? [code] : []));
  const sessions = await programmes.sessionsWith(visit, codes);
  await recordAll(
    visit,
    sessions.map(({ id }) => ({ what: 'session-published' as const, edition, session: id })),
  );
}

/** The public programme of an edition as others read it: the same text as long as it says the same. */
export async function exported(visit: Visit, edition: Edition, format: 'json' | 'xml' | 'csv'): Promise<string> {
  const everybody = { ...visit, person: null };
  const [themes, organisations, sessions, guids] = [
    await programmes.themes(everybody, edition.id),
    await programmes.organisations(everybody, edition.id),
    await programmes.sessions(everybody, edition.id),
    await programmes.guidsOf(everybody, edition.id),
  ];
  const schedule = scheduleOf({ edition, themes, organisations, sessions, guids, language: visit.language, origin: config().baseUrl.origin });
  if (format === 'csv') return writeCsv(schedule);
  const version = hashOf(JSON.stringify(schedule)).slice(0, 12);
  return format === 'json' ? writeScheduleJson(schedule, version) : writeScheduleXml(schedule, version);
}

/** An address as a name: 'ndc-london-2020' is 'Ndc london 2020'. */
const inWords = (slug: string): string => `${slug[0]!.toUpperCase()}${slug.slice(1).replaceAll('-', ' ')}`;
