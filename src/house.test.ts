// The five rules of docs/house.md, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { order } from './rooms/order.ts';
import { allSheets } from './words/words.ts';

const src = dirname(fileURLToPath(import.meta.url));

interface File {
  readonly path: string;
  readonly code: string;
  readonly imports: readonly string[];
}

const files: readonly File[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path) && path !== 'house.test.ts')
  .map((path) => ({ path, code: readFileSync(join(src, path), 'utf8') }))
  .map((file) => ({ ...file, imports: importsOf(file.code) }));

/** Refusals that nobody reads: they lead to another step of the guide, or undo a trial. */
const withoutWords = ['draft-gone', 'nothing-chosen', 'draft-changed', 'dry-run'];

const isTest = (file: File) => /\.test\.ts$/.test(file.path);
// A file with .browser in its name touches the world of the reader's browser.
const isServer = (file: File) =>
  /\.(server|browser)\./.test(file.path) || /^(server|front|worker)\.ts$|^(commands|api|feeds|live|service-worker)\//.test(file.path);

test('order: a room opens only doors of rooms above it', () => {
  expect(files.flatMap(doorsOpenedDownward)).toEqual([]);
});

test('order: a lower room that opens an upper one is no fault, the other way round is', () => {
  expect(doorsOpenedDownward(fileOf('rooms/journal/journal.server.ts', "import { claim } from '#rooms/seats';"))).toEqual([
    'rooms/journal/journal.server.ts opens seats',
  ]);
  expect(doorsOpenedDownward(fileOf('rooms/seats/seats.server.ts', "import { record } from '#rooms/journal';"))).toEqual([]);
});

test('suffix: a file without .server in its name touches nothing', () => {
  expect(files.filter((file) => !isTest(file)).flatMap(touches)).toEqual([]);
});

test('suffix: a pure file that opens a file, a door, another server or the settings is found', () => {
  expect(touches(fileOf('rooms/seats/seat.ts', "import { readFileSync } from 'node:fs';"))).toEqual(['rooms/seats/seat.ts imports node:fs']);
  expect(touches(fileOf('rooms/seats/seat.ts', "const { x } = await import('./queries.server.ts');"))).toEqual([
    'rooms/seats/seat.ts imports ./queries.server.ts',
  ]);
  expect(touches(fileOf('rooms/seats/seat.ts', "await fetch('/x', { body: process.env.X });"))).toEqual([
    'rooms/seats/seat.ts: fetch(',
    'rooms/seats/seat.ts: process.',
  ]);
  expect(touches(fileOf('rooms/seats/seat.ts', "import { record } from '#rooms/journal';"))).toEqual(['rooms/seats/seat.ts imports #rooms/journal']);
});

test('door: nobody outside a room imports more of it than its door and its pure nouns', () => {
  expect(files.flatMap(behindTheDoor)).toEqual([]);
});

test("door: another room's statements are found", () => {
  expect(behindTheDoor(fileOf('rooms/itinerary/itinerary.server.ts', "import { x } from '../seats/queries.server.ts';"))).toEqual([
    'rooms/itinerary/itinerary.server.ts imports rooms/seats/queries.server.ts',
  ]);
});

test('visit: outside ground nobody asks the clock or chance', () => {
  expect(files.filter((file) => !isTest(file)).flatMap(asksTheWorld)).toEqual([]);
});

test('visit: a clock in a room is found', () => {
  const clocks = ['Date.now()', 'new Date()', 'new Date', 'Date()', 'Temporal.Now.instant()', 'crypto.randomUUID()', 'Math.random()'];
  expect(clocks.filter((clock) => asksTheWorld(fileOf('rooms/seats/seat.ts', `const x = ${clock};`)).length !== 1)).toEqual([]);
  expect(asksTheWorld(fileOf('rooms/seats/seat.ts', 'const x = new Date(0); // not Date.now()'))).toEqual([]);
});

test('words: every refusal that somebody reads has a sentence', () => {
  expect(files.filter((file) => !isTest(file)).flatMap(refusalsWithoutWords)).toEqual([]);
});

test('words: a refusal without a sentence is found, in a value and in a type', () => {
  expect(refusalsWithoutWords(fileOf('rooms/seats/seat.ts', "return { refused: 'no-chair' };"))).toEqual(['rooms/seats/seat.ts: no-chair']);
  expect(refusalsWithoutWords(fileOf('rooms/seats/seat.ts', "type No = Refusal<'session-started' | 'no-sofa'>;"))).toEqual([
    'rooms/seats/seat.ts: no-sofa',
  ]);
});

