import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testVisit } from '#ground/testing.server.ts';
import { edition, takeIn } from '#rooms/programme';
import type { IncomingSession, Intake } from '#rooms/programme/intake.ts';
import { formats } from '#rooms/programme/session.ts';
import { exported, importProgramme } from './exchange.server.ts';
import { isUnreadable, type ImportedProgramme } from './imported.ts';
import { readProgramme } from './read.ts';
import { countsOf } from './report.ts';

const data = process.env['DATA'];
const visit = testVisit();

const read = (text: string): ImportedProgramme => {
  const programme = readProgramme(new TextEncoder().encode(text));
  if (isUnreadable(programme)) throw new Error(`${programme.unreadable} ${JSON.stringify(programme.values)}`);
  return programme;
};
const plain: IncomingSession = {
  row: 1,
  guid: 'a',
  sourceId: null,
  code: 'AAAAA1',
  title: { nl: 'Sneller & slimmer', en: 'Faster' },
  summary: { nl: 'Kort' },
  description: { nl: 'Lang\n\n- een' },
  themes: ['inkoop', 'data'],
  speakers: ['Spreker een'],
  format: 'hybrid',
  languages: ['nl', 'en'],
  start: new Date('2026-11-20T09:00:00Z'),
  end: new Date('2026-11-20T10:00:00Z'),
  location: 'Zaal "1"',
  capacity: { onSite: 40, online: null },
  own: { level: 'introductory', organisations: ['ministerie'], deepens: [] },
};
const month: Omit<Intake, 'slug' | 'sessions'> = {
  name: { nl: 'De maand', en: 'The month' },
  startsOn: '2026-11-01',
  endsOn: '2026-11-30',
  timeZone: 'Europe/Amsterdam',
  rules: { atLeast: 4, fits: 3, surprises: 1 },
  isExample: false,
  themes: [
    { slug: 'inkoop', name: { nl: 'Inkoop', en: 'Procurement' } },
    { slug: 'data', name: { nl: 'Data' } },
  ],
  organisations: [{ slug: 'ministerie', name: { nl: 'Een ministerie' } }],
  source: 'schedule',
};
const deeper: IncomingSession = {
  ...plain,
  row: 2,
  guid: 'b',
  code: 'BBBBB2',
  title: { nl: 'Verder', en: 'Further' },
  location: null,
  capacity: { onSite: 0, online: 20 },
  own: { level: null, organisations: [], deepens: ['a'] },
};
const make = (slug: string, sessions: readonly IncomingSession[]) => takeIn(visit, { ...month, slug, sessions });
const both = async (slug: string) => {
  const found = (await edition(visit, slug))!;
  return { json: await exported(visit, found, 'json'), xml: await exported(visit, found, 'xml') };
};
async function wipe(slug: string): Promise<void> {
  await sql`delete from places where session_id in (select s.id from sessions s join editions e on e.id = s.edition_id where e.slug = ${slug})`.execute(
    visit.db,
  );
  await sql`delete from sessions where edition_id = (select id from editions where slug = ${slug})`.execute(visit.db);
  await sql`delete from editions where slug = ${slug}`.execute(visit.db);
}

test('an export has what is public and has a time, and the chain of deepening', async () => {
  await make('maand', [
    plain,
    deeper,
    { ...plain, row: 3, guid: 'c', code: 'CCCCC3', title: { nl: 'Alleen intern' }, own: { level: null, organisations: [], deepens: ['a'] } },
    { ...plain, row: 4, guid: 'd', code: 'DDDDD4', title: { nl: 'Afgelast' } },
    { ...plain, row: 5, guid: 'e', code: 'EEEEE5', title: { nl: 'Zonder tijd' }, start: null, end: null },
  ]);
  await sql`update sessions set visibility = 'internal' where code = 'CCCCC3'`.execute(visit.db);
  await sql`update sessions set state = 'cancelled', cancelled_at = now() where code = 'DDDDD4'`.execute(visit.db);
  const { json, xml } = await both('maand');
  for (const file of [json, xml]) {
    for (const gone of ['Alleen intern', 'CCCCC3', 'Afgelast', 'Zonder tijd']) expect(file).not.toContain(gone);
    expect(file).toContain('http://localhost:3000/edities/maand/programma/AAAAA1');
  }
  const [, second] = Object.values<{ code: string; links: unknown; guid: string }[]>(JSON.parse(json).schedule.conference.days[0].rooms).flat();
  expect(second).toMatchObject({
    code: 'BBBBB2',
    room: 'Online',
    links: [{ type: 'related', url: 'http://localhost:3000/edities/maand/programma/AAAAA1', title: 'Verdieping van: Sneller & slimmer' }],
  });
  expect(xml).toContain(
    '<link href="http://localhost:3000/edities/maand/programma/AAAAA1" type="deepens" service="innovember">Verdieping van: Sneller &amp; slimmer</link>',
  );
});

