// Black box: the built server in a process of its own is asked everything that the map knows, as everybody, about
// everything; the table in rooms/identity/access.ts says what the answer must be. Meanwhile every answer is read for words
// that are not for who asks.
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '#ground/config.server.ts';
import { testVisit } from '#ground/testing.server.ts';
import { erase } from '#rooms/privacy';
import { asksOf, newKey, statusFor, type Ask, type Documented } from './asks.testing.server.ts';
import { openHouse, type House } from './house.testing.server.ts';
import {
  bystanders,
  hide,
  materialFiles,
  publishAll,
  putEditionsBack,
  signedIn,
  takeOut,
  walkers,
  type Walker,
  type World,
} from './world.testing.server.ts';

let house: House;
let world: World;
let asks: readonly Ask[];
let before: ReadonlyMap<string, string>;

beforeAll(async () => {
  expect(spawnSync(process.execPath, [join(root, 'bin/build.js')], { encoding: 'utf8' })).toMatchObject({ status: 0 });
  house = await openHouse();
  before = await openPages();
  world = await hide();
  asks = asksOf(world, await documented());
  const files = join(house.dataDir, 'files');
  await mkdir(files, { recursive: true });
  for (const file of await materialFiles()) await writeFile(join(files, file), '%PDF');
}, 400_000);
afterAll(() => house.close());

interface Answered {
  readonly ask: Ask;
  readonly walker: Walker;
  readonly status: number;
  readonly location: string;
  /** Headers and body, as one reads them. */
  readonly text: string;
}

async function put(ask: Ask, walker: Walker): Promise<Answered> {
  const isProgram = ask.surface === 'program';
  const cookie = isProgram ? '' : await cookieOf(ask, walker);
  const stop = new AbortController();
  const response = await fetch(house.url + ask.path, {
    method: ask.method,
    redirect: 'manual',
    signal: stop.signal,
    headers: {
      ...(ask.type !== undefined && { 'content-type': ask.type }),
      // Everybody comes from an address of their own: how often one address may ask is not what is tested here.
      'x-forwarded-for': `10.${walkers.indexOf(walker)}.${Math.floor(++asked / 250) % 250}.${asked % 250}`,
      ...(isProgram ? { ...(walker.bearer !== null && { authorization: `Bearer ${walker.bearer}` }), 'idempotency-key': newKey() } : {}),
      // Who has no cookies sends none, and may get a page that is kept for everybody.
      ...(!isProgram && cookie !== '' && { cookie }),
      ...(!isProgram && { accept: 'text/html,*/*' }),
    },
    ...(ask.body !== undefined && ask.method !== 'GET' && { body: ask.body }),
  });
  const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
  const body = isStream ? await firstOf(response) : await response.text();
  if (isStream) stop.abort();
  const headers = [...response.headers].map((header) => header.join(': ')).join('\n');
  // Calendars break long lines.
  return {
    ask,
    walker,
    status: response.status,
    location: response.headers.get('location') ?? '',
    text: `${headers}\n\n${body.replace(/\r\n[ \t]/g, '')}`,
  };
}
let asked = 0;

/** For what is sent a sign-in of its own, so that whoever signs out does not send the others away. */
function cookieOf(ask: Ask, walker: Walker): Promise<string> {
  if (ask.method !== 'GET') return signedIn(walker);
  const known = cookies.get(walker) ?? signedIn(walker);
  cookies.set(walker, known);
  return known;
}
const cookies = new Map<Walker, Promise<string>>();

async function firstOf(response: Response): Promise<string> {
  const { value } = await response.body!.getReader().read();
  return new TextDecoder().decode(value);
}

// What another took away before is not there any more for who may ask for it.
const isNo = ({ status, location, text }: Answered): boolean =>
  ([401, 403, 404].includes(status) && !/"code":"(pass-unknown|webhook-gone|delivery-gone)"/.test(text)) ||
  (status === 303 && /\/inloggen\?naar=/.test(location));

