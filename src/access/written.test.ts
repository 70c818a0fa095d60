// Whatever somebody with a special role changes is in the journal, with who did it, in the same transaction; and whatever
// the operator changes. Black box and made from the map: every write that only they may do is done, by everybody who may,
// and the database is asked which rows came, changed and went.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { now as clock } from '#ground/clock.server.ts';
import { root } from '#ground/config.server.ts';
import { openDatabase } from '#ground/database.server.ts';
import { testDatabase, testVisit } from '#ground/testing.server.ts';
import { operations, type Operation } from '#rooms/identity/access.ts';
import { strangeIn } from '#rooms/journal/details.ts';
import { filled, newKey } from './asks.testing.server.ts';
import { openHouse, type House } from './house.testing.server.ts';
import * as map from './map.ts';
import { mark, noticedSince, takeOutRecording, type Noticed } from './noticed.testing.server.ts';
import { hide, signedIn, walkers, type Walker, type World } from './world.testing.server.ts';
import { forgetOrders, ordersIn, writesIn, type Holes, type Order, type Write } from './writes.testing.server.ts';

const { db } = testVisit();
let house: House;
let world: World;
let writes: Readonly<Record<string, Write>>;
let asked: readonly Asked[];

interface Asked {
  readonly name: string;
  readonly operation: Operation;
  readonly method: string;
  /** With holes. */
  readonly path: string;
  readonly isProgram: boolean;
}

beforeAll(async () => {
  house = await openHouse();
  world = await hide();
  writes = writesIn(world, house.dataDir);
  asked = [...pages(), ...(await programs())].filter(({ operation }) => isSpecial(operation));
}, 60_000);
afterAll(async () => {
  await house.close();
  forgetOrders();
});

const isSpecial = (operation: Operation): boolean =>
  !operations[operation].some((who) => ['anybody', 'reader', 'oneself', 'participant'].includes(who));

const pages = (): Asked[] =>
  Object.entries(map.pages).flatMap(([route, forms]) =>
    Object.entries(forms).map(([form, operation]) => ({
      name: `${route} ${form}`,
      operation,
      method: form === 'GET' ? 'GET' : 'POST',
      path: ['GET', 'POST', 'default'].includes(form) ? route : `${route}?/${form}`,
      isProgram: false,
    })),
  );

