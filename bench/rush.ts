/**
 * A rush for seats: 2,000 people for the 100 places of one session, and 28,000 people over 1,100 sessions of which some
 * are much wanted. The real server, PostgreSQL and the load are processes of their own on this one machine. Beside ours
 * in the same run: the limit (the same statements in the same batches straight at PostgreSQL, behind a bare server) and a
 * naive way (lock, count, insert). Speed never fails it; a seat too many, too few or out of order does.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql, type Kysely } from 'kysely';
import { openDatabase } from '#ground/database.server.ts';
import { migrate } from '#ground/migrations.server.ts';
import type { DB } from '#ground/tables.ts';
import { ledger } from '#rooms/seats';
import type { Outcome, Plan, Question } from './rush/load.ts';
import { editionOf, openSite, participants, visitOn, type Held, type Participant } from './rush/site.ts';
import { above, asked, below, chance, exactly, quantile, report, type Row } from './table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { seed } = asked();
const connections = 200;
const hot = { people: 2000, places: 100, rate: 1000, rounds: 3 };
const spread = { people: 28_000, sessions: 1100, each: 3, places: 60, parts: 4, rate: 500, seconds: 20 };
/** The naive way is so much slower that it gets a part of the work. */
const naiveAtMost = 3000;

type Who = 'ours' | 'limit' | 'naive';
interface Side {
  readonly port: number;
  readonly pid: number;
  readonly db: Kysely<DB>;
}
/** Somebody who wants a place in a session. */
interface Ask {
  readonly person: Participant;
  readonly session: Held;
}

/** Ours stands in the middle: neither first nor last each time. */
const sidesInTurn: readonly Who[] = ['limit', 'ours', 'naive'];

let people: readonly Participant[] = [];
let warm: readonly Held[] = [];
let closed: readonly Held[] = [];
let open: readonly Held[] = [];
let popular: readonly Held[] = [];
let steady: readonly Held[] = [];
const children: ChildProcess[] = [];
/** Rows that must hold, or the benchmark fails. */
const promised = new Set<Row>();