test('somebody who may see internal sessions gets the same public file', async () => {
  const found = (await edition(visit, 'maand'))!;
  const insider = testVisit({ person: { id: 'x' as never, email: 'deelnemer@example.org', isInternal: true, organisation: null, roles: [] } });
  expect(await exported(insider, found, 'json')).toBe(await exported(visit, found, 'json'));
});

test('our own export, read in where it came from, changes nothing', async () => {
  await make(
    'heen',
    [plain, deeper].map((one) => ({ ...one, code: null })),
  );
  const { json, xml } = await both('heen');
  for (const file of [json, xml])
    expect(countsOf(await importProgramme(visit, read(file), { slug: 'heen' }))).toEqual({ new: 0, changed: 0, same: 2, leftOut: 0, missing: 0 });
});

test('export, wipe, import, export gives the same file, in JSON and in XML', async () => {
  await make(
    'rond',
    [plain, deeper].map((one, at) => ({ ...one, code: `ROND0${at}` })),
  );
  for (const format of ['json', 'xml'] as const) {
    const before = (await both('rond'))[format];
    const was = (await edition(visit, 'rond'))!;
    await wipe('rond');
    expect(countsOf(await importProgramme(visit, read(before), { slug: 'rond' }))).toEqual({ new: 2, changed: 0, same: 0, leftOut: 0, missing: 0 });
    expect((await both('rond'))[format]).toBe(before);
    expect({ ...(await edition(visit, 'rond'))!, id: was.id }).toEqual(was);
  }
});

test('the sheet comes back as it went; the name, days and rules of the edition, and names of themes and organisations, it cannot carry', async () => {
  await make(
    'tabel',
    [plain, deeper].map((one, at) => ({ ...one, code: `TABEL${at}` })),
  );
  const found = (await edition(visit, 'tabel'))!;
  const before = await exported(visit, found, 'csv');
  expect(countsOf(await importProgramme(visit, read(before), { slug: 'tabel' }))).toEqual({ new: 0, changed: 0, same: 2, leftOut: 0, missing: 0 });
  await wipe('tabel');
  await importProgramme(visit, read(before), { slug: 'tabel' });
  const after = (await edition(visit, 'tabel'))!;
  expect(await exported(visit, after, 'csv')).toBe(before);
  expect([after.name, after.startsOn, after.rules]).toEqual([{ nl: 'Tabel' }, '2026-11-20', { atLeast: 3, fits: 2, surprises: 1 }]);
});