test('words: no sentence stands in markup', () => {
  expect(files.flatMap(sentencesInMarkup)).toEqual([]);
});

test('words: a sentence in markup is found', () => {
  expect(sentencesInMarkup(fileOf('routes/+page.svelte', '<p>Zet in mijn programma</p>'))).toEqual(['routes/+page.svelte: Zet in mijn programma']);
});

function fileOf(path: string, code: string): File {
  return { path, code, imports: importsOf(code) };
}

function importsOf(code: string): string[] {
  return [...code.matchAll(/^\s*(?:import|export)\s(?!type\b)[^;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    (found) => found[1] ?? found[2] ?? found[3]!,
  );
}

const roomOf = (path: string): string | null => /^rooms\/([^/]+)\//.exec(path)?.[1] ?? null;

/** A relative or # import as a path under src; a door is its room's folder. */
function target(file: File, specifier: string): string | null {
  if (specifier.startsWith('.')) return relative(src, resolve(src, dirname(file.path), specifier));
  if (specifier.startsWith('#rooms/') || specifier.startsWith('#ground/') || specifier.startsWith('#ui/')) return specifier.slice(1);
  return null;
}

function doorsOpenedDownward(file: File): string[] {
  const room = roomOf(file.path);
  if (room === null || isTest(file)) return [];
  const mine = order.indexOf(room as (typeof order)[number]);
  return file.imports.flatMap((specifier) => {
    const other = roomOf(`${target(file, specifier) ?? ''}/`);
    if (other === null || other === room) return [];
    const theirs = order.indexOf(other as (typeof order)[number]);
    return theirs === -1 || theirs > mine ? [`${file.path} opens ${other}`] : [];
  });
}

function touches(file: File): string[] {
  if (isServer(file) || file.path.startsWith('routes/') || file.path.startsWith('hooks')) return [];
  const opened = file.imports
    .filter((specifier) => /^node:|\.server\.ts$|^(pg|kysely|pino|nodemailer|pg-boss)$/.test(specifier) || /^#rooms\/[^/]+$/.test(specifier))
    .map((specifier) => `${file.path} imports ${specifier}`);
  const used = [...withoutComments(file).matchAll(/(?<![\w.])(?:fetch\(|process\.)/g)].map((found) => `${file.path}: ${found[0]}`);
  return [...opened, ...used];
}

function behindTheDoor(file: File): string[] {
  return file.imports.flatMap((specifier) => {
    const found = target(file, specifier);
    const other = found === null ? null : roomOf(found);
    if (other === null || other === roomOf(file.path)) return [];
    // What a room lends to the tests of others is named .testing.server.ts.
    const isLent = isTest(file) && found!.endsWith('.testing.server.ts');
    return found!.includes('.server.') && !isLent ? [`${file.path} imports ${found}`] : [];
  });
}

function asksTheWorld(file: File): string[] {
  if (file.path.startsWith('ground/')) return [];
  const asked =
    /new Date(?:\(\)|(?=[\s;,)]))|(?<!new )\bDate\(\)|Date\.now\(|Temporal\.Now|Math\.random\(|getRandomValues\(|randomUUID\(|randomBytes\(|randomInt\(/g;
  return [...withoutComments(file).matchAll(asked)].map((found) => `${file.path}: ${found[0]}`);
}

const withoutComments = ({ code }: File): string => code.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

function refusalsWithoutWords(file: File): string[] {
  const types = [...file.code.matchAll(/\bRefusal<([^<>]*)>/g)].flatMap((found) => [...found[1]!.matchAll(/'([\w-]+)'/g)]);
  return [...file.code.matchAll(/\brefused: '([\w-]+)'/g), ...types]
    .map((found) => found[1]!)
    .filter((name) => !(name in allSheets.nl['refused']!) && !withoutWords.includes(name))
    .map((name) => `${file.path}: ${name}`);
}

/** Text between tags that is more than a name, a number or a mark. */
function sentencesInMarkup(file: File): string[] {
  if (!file.path.endsWith('.svelte')) return [];
  const markup = file.code
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, '');
  const shown = [...markup.matchAll(/>([^<>]+)</g)].map((found) => found[1]!.trim());
  const said = [...markup.matchAll(/\b(?:alt|title|placeholder|aria-label)="([^"{}]+)"/g)].map((found) => found[1]!.trim());
  return [...shown, ...said]
    .filter((text) => /\p{L}{2}/u.test(text.replace(/&\w+;/g, '')) && text !== 'INNOvember')
    .map((text) => `${file.path}: ${text}`);
}