spawnSync(process.execPath, [join(root, 'bin/build.js')], { stdio: 'inherit' });
const site = await openSite(prepare);
try {
  const sides: Record<Who, Side> = {
    ours: { port: site.server.port, pid: site.server.pid(), db: site.db },
    limit: await bare('limit'),
    naive: await bare('naive'),
  };
  for (const side of Object.values(sides)) await load(side, hotAsks(warm[0]!).slice(0, 1500));
  const rows = [...(await hotClosed(sides)), ...(await hotOpen(sides.ours)), ...(await spreadClosed(sides)), ...(await spreadOpen(sides.ours))];
  report('rush', seed, rows);
  const wrong = rows.filter((row) => promised.has(row) && row.met === false);
  for (const { case: name, metric, value, target } of wrong) console.error(`WRONG: ${name}: ${metric} is ${value}, and must be ${target}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
  for (const { db } of [sides.limit, sides.naive]) await db.destroy();
} finally {
  for (const child of children) child.kill('SIGTERM');
  await site.close();
}

/** Everybody has a token; the limit and the naive way each get a database of their own with the same in it. */
async function prepare(db: Kysely<DB>, dataDir: string, socketDir: string): Promise<void> {
  people = await participants(dataDir, db, spread.people);
  const places = (count: number, onSite: number) => Array.from({ length: count }, () => ({ onSite, online: 0 }));
  warm = await editionOf(db, 'warm', places(1, 100));
  closed = await editionOf(db, 'gesloten', places(hot.rounds, hot.places));
  open = await editionOf(db, 'open', places(hot.rounds, hot.places));
  popular = await editionOf(db, 'gewild', places(spread.sessions, spread.places));
  steady = await editionOf(db, 'gestaag', places(spread.sessions, spread.places));
  for (const name of ['limit', 'naive']) {
    await sql`create database ${sql.id(name)}`.execute(db);
    const other = openDatabase({ socketDir, name }, { max: 2 });
    await migrate(other, join(root, 'migrations'));
    for (const table of ['people', 'access_tokens', 'editions', 'sessions', 'places']) await copy(table, db, other);
    await other.destroy();
  }
}

async function copy(table: string, from: Kysely<DB>, to: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ all: unknown }>`select coalesce(json_agg(t), '[]') as all from ${sql.table(table)} t`.execute(from);
  await sql`insert into ${sql.table(table)} select * from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows[0]!.all)}::json)`.execute(
    to,
  );
}

async function bare(kind: 'limit' | 'naive'): Promise<Side> {
  const child = bareProcess(kind);
  children.push(child);
  const [port] = await once(child.stdout!, 'data');
  return { port: Number(String(port)), pid: child.pid!, db: openDatabase({ socketDir: site.socketDir, name: kind }, { max: 2 }) };
}

function bareProcess(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(root, 'bench/rush/bare.ts'), ...args], {
    env: { ...process.env, SOCKETS: site.socketDir, DATABASE: args[0]! },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

interface Loaded extends Outcome {
  readonly asks: readonly Ask[];
  /** Seconds of a processor that the server took, without PostgreSQL and the load; not known everywhere. */
  readonly processor: number;
}

/** Lets the load loose from a process of its own, when what followed from the load before has been done. */
async function load({ port, pid, db }: Side, asks: readonly Ask[], rate: number | null = null): Promise<Loaded> {
  await followedUp(db);
  const plan: Plan = { port, connections, rate, questions: asks.map(questionOf) };
  const child = spawn(process.execPath, [join(root, 'bench/rush/load-process.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const before = processorOf(pid);
  child.stdin.end(JSON.stringify(plan));
  const outcome = (await json(child.stdout)) as Outcome;
  return { ...outcome, asks, processor: processorOf(pid) - before };
}

/** The same questions at the limit without HTTP at all. */
async function direct(db: Kysely<DB>, asks: readonly Ask[]): Promise<Loaded> {
  await followedUp(db);
  const child = bareProcess('limit', 'direct');
  child.stdin!.end(JSON.stringify({ connections, questions: asks.map(questionOf) }));
  return { ...((await json(child.stdout!)) as Outcome), asks, processor: NaN };
}

/** As Linux counts it, in hundredths of a second. What else this machine does changes it little, unlike the time on the clock. */
function processorOf(pid: number): number {
  if (process.platform !== 'linux') return NaN;
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13).map(Number);
  return (user! + system!) / 100;
}

function questionOf({ person, session }: Ask): Question {
  return { method: 'PUT', path: `/api/v1/me/programme/${session.code}`, token: person.token };
}

/** The worker of ours follows every line up, also after the rush; the others have none. */
async function followedUp(db: Kysely<DB>): Promise<void> {
  if (db !== site.db) return;
  for (;;) {
    const { rows } = await sql<{
      left: number;
    }>`select count(*)::integer as left from pgboss.job where name = 'journal' and state < 'completed'`.execute(db);
    if (rows[0]!.left === 0) return;
    await new Promise((done) => setTimeout(done, 250));
  }
}

function hotAsks(session: Held): Ask[] {
  return people.slice(0, hot.people).map((person) => ({ person, session }));
}

async function hotClosed(sides: Record<Who, Side>): Promise<Row[]> {
  const name = `hot-closed: ${hot.people} people, ${hot.places} places, ${connections} connections`;
  const loads: Record<Who, Loaded[]> = { ours: [], limit: [], naive: [] };
  for (const session of closed) for (const who of sidesInTurn) loads[who].push(await load(sides[who], hotAsks(session)));
  const rates = bySide(loads, decisionsPerSecond);
  return [
    {
      case: name,
      metric: 'decisions per second',
      value: rates.ours,
      unit: '1/s',
      ...above(rates.ours, 200),
      limit: rates.limit,
      peers: { naive: rates.naive },
    },
    ...latencies(name, loads, 3000),
    ...processorTime(name, loads),
    ...(await orderly(name, loads.ours, sides.ours)),
  ];
}

async function hotOpen(ours: Side): Promise<Row[]> {
  const name = `hot-open: the same at ${hot.rate} a second`;
  const loads: Loaded[] = [];
  for (const session of open) loads.push(await load(ours, hotAsks(session), hot.rate));
  return [...latencies(name, { ours: loads }, 3000), ...(await orderly(name, loads, ours))];
}

/** In parts, by turns, so that what else this machine does is shared by all. */
async function spreadClosed(sides: Record<Who, Side>): Promise<Row[]> {
  const name = `spread: ${spread.people} people, ${spread.each} of ${spread.sessions} sessions each`;
  const asks = wanted(popular, spread.people);
  const loads: Record<Who, Loaded[]> & { direct: Loaded[] } = { ours: [], limit: [], naive: [], direct: [] };
  const size = asks.length / spread.parts;
  for (let part = 0; part < spread.parts; part++) {
    const some = asks.slice(part * size, (part + 1) * size);
    loads.ours.push(await load(sides.ours, some));
    // The limit has as many asks twice: half of each part over HTTP, half without.
    loads.limit.push(await load(sides.limit, some.slice(0, size / 2)));
    loads.direct.push(await direct(sides.limit.db, some.slice(size / 2)));
    loads.naive.push(await load(sides.naive, some.slice(0, naiveAtMost)));
  }
  const rates = bySide(loads, decisionsPerSecond);
  const bareRate = decisionsPerSecond(loads.direct);
  const share = rates.ours / rates.limit;
  return [
    {
      case: name,
      metric: 'decisions per second',
      value: rates.ours,
      unit: '1/s',
      limit: rates.limit,
      peers: { naive: rates.naive, 'limit without HTTP': bareRate },
    },
    { case: name, metric: 'share of the limit', value: share, unit: 'ratio', ...above(share, 0.6) },
    ...latencies(name, { ours: loads.ours, limit: loads.limit, naive: loads.naive }),
    ...processorTime(name, loads),
    ...(await acknowledged(name, loads.ours, sides.ours)),
    must(name, 'deviations in the ledger of the limit', (await ledger(visitOn(sides.limit.db))).found, 0),
  ];
}

async function spreadOpen(ours: Side): Promise<Row[]> {
  const name = `spread-open: the same at ${spread.rate} a second`;
  const loads = [await load(ours, wanted(steady, spread.people).slice(0, spread.rate * spread.seconds), spread.rate)];
  const p95 = quantile(loads[0]!.latencies, 0.95);
  return [
    ...latencies(name, { ours: loads }),
    { case: name, metric: 'p95', value: p95, unit: 'ms', ...below(p95, 500) },
    ...(await acknowledged(name, loads, ours)),
  ];
}

/** Each person a few different sessions, the nth most wanted one wanted 1/n as often (Zipf), in any order. */
function wanted(sessions: readonly Held[], count: number): Ask[] {
  const draw = chance(seed);
  const sums: number[] = [];
  for (const nth of sessions.keys()) sums.push((sums.at(-1) ?? 0) + 1 / (nth + 1));
  const one = (): Held => {
    const drawn = draw() * sums.at(-1)!;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < drawn) low = middle + 1;
      else high = middle;
    }
    return sessions[low]!;
  };
  const asks = people.slice(0, count).flatMap((person) => {
    const chosen = new Set<Held>();
    while (chosen.size < spread.each) chosen.add(one());
    return [...chosen].map((session) => ({ person, session }));
  });
  return shuffled(asks, draw);
}

function shuffled<Item>(items: Item[], draw: () => number): Item[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1));
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
  return items;
}

function bySide(loads: Record<Who, readonly Loaded[]>, figure: (loads: readonly Loaded[]) => number): Record<Who, number> {
  return { ours: figure(loads.ours), limit: figure(loads.limit), naive: figure(loads.naive) };
}

function decisionsPerSecond(loads: readonly Loaded[]): number {
  const sum = (figure: (load: Loaded) => number) => loads.reduce((all, load) => all + figure(load), 0);
  return sum(({ answers }) => answers.filter(({ status }) => status === 201).length) / sum(({ seconds }) => seconds);
}

/** What the server itself costs, in millionths of a second. */
function processorTime(name: string, loads: Record<Who, readonly Loaded[]>): Row[] {
  const sum = (all: readonly Loaded[], figure: (load: Loaded) => number) => all.reduce((sum, load) => sum + figure(load), 0);
  const { ours, limit, naive } = bySide(loads, (all) => (1e6 * sum(all, ({ processor }) => processor)) / sum(all, ({ asks }) => asks.length));
  return Number.isNaN(ours)
    ? []
    : [{ case: name, metric: 'processor time of the server a decision', value: ours, unit: 'us', limit, peers: { naive } }];
}

function latencies(name: string, loads: { readonly ours: readonly Loaded[] } & Partial<Record<Who, readonly Loaded[]>>, most?: number): Row[] {
  const at = (share: number, who: Who): number =>
    quantile(
      (loads[who] ?? []).flatMap(({ latencies }) => latencies),
      share,
    );
  return [0.5, 0.99].map((share) => ({
    case: name,
    metric: `p${share * 100}`,
    value: at(share, 'ours'),
    unit: 'ms',
    ...(most === undefined || share < 0.99 ? {} : below(at(share, 'ours'), most)),
    ...(loads.limit && loads.naive ? { limit: at(share, 'limit'), peers: { naive: at(share, 'naive') } } : {}),
  }));
}

/** Exactly so many have a place as there are, and the line is 1, 2, 3, ... without a gap; the worst round counts. */
async function orderly(name: string, loads: readonly Loaded[], side: Side): Promise<Row[]> {
  const waiting = hot.people - hot.places;
  const rounds = loads.map(({ answers }) => {
    const told = answers.filter(({ status }) => status === 201).map(({ body }) => JSON.parse(body) as { standing: string; position: number | null });
    const line = told.flatMap(({ position }) => (position === null ? [] : [position])).toSorted((a, b) => a - b);
    return { held: told.filter(({ standing }) => standing === 'held').length, inLine: line.filter((position, nth) => position === nth + 1).length };
  });
  const worst = (figures: readonly number[], wanted: number): number => figures.toSorted((a, b) => Math.abs(b - wanted) - Math.abs(a - wanted))[0]!;
  return [
    must(
      name,
      'people with a place',
      worst(
        rounds.map(({ held }) => held),
        hot.places,
      ),
      hot.places,
    ),
    must(
      name,
      'positions 1, 2, 3, ... in the line',
      worst(
        rounds.map(({ inLine }) => inLine),
        waiting,
      ),
      waiting,
    ),
    ...(await acknowledged(name, loads, side)),
  ];
}

/** Every answer was a good one, what was answered is there, and the ledger is right. */
async function acknowledged(name: string, loads: readonly Loaded[], { db }: Side): Promise<Row[]> {
  const { rows } = await sql<{ key: string }>`select session_id || ' ' || person_id || ' ' || standing as key from seats`.execute(db);
  const present = new Set(rows.map(({ key }) => key));
  const answers = loads.flatMap(({ asks, answers }) => asks.map((ask, nth) => ({ ask, ...answers[nth]! })));
  const isThere = ({ ask, body }: (typeof answers)[number]): boolean =>
    present.has(`${ask.session.id} ${ask.person.id} ${(JSON.parse(body) as { standing: string }).standing}`);
  const good = answers.filter(({ status }) => status === 201);
  return [
    must(name, 'answers that are 5xx or none', answers.filter(({ status }) => status === 0 || status >= 500).length, 0),
    must(name, 'answers that are no seat', answers.length - good.length, 0),
    must(name, 'acknowledged and not there', good.filter((answer) => !isThere(answer)).length, 0),
    must(name, 'deviations in the ledger', (await ledger(visitOn(db))).found, 0),
  ];
}

function must(name: string, metric: string, value: number, wanted: number): Row {
  const row = { case: name, metric, value, unit: '', ...exactly(value, wanted) };
  promised.add(row);
  return row;
}