test('nothing in the sheet is run as a formula, and everything is what it was', async () => {
  const title = { nl: '=HYPERLINK("http://example.org")', en: "'+1" };
  await make('formule', [{ ...plain, code: 'FORMU1', title, speakers: ['@somebody', '-x'] }]);
  const before = await exported(visit, (await edition(visit, 'formule'))!, 'csv');
  for (const cell of before.split(/,(?=")/)) expect(cell).not.toMatch(/^"[=+@-]/);
  expect(read(before).sessions).toMatchObject([{ title, speakers: ['@somebody', '-x'] }]);
});

const word = fc.constantFrom('Inkoop', 'sneller', '& co', '<x>', '"', "'", ']]>', '?>', '--', '&amp;', 'é', '👩‍💻', '漢', '\\', 'a < b', '#', '*x*');
const said = fc.array(word, { minLength: 1, maxLength: 6 }).map((parts) => `A ${parts.join(' ')}`);
const prose = fc.array(said, { maxLength: 3 }).map((lines) => lines.join('\n'));
const texts = (one: fc.Arbitrary<string>) => fc.dictionary(fc.constantFrom('nl', 'en', 'de'), one, { minKeys: 1 });
const session: fc.Arbitrary<IncomingSession> = fc
  .record({
    title: texts(said),
    summary: texts(prose),
    description: texts(prose),
    themes: fc.subarray(['inkoop', 'data']),
    speakers: fc.uniqueArray(said, { maxLength: 3 }),
    format: fc.constantFrom(...formats),
    languages: fc.subarray(['nl', 'en', 'de']),
    start: fc.integer({ min: 0, max: 60 * 24 * 30 }).map((minutes) => new Date(Date.UTC(2026, 9, 20) + minutes * 60_000)),
    location: fc.option(fc.constantFrom('Zaal 1', 'Zaal <2>', 'Online', '__proto__')),
    level: fc.option(fc.constantFrom('introductory' as const, 'advanced' as const)),
    capacity: fc.record({ onSite: fc.option(fc.nat(100)), online: fc.option(fc.nat(100)) }),
    organisations: fc.subarray(['ministerie']),
    minutes: fc.integer({ min: 1, max: 600 }),
  })
  .map(({ start, minutes, level, organisations, ...rest }) => ({
    ...plain,
    ...rest,
    code: null,
    start,
    end: new Date(start.getTime() + minutes * 60_000),
    own: { level, organisations, deepens: [] },
  }));
const programme = fc
  .array(session, { minLength: 1, maxLength: 6 })
  .map((sessions) =>
    sessions.map((one, at) => ({ ...one, row: at + 1, guid: `g${at}`, own: { ...one.own!, deepens: at === 0 ? [] : [`g${at - 1}`] } })),
  );

const { valid, xmlFault } = validators();

test('whatever the programme says: the file is valid, and comes back as it went', async () => {
  await fc.assert(
    fc.asyncProperty(programme, async (sessions) => {
      await wipe('alles');
      await make('alles', sessions);
      for (const format of ['json', 'xml'] as const) {
        const before = (await both('alles'))[format];
        if (valid !== null && format === 'json') expect(valid(JSON.parse(before))).toEqual([]);
        if (format === 'xml') expect(xmlFault(before)).toBe('');
        expect(countsOf(await importProgramme(visit, read(before), { slug: 'alles' }))).toEqual({
          new: 0,
          changed: 0,
          same: sessions.length,
          leftOut: 0,
          missing: 0,
        });
        await wipe('alles');
        await importProgramme(visit, read(before), { slug: 'alles' });
        expect((await both('alles'))[format]).toBe(before);
      }
      const sheet = await exported(visit, (await edition(visit, 'alles'))!, 'csv');
      await wipe('alles');
      await importProgramme(visit, read(sheet), { slug: 'alles' });
      expect(await exported(visit, (await edition(visit, 'alles'))!, 'csv')).toBe(sheet);
    }),
    { numRuns: 25 },
  );
}, 120_000);

describe.skipIf(data === undefined)('real programmes, from the folder that DATA names', () => {
  test.each([
    '31c3-schedule.xml',
    'frab-camp2019.schedule.json',
    'pretalx-democon.schedule.json',
    'sessionize-ndc-london-2020.json',
    'halfnarp-33c3/talks.json',
  ])('%s goes out valid, and comes back as it went', async (file) => {
    const slug = file.replace(/[^a-z0-9]+/g, '-');
    const programme = readProgramme(readFileSync(`${data}/programmes/${file}`));
    if (isUnreadable(programme)) throw new Error(programme.unreadable);
    await importProgramme(visit, programme, { slug });
    const { json, xml } = await both(slug);
    expect(valid!(JSON.parse(json))).toEqual([]);
    expect(xmlFault(xml)).toBe('');
    for (const text of [json, xml]) expect(countsOf(await importProgramme(visit, read(text), { slug }))).toMatchObject({ new: 0, changed: 0 });
    await wipe(slug);
    await importProgramme(visit, read(json), { slug });
    expect(await both(slug)).toEqual({ json, xml });
    const sheet = await exported(visit, (await edition(visit, slug))!, 'csv');
    expect(countsOf(await importProgramme(visit, read(sheet), { slug }))).toMatchObject({ new: 0, changed: 0 });
    await wipe(slug);
    await importProgramme(visit, read(sheet), { slug });
    expect(await exported(visit, (await edition(visit, slug))!, 'csv')).toBe(sheet);
  });
  test('an edition with an odd address and zone, and one without sessions, go out valid', async () => {
    for (const [slug, timeZone, sessions] of [
      ['x1', 'America/Argentina/Buenos_Aires', [plain]],
      ['1-a', 'Etc/GMT+5', []],
    ] as const) {
      await takeIn(visit, {
        ...month,
        slug,
        timeZone,
        themes: [
          { slug: 'c', name: { nl: 'C' } },
          { slug: '5g', name: { nl: '5G' } },
        ],
        sessions: sessions.map((one) => ({ ...one, code: null, themes: ['c', '5g'] })),
      });
      const { json, xml } = await both(slug);
      expect([slug, valid!(JSON.parse(json)), xmlFault(xml)]).toEqual([slug, [], '']);
    }
  });
});
test.skipIf(data !== undefined)('skipped: validity against the schemas and real programmes, because DATA names no folder', () => {});

/** The public schemas, when they are there; `xmllint` is only used where it is installed. */
function validators(): { valid: ((value: unknown) => unknown[]) | null; xmlFault: (xml: string) => string } {
  if (data === undefined) return { valid: null, xmlFault: () => '' };
  const { $schema: _, ...schema } = JSON.parse(readFileSync(`${data}/programmes/schema/schedule.schema.json`, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { color: true } });
  addFormats.default(ajv);
  const check = ajv.compile(schema);
  const folder = mkdtempSync(join(tmpdir(), 'schedule-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const xmllint = ['/usr/bin/xmllint', '/usr/local/bin/xmllint', '/opt/homebrew/bin/xmllint'].find((path) => existsSync(path));
  if (xmllint === undefined) console.warn('skipped: schedule.xml against its schema, because xmllint is not installed');
  return {
    valid: (value) => (check(value) ? [] : check.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`)),
    xmlFault: (xml) => {
      if (xmllint === undefined) return '';
      writeFileSync(join(folder, 'a.xml'), xml);
      try {
        execFileSync(xmllint, ['--noout', '--nonet', '--schema', `${data}/programmes/schema/schedule.xml.xsd`, join(folder, 'a.xml')], {
          stdio: 'pipe',
        });
        return '';
      } catch (fault) {
        return String((fault as { stderr?: unknown }).stderr).slice(0, 500);
      }
    },
  };
}