/** What is wrong with an answer, or nothing. */
function fault(answered: Answered): string | null {
  const { ask, walker, status, location } = answered;
  const wanted = statusFor(ask, walker);
  const right = wanted === null ? !isNo(answered) && status < 500 && status !== 429 : status === wanted && (status !== 303 || isNo(answered));
  return right ? null : `${walker.name}: ${ask.method} ${ask.path} (${ask.name}) is ${status} ${location}, not ${wanted ?? 'a yes'}`;
}

/** The words in an answer that are not for who asked. */
function leaks({ ask, walker, text }: Answered): string[] {
  // Who gives somebody a place in their session sees from then on who that is; it is written down, and they are told.
  if (ask.isBySecret || ask.name === 'placeByHand') return [];
  return wordsIn(text)
    .filter((word) => !(world.canaries[word]?.(walker) ?? false))
    .map((word) => `${walker.name}: ${word} in ${ask.method} ${ask.path}`);
}
const wordsIn = (text: string): string[] => [...new Set(text.toLowerCase().match(/kanarie[a-z]+/g) ?? [])];

/** So many at a time, in their order. */
async function walk(asked: readonly Ask[], who: readonly Walker[]): Promise<Answered[]> {
  const pairs = asked.flatMap((ask) => who.map((walker) => [ask, walker] as const));
  const all: Answered[] = [];
  const next = async (): Promise<void> => {
    for (let pair = pairs.shift(); pair; pair = pairs.shift()) all.push(await put(...pair));
  };
  await Promise.all(Array.from({ length: 12 }, next));
  return all;
}

const named = (...names: string[]): readonly Walker[] => walkers.filter(({ name }) => names.includes(name));
const isReading = ({ method }: Ask): boolean => method === 'GET';
/** What would change the house under the feet of the others: asked one by one, and put back after each. */
const isOfTheHouse = ({ name }: Ask): boolean => /^\/organisatie\/editie (huidig|sluit|open)$/.test(name);

