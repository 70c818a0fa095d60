// Black box: the built server in a process of its own is asked everything that the map knows, as everybody, about
// everything; the table in rooms/identity/access.ts says what the answer must be. Meanwhile every answer is read for words
// that are not for who asks.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '#ground/config.server.ts';
import { asksOf, newKey, statusFor, type Ask, type Documented } from './asks.testing.server.ts';
import { openHouse, type House } from './house.testing.server.ts';
import { hide, publishAll, signedIn, takeOut, walkers, type Walker, type World } from './world.testing.server.ts';

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
}, 180_000);
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
      ...(!isProgram && { cookie: await signedIn(walker), accept: 'text/html,*/*' }),
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

async function firstOf(response: Response): Promise<string> {
  const { value } = await response.body!.getReader().read();
  return new TextDecoder().decode(value);
}

// A pass that nobody has any more is not there for who may ask for it.
const isNo = ({ status, location, text }: Answered): boolean =>
  ([401, 403, 404].includes(status) && !text.includes('"code":"pass-unknown"')) || (status === 303 && /\/inloggen\?naar=/.test(location));

/** What is wrong with an answer, or nothing. */
function fault(answered: Answered): string | null {
  const { ask, walker, status, location } = answered;
  const wanted = statusFor(ask, walker);
  const right = wanted === null ? !isNo(answered) && status < 500 && status !== 429 : status === wanted && (status !== 303 || isNo(answered));
  return right ? null : `${walker.name}: ${ask.method} ${ask.path} (${ask.name}) is ${status} ${location}, not ${wanted ?? 'a yes'}`;
}

/** The words in an answer that are not for who asked. */
function leaks({ ask, walker, text }: Answered): string[] {
  if (ask.isBySecret) return [];
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
    '/sitemap.xml',
  ];
  const found = new Map<string, string>();
  for (const path of [...paths, ...more, ...file, '/programma/ANDER1', '/en/programma'])
    for (const walker of named('visitor', 'external')) {
      const ask = { surface: path.startsWith('/api') ? 'program' : 'page', method: 'GET', path } as Ask;
      found.set(`${walker.name} ${path}`, (await put(ask, walker)).text.replace(/^date: .*$/m, ''));
    }
  return found;
}

test('everybody gets what the table says, of everything that can be read; nobody reads a word that is not for them', async () => {
  const answered = await walk(asks.filter(isReading), walkers);
  expect([...answered.flatMap((one) => fault(one) ?? []), ...answered.flatMap(leaks)]).toEqual([]);
  // Each word could have shown: somebody for whom it is has read it.
  const read = new Set(answered.flatMap(({ text }) => wordsIn(text)));
  const neverShown = ['kanarieconcept', 'kanarieplan', 'kanarieweg'];
  expect(Object.keys(world.canaries).filter((word) => !read.has(word))).toEqual(neverShown);
}, 180_000);

test('what is hidden changes nothing for who may not see it: no count, no list, no length', async () => {
  const after = await openPages();
  const lines = (text = ''): string[] => without(text).split('\n');
  const changed = [...after].map(([path, text]) => [path, lines(text).filter((line) => !lines(before.get(path)).includes(line))] as const);
  expect(changed.filter(([, lines]) => lines.length > 0)).toEqual([]);
});
/** Numbers of requests, moments and marks of one answer differ each time. */
const without = (text: string): string =>
  text.replace(/\b\d{13}\b|nonce-[\w+/=]+|nonce="[^"]*"|etag: .*|last-modified: .*/gi, '').replace(/content-length: \d+/, '');

test('a guard that is out is found: the visibility in every query, and whose role it is', async () => {
  const few = asks.filter((ask) => isReading(ask) && /\/programma|sessions|agenda|uitwisseling|sitemap|organisatie\/sessies/.test(ask.path));
  for (const guard of ['visibility', 'roles'] as const) {
    const putBack = await takeOut(guard);
    await new Promise((done) => setTimeout(done, 1100));
    const answered = await walk(few, named('visitor', 'external', 'internal')).finally(putBack);
    expect([guard, answered.some((one) => fault(one) !== null), answered.flatMap(leaks).length > 0]).toEqual([guard, true, true]);
  }
  await new Promise((done) => setTimeout(done, 1100));
}, 60_000);

test('everybody gets what the table says, of everything that can be sent', async () => {
  const answered = await walk(
    asks.filter((ask) => !isReading(ask)),
    walkers,
  );
  expect([...answered.flatMap((one) => fault(one) ?? []), ...answered.flatMap(leaks)]).toEqual([]);
}, 180_000);

test('what was hidden could have shown: published, a visitor reads each word', async () => {
  await publishAll();
  await new Promise((done) => setTimeout(done, 1100));
  const answered = await walk(
    asks.filter((ask) => isReading(ask) && /programma|agenda|uitwisseling|sessions/.test(ask.path)),
    named('visitor'),
  );
  const read = new Set(answered.flatMap(({ text }) => wordsIn(text)));
  expect([...read].toSorted()).toEqual(['kanariebuiten', 'kanarieconcept', 'kanarieintern', 'kanarieplan', 'kanariewens']);
}, 60_000);