async function programs(): Promise<Asked[]> {
  const document = (await (await fetch(`${house.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  return Object.entries(document.paths).flatMap(([path, ways]) =>
    Object.entries(ways).flatMap(([method, { operationId: name = '' }]) => {
      const operation = map.programs[name];
      return operation ? [{ name, operation, method: method.toUpperCase(), path: `/api/v1${path}`, isProgram: true }] : [];
    }),
  );
}

/** Everybody who may by a role of theirs; what is proposed is the guest's. */
const doersOf = ({ operation }: Asked): readonly (Walker & { readonly person: NonNullable<Walker['person']> })[] =>
  walkers.flatMap((walker) =>
    walker.person && operations[operation].some((who) => who === (walker.name === 'guest' ? 'proposer' : walker.name))
      ? [{ ...walker, person: walker.person }]
      : [],
  );

async function send(ask: Asked, walker: Walker, holes: Holes, body: string | FormData | undefined): Promise<number> {
  const all = { code: 'EIGEN1', edition: 'eigen', person: world.guest.person.id, id: world.materials.get('EIGEN1')!, ...whatThereIs(), ...holes };
  const type = ask.isProgram || ask.name.endsWith(' POST') ? 'application/json' : 'application/x-www-form-urlencoded';
  const response = await fetch(house.url + filled(ask.path, all), {
    method: ask.method,
    redirect: 'manual',
    headers: {
      'x-forwarded-for': `10.1.${Math.floor(++sent / 250)}.${sent % 250}`,
      ...(typeof body === 'string' && { 'content-type': type }),
      ...(ask.isProgram
        ? { authorization: `Bearer ${walker.bearer}`, 'idempotency-key': newKey() }
        : { cookie: await cookieOf(walker), accept: 'text/html,*/*', origin: house.url }),
    },
    ...(ask.method !== 'GET' && body !== undefined && { body }),
  });
  await response.text();
  return response.status;
}
let sent = 0;

const cookies = new Map<Walker['name'], Promise<string>>();
function cookieOf(walker: Walker): Promise<string> {
  const cookie = cookies.get(walker.name) ?? signedIn(walker);
  cookies.set(walker.name, cookie);
  return cookie;
}
const whatThereIs = (): Holes => {
  const { id: webhook, delivery } = world.webhooks.eigen;
  return { webhook, delivery, window: world.windows.own };
};

/** What is written down, in the words of the journal; of somebody else's it is said whose. */
const wordsOf = ({ lines }: Noticed, by: string | null): string[] =>
  lines.map((line) => (line.by === by ? line.what : `${line.what} by ${line.by ?? 'nobody'}`));

test('every write that only a special role may do stands in the list, and nothing else', () => {
  const needed = asked.filter(({ method, name }) => method !== 'GET' || writes[name] !== undefined).map(({ name }) => name);
  expect(Object.keys(writes).toSorted()).toEqual([...new Set(needed)].toSorted());
});

test('every change by a special role is in the journal, in its own words, with who did it, in the same transaction', async () => {
  const wrong: string[] = [];
  const did = new Set<string>();
  const inOrder = [...Object.keys(writes), ...asked.map(({ name }) => name).filter((name) => writes[name] === undefined)];
  for (const name of inOrder) {
    const ask = asked.find((one) => one.name === name)!;
    const write: Write = writes[name] ?? { says: [], isRead: true };
    for (const [turn, walker] of doersOf(ask).entries()) {
      const holes = (await write.first?.()) ?? {};
      await cookieOf(walker);
      const since = await mark();
      const status = await send(ask, walker, holes, write.sends?.(holes, turn) ?? (ask.method === 'GET' ? undefined : ''));
      const noticed = await noticedSince(since);
      const said = wordsOf(noticed, walker.person.id);
      wrong.push(...faultIn(`${name} as ${walker.name} (${status})`, said, write, noticed));
      if (said.length > 0) did.add(walker.name);
    }
  }
  expect(wrong).toEqual([]);
  expect([...did].toSorted()).toEqual(['admin', 'guest', 'host', 'manager', 'reviewer', 'team']);
}, 180_000);

/** What is wrong with what was noticed, or nothing. */
function faultIn(name: string, said: readonly string[], { says, isRead }: Pick<Write, 'says' | 'isRead'>, { silent, idle }: Noticed): string[] {
  const isRight = said.join() === says.join() && silent.length === 0 && (isRead || idle.length === 0);
  return isRight ? [] : [`${name}: says ${said.join()}, not ${says.join()}; without a line: ${silent.join()}; without a change: ${idle.join()}`];
}

const commandNames = Object.keys(import.meta.glob(['../commands/*.ts', '!../commands/main.ts', '!../commands/*.test.ts']))
  .map((path) => path.slice('../commands/'.length, -'.ts'.length))
  .toSorted();

async function ran(args: readonly string[], database = testDatabase.name): Promise<{ end: number | null; wrong: string }> {
  const tool = spawn(process.execPath, [join(root, 'build/server/innovember.js'), ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      LC_ALL: 'C',
      NODE_ENV: 'production',
      DEMO: 'off',
      DATA_DIR: house.dataDir,
      DATABASE_URL: `postgres://innovember@localhost/${database}?host=${encodeURIComponent(testDatabase.socketDir)}`,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => tool.once('exit', done));
  return { wrong: await text(tool.stderr), end: await ended };
}

test('every change by the operator is in the journal, as nobody did it, in the same transaction', async () => {
  const orders = ordersIn(house.dataDir);
  expect(Object.keys(orders).toSorted()).toEqual(commandNames);
  const wrong: string[] = [];
  const all = Object.entries(orders).flatMap(([name, some]) => some.map((order) => ({ ...order, args: [name, ...order.args] })));
  for (const order of all.filter(({ says }) => says.length > 0)) wrong.push(...(await faultsOf([order])));
  // Those that change nothing may do so together.
  wrong.push(...(await faultsOf(all.filter(({ says }) => says.length === 0))));
  expect(wrong).toEqual([]);
}, 180_000);

async function faultsOf(orders: readonly Order[]): Promise<string[]> {
  for (const { first } of orders) await first?.();
  const since = await mark();
  const done = await Promise.all(orders.map(async ({ args, ends = 0 }) => ({ args: args.join(' '), ends, ...(await ran(args)) })));
  const noticed = await noticedSince(since);
  const says = orders.flatMap((order) => order.says);
  const failed = done.filter(({ end, ends }) => end !== ends).map(({ args, end, wrong }) => `${args}: ${end} ${wrong}`);
  return [...failed, ...faultIn(done.map(({ args }) => args).join(', '), wordsOf(noticed, null), { says }, noticed)];
}

test('a restore is in the journal that it brings back, in the same transaction', async () => {
  const name = `${testDatabase.name}_back`;
  await sql`create database ${sql.id(name)}`.execute(db);
  expect(await ran(['restore', join(house.dataDir, 'proef.tar.zst')], name)).toEqual({ end: 0, wrong: '' });
  const back = openDatabase({ ...testDatabase, name }, { max: 1 });
  const { rows } =
    await sql`select what, by_person as by, (select count(distinct f.xmin::text) from installation f where f.fact = 'last-restore') as facts
    from journal where id = (select max(id::text)::uuid from journal)`.execute(back);
  await back.destroy();
  expect(rows).toEqual([{ what: 'restored', by: null, facts: 1 }]);
});

test('no line holds more than numbers of things, codes, known words, counts and moments', async () => {
  const { rows } = await sql<{ what: string; details: unknown }>`select distinct what, details from journal`.execute(db);
  expect(rows.flatMap(({ what, details }) => (strangeIn(details) === null && !/@|kanarie/.test(JSON.stringify(details)) ? [] : [what]))).toEqual([]);
  expect(rows.length).toBeGreaterThan(40);
});

// Negative controls

const admin = () => walkers.find(({ name }) => name === 'admin')!;
const places = () => asked.find(({ name }) => name === '/organisatie/sessies/[code]/plaatsen aantal')!;

test('with recording taken out, every changed row is found without a line', async () => {
  await cookieOf(admin());
  const putBack = await takeOutRecording();
  const since = await mark();
  await send(places(), admin(), {}, 'way=onSite&capacity=41');
  const noticed = await noticedSince(since);
  await putBack();
  expect(noticed).toEqual({ lines: [], silent: ['update places', 'update editions'], idle: [] });
});

test('a line in another transaction than its change is found, also when a row only goes', async () => {
  const since = await mark();
  await sql`delete from roles where role = 'moderator'`.execute(db);
  await sql`insert into journal (id, happened_at, what) values (${newId(clock())}, ${clock()}, 'role-removed')`.execute(db);
  expect(await noticedSince(since)).toEqual({ lines: [{ what: 'role-removed', by: null }], silent: ['delete roles'], idle: ['role-removed'] });
});