async function documented(): Promise<Documented[]> {
  const { paths } = (await (await fetch(`${house.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId }]) =>
      operationId === undefined ? [] : [{ method: method.toUpperCase(), path, operationId }],
    ),
  );
}

/** What who may see nothing hidden reads in public, without what differs from one look to the next. */
async function openPages(): Promise<Map<string, string>> {
  const paths = ['/', '/programma', '/programma?dag=alle', '/edities', '/loting', '/mijn-programma', '/api/v1/editions', '/api/v1/editions/eigen'];
  const more = [
    '/api/v1/editions/eigen/themes',
    '/api/v1/editions/eigen/sessions',
    '/api/v1/editions/eigen/sessions/EIGEN1',
    '/api/v1/organisations',
  ];
  const file = [
    '/agenda/eigen.ics',
    '/agenda/eigen/ANDER1.ics',
    '/uitwisseling/eigen/schedule.json',
    '/uitwisseling/eigen/schedule.xml',
    '/uitwisseling/eigen/sessies.csv',
    '/sitemap.xml',
  ];
  const found = new Map<string, string>();
  for (const path of [...paths, ...more, ...file, '/programma/ANDER1', '/en/programma'])
    for (const walker of named('visitor', 'external')) {
      const ask = { surface: path.startsWith('/api') ? 'program' : 'page', method: 'GET', path } as Ask;
      const { status, text } = await put(ask, walker);
      expect([path, status]).toEqual([path, 200]);
      found.set(`${walker.name} ${path}`, text.replace(/^date: .*$/m, ''));
    }
  return found;
}

test('everybody gets what the table says, of everything that can be read; nobody reads a word that is not for them', async () => {
  const answered = await walk(asks.filter(isReading), walkers);
  expect([...answered.flatMap((one) => fault(one) ?? []), ...answered.flatMap(leaks)]).toEqual([]);
  // Each word could have shown: somebody for whom it is has read it.
  const read = new Set(answered.flatMap(({ text }) => wordsIn(text)));
  const neverShown = ['kanarieweg'];
  expect(Object.keys(world.canaries).filter((word) => !read.has(word))).toEqual(neverShown);
}, 400_000);

test('what is hidden changes nothing for who may not see it: no count, no list, no length', async () => {
  const after = await openPages();
  const lines = (text = ''): string[] => without(text).split(/\n|(?=<)/);
  const changed = [...after].map(([path, text]) => [path, lines(text).filter((line) => !lines(before.get(path)).includes(line))] as const);
  expect(changed.filter(([, lines]) => lines.length > 0)).toEqual([]);
});
/** Numbers of requests, moments and marks of one answer differ each time, and where today is on a line. */
const without = (text: string): string =>
  text
    .replace(/<path class="today[^>]*>|\b\d{13}\b|ratelimit.*|nonce-[\w+/=]+|nonce="[^"]*"|etag: .*|last-modified: .*/gi, '')
    .replace(/content-length: \d+/, '');

test('a guard that is out is found: the visibility in every query, and whose role it is', async () => {
  const few = asks.filter((ask) => isReading(ask) && /\/programma|sessions|agenda|uitwisseling|sitemap|organisatie\/sessies/.test(ask.path));
  for (const guard of ['visibility', 'roles'] as const) {
    const putBack = await takeOut(guard);
    await new Promise((done) => setTimeout(done, 1100));
    const answered = await walk(few, named('visitor', 'external', 'internal')).finally(putBack);
    expect([guard, answered.some((one) => fault(one) !== null), answered.flatMap(leaks).length > 0]).toEqual([guard, true, true]);
  }
  await new Promise((done) => setTimeout(done, 1100));
}, 200_000);

test('everybody gets what the table says, of everything that can be sent; nothing changes of who asked nothing', async () => {
  const theirs = await bystanders();
  const sending = asks.filter((ask) => !isReading(ask));
  const answered = await walk(
    sending.filter((ask) => !isOfTheHouse(ask)),
    walkers,
  );
  for (const ask of sending.filter(isOfTheHouse))
    for (const walker of walkers) {
      answered.push(await put(ask, walker));
      await putEditionsBack();
    }
  expect([...answered.flatMap((one) => fault(one) ?? []), ...answered.flatMap(leaks)]).toEqual([]);
  expect(await bystanders()).toEqual(theirs);
}, 400_000);

test('who is erased is nowhere any more, and to nobody', async () => {
  // Everybody has signed out of everything in the meantime; who is gone cannot come in again.
  cookies.clear();
  cookies.set(world.guest, Promise.resolve(world.guest.cookies.join('; ')));
  await erase(testVisit({ now: new Date() }), world.guest.person.id, house);
  const about = (ask: Ask): boolean => isReading(ask) && /organisatie|mijn|seats|check-ins|me$|sessions\/EIGEN1$/.test(ask.path);
  const answered = await walk(asks.filter(about), walkers);
  const personal = ['kanariemail', 'kanarienaam', 'kanarienood', 'kanarievraag', 'kanarieconceptmail', 'kanarieconceptnood'];
  expect(answered.flatMap((one) => wordsIn(one.text).filter((word) => personal.includes(word)))).toEqual([]);
  const pages = answered.filter(
    ({ ask, walker }) => ask.path.includes(world.guest.person.id) && walker.person !== null && walker.person.id !== world.guest.person.id,
  );
  expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([404]));
}, 200_000);

test('what was hidden could have shown: published, a visitor reads each word', async () => {
  await publishAll();
  await new Promise((done) => setTimeout(done, 1100));
  const answered = await walk(
    asks.filter((ask) => isReading(ask) && /programma|agenda|uitwisseling|sessions|nieuws/.test(ask.path)),
    named('visitor'),
  );
  const read = new Set(answered.flatMap(({ text }) => wordsIn(text)));
  expect([...read].toSorted()).toEqual([
    'kanariebuiten',
    'kanarieconcept',
    'kanarieintern',
    'kanarieklad',
    'kanarienieuws',
    'kanarieplan',
    'kanariewens',
  ]);
}, 200_000);
