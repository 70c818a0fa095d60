import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testVisit } from '#ground/testing.server.ts';
import { sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { allSheets } from '#words';
import { livedBy } from './life.testing.server.ts';
import { takeAlong } from './privacy.server.ts';
import { countOf } from './queries.server.ts';
import { register, saysNothing, type Kept } from './register.ts';
import { asPage, type Taken } from './take-along.ts';

const visit = testVisit();
const { rows } = await sql<{ column: string }>`
  select table_name || '.' || column_name as column from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(visit.db);
const real = new Set(rows.map(({ column }) => column));
const columnsOf = (kept: Kept): string[] => [...kept.told, ...kept.untold].map((column) => `${kept.table}.${column}`);
const known = (register: readonly Kept[]): Set<string> =>
  new Set([
    ...register.flatMap(columnsOf),
    ...Object.entries(saysNothing).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`)),
  ]);
const missing = (register: readonly Kept[]): string[] => [...real].filter((column) => !known(register).has(column)).toSorted();

test('every column says something about somebody, and is in the register, or is known to say nothing', () => {
  expect({ unknown: missing(register), gone: [...known(register)].filter((column) => !real.has(column)).toSorted() }).toEqual({
    unknown: [],
    gone: [],
  });
});

test('no column is said to say something and to say nothing', () => {
  expect(register.flatMap(columnsOf).filter((column) => saysNothing[column.split('.')[0]!]?.includes(column.split('.')[1]!))).toEqual([]);
});

test('negative control: an entry taken out of the register is missed', () => {
  expect(missing(register.filter(({ name }) => name !== 'access-needs'))).toEqual(['people.access_needs']);
});

test('everything in the register is said in words', () => {
  const sheet = Object.keys(allSheets.nl['privacy']!);
  const said = register.flatMap(({ name, purpose, ground, seenBy, term }) => [
    `what-${name}`,
    `why-${purpose}`,
    `ground-${ground}`,
    ...seenBy.map((seer) => `seer-${seer}`),
    `term-${term.is === 'rows' ? term.from : term.is === 'rule' ? term.rule : term.is}`,
  ]);
  expect([...new Set(said)].filter((word) => !sheet.includes(word))).toEqual([]);
});

const dataDir = await mkdtemp(join(tmpdir(), 'innovember-privacy-'));
const [me, other] = [await livedBy(dataDir, sessionWith), await livedBy(dataDir, sessionWith)];

test('the life of the tests has something in everything that is somebody’s', async () => {
  const empty: string[] = [];
  for (const kept of register) if (kept.whose && kept.name !== 'erasures' && (await countOf(visit.db, kept, me)) === 0) empty.push(kept.name);
  expect(empty).toEqual([]);
});

const taken = (await takeAlong(me.visit)) as Taken;
const whole = JSON.stringify(taken);

test('who takes everything along has every field that the register says', () => {
  const named: Record<string, string> = { session_id: 'session', edition_id: 'edition', organisation_id: 'organisation' };
  const absent = register
    .filter(({ whose, told, name }) => whose && told.length > 0 && name !== 'erasures')
    .flatMap(({ name, told }) => {
      const rows = taken.parts.find((part) => part.name === name)?.rows ?? [];
      return told.filter((column) => !rows.some((row) => (named[column] ?? column) in row)).map((column) => `${name}.${column}`);
    });
  expect(absent).toEqual([]);
});

test('every word of theirs that they may read is in it, nobody else’s is, and no secret', async () => {
  const without = register
    .filter(({ name }) => withWord.includes(name))
    .filter(({ name }) => !JSON.stringify(taken.parts.find((part) => part.name === name)).includes(me.word));
  expect({ without: without.map(({ name }) => name), others: whole.includes(other.word), page: asPage(taken, 'nl').includes(other.word) }).toEqual({
    without: [],
    others: false,
    page: false,
  });
  expect(['deuruitnodiging', ...(await secrets())].filter((secret) => whole.includes(secret))).toEqual([]);
});
const withWord = [
  ...['account', 'door-name', 'access-needs', 'roles', 'passkeys', 'provider', 'sign-ins', 'codes', 'tokens', 'seats', 'pseudonyms', 'drawn'],
  ...['drafts', 'letters', 'code-letters', 'webhooks', 'reasons'],
];
const secrets = async (): Promise<string[]> =>
  (
    await sql<{
      secret: string;
    }>`select token_hash as secret from sign_ins union select token_hash from access_tokens union select secret_hash from calendar_feeds
      union select secret_hash from drafts`.execute(visit.db)
  ).rows.map(({ secret }) => secret);

test('what somebody did to others says nothing of them: nothing but what, when and where', () => {
  const keys = taken.parts.find(({ name }) => name === 'journal-by')!.rows.flatMap((row) => Object.keys(row));
  expect([...new Set(keys)].toSorted()).toEqual(['edition', 'happened_at', 'session', 'what']);
});

test('the page to read has no script and nothing from elsewhere, and shows markup as text', () => {
  const page = asPage({ ...taken, parts: [{ name: 'x', what: '<script>', why: '', rows: [{ name: '<img src=x>' }] }] }, 'en');
  expect(/<script|<img|https?:\/\/(?!localhost)|<link/.test(page)).toBe(false);
});
