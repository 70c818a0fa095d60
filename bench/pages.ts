/**
 * Public pages beside a bare Node server that sends the same bytes, and my programme at 100 requests a second, all on
 * this machine with the load beside it: read the ratios, not the figures. It starts the real server on its own folder.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { sessions } from '#rooms/programme/example/all.ts';
import { newSecret, hashOf, newId } from '#ground/chance.server.ts';
import { now } from '#ground/clock.server.ts';
import { openDatabase } from '#ground/database.server.ts';
import { openEmbedded } from '#ground/postgres.server.ts';
import { above, asked, below, quantile, report, type Row } from './table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'innovember-bench-'));
chmodSync(folder, 0o755); // as root, PostgreSQL runs as somebody else, who must get in
const port = 20_000 + (process.pid % 20_000);
const origin = `http://localhost:${port}`;
const environment = { ...process.env, PORT: String(port), DATA_DIR: folder, BASE_URL: origin };
const connections = 20;
const large = 'duizend';

const { seed } = asked();
const server = await start();
try {
  await tool('import', scheduleOf(1000), '--edition', large, '--starts', nextWeek());
  const code = (await json<{ items: { code: string }[] }>('/api/v1/editions/voorbeeld/sessions?limit=1')).items[0]!.code;
  report('pages', seed, [
    ...(await publicPage('programme, 110 sessions', '/programma')),
    ...(await publicPage('programme, 1000 sessions', `/edities/${large}/programma`)),
    ...(await publicPage('session', `/programma/${code}`)),
    ...(await firstVisit()),
    ...(await myProgramme(await signedIn())),
  ]);
} finally {
  server.kill('SIGTERM');
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, 'bin/start.js')], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const said of child.stdout.iterator({ destroyOnReturn: false })) {
    if (String(said).includes('is ready')) {
      child.stdout.resume();
      return child;
    }
  }
  throw new Error('the server did not start');
}

async function tool(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'bin/innovember.js'), ...args], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`innovember ${args[0]} ended with ${code}`);
}

function nextWeek(): string {
  return new Date(now().getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
}

/** A month of so many sessions, the texts of the example edition over and over. */
function scheduleOf(count: number): string {
  const days = Array.from({ length: 28 }, (_, day) => {
    const date = `2027-02-${String(day + 1).padStart(2, '0')}`;
    const events = Array.from({ length: count }, (_, nth) => nth)
      .filter((nth) => nth % 28 === day)
      .map((nth) => {
        const { title, summary, description, themes } = sessions[nth % sessions.length]!;
        const start = `${String(9 + (Math.floor(nth / 28) % 8)).padStart(2, '0')}:${nth % 2 ? '00' : '30'}`;
        return {
          id: nth + 1,
          guid: `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`,
          date: `${date}T${start}:00+01:00`,
          start,
          duration: '00:50',
          room: 'Zaal',
          title: `${title.nl} (${nth})`,
          abstract: summary.nl,
          description: description.nl,
          track: themes[0],
          type: 'lecture',
          language: 'nl',
          persons: [],
        };
      });
    return { index: day + 1, date, rooms: { Zaal: events } };
  });
  const file = join(folder, 'schedule.json');
  writeFileSync(
    file,
    JSON.stringify({ schedule: { version: '1', conference: { title: 'Duizend', acronym: large, time_zone_name: 'Europe/Amsterdam', days } } }),
  );
  return file;
}

async function publicPage(name: string, path: string): Promise<Row[]> {
  const { body, headers } = await answerOf(path);
  const bare = createServer((_, response) => response.writeHead(200, { ...headers, 'content-length': body.length }).end(body)).listen(0);
  await once(bare, 'listening');
  await load(`${origin}${path}`, { duration: 2 });
  const ours = await load(`${origin}${path}`);
  const limit = await load(`http://localhost:${(bare.address() as AddressInfo).port}`);
  bare.close();
  const share = ours.requests.average / limit.requests.average;
  return [
    {
      case: name,
      metric: 'requests per second',
      value: ours.requests.average,
      unit: '1/s',
      limit: limit.requests.average,
      peers: { 'bare server': limit.requests.average },
    },
    { case: name, metric: 'share of the bare server', value: share, unit: 'ratio', ...above(share, 0.5) },
    { case: name, metric: 'p99', value: ours.latency.p99, unit: 'ms', peers: { 'bare server': limit.latency.p99 } },
  ];
}

/** What a first visit of the programme costs: the page and everything that it names. */
async function firstVisit(): Promise<Row[]> {
  const page = await answerOf('/programma', 'identity');
  const named = [...new Set([...page.body.toString().matchAll(/(?:href|src)="(\/_app\/[^"]+)"/g)].map((found) => found[1]!))];
  const sizes = await Promise.all(named.map(async (path) => ({ path, bytes: (await answerOf(path)).body.length })));
  const sum = (kind: RegExp): number => sizes.filter(({ path }) => kind.test(path)).reduce((all, { bytes }) => all + bytes, 0);
  const html = (await answerOf('/programma')).body.length;
  const script = sum(/\.js$/);
  const fonts = sum(/\.woff2$/);
  const whole = html + script + sum(/\.css$/);
  const name = 'first visit of the programme';
  return [
    { case: name, metric: 'page, style and script', value: whole, unit: 'B', ...below(whole, 60_000) },
    { case: name, metric: 'script', value: script, unit: 'B', ...below(script, 20_000) },
    { case: name, metric: 'fonts', value: fonts, unit: 'B', ...below(fonts, 90_000) },
  ];
}

async function myProgramme(cookie: string): Promise<Row[]> {
  await evenly(`${origin}/mijn-programma`, cookie, 100, 3);
  const times = await evenly(`${origin}/mijn-programma`, cookie, 100, 20);
  const name = 'my programme at 100 a second';
  return [
    { case: name, metric: 'p50', value: quantile(times, 0.5), unit: 'ms' },
    { case: name, metric: 'p95', value: quantile(times, 0.95), unit: 'ms', ...below(quantile(times, 0.95), 50) },
    { case: name, metric: 'p99', value: quantile(times, 0.99), unit: 'ms' },
  ];
}

/**
 * So many questions a second, each at its own moment whether the earlier ones were answered or not (open loop), and how
 * many milliseconds each took from the moment it was due: what waits in a row is counted.
 */
async function evenly(url: string, cookie: string, rate: number, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const begin = performance.now();
  const asking = Array.from({ length: rate * seconds }, async (_, nth) => {
    const due = begin + (nth * 1000) / rate;
    await new Promise((done) => setTimeout(done, due - performance.now()));
    const [answer] = await once(request(url, { agent, headers: { cookie } }).end(), 'response');
    for await (const _chunk of answer);
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`);
    return performance.now() - due;
  });
  const times = await Promise.all(asking);
  agent.destroy();
  return times;
}

/** The cookie of somebody with five sessions. */
async function signedIn(): Promise<string> {
  const embedded = await openEmbedded({ dataDir: folder, root });
  const db = openDatabase({ socketDir: embedded.socketDir, name: 'postgres' }, { max: 1 });
  const person = newId(now());
  const secret = newSecret();
  const bearer = newSecret();
  const until = new Date(now().getTime() + 3_600_000);
  await db.insertInto('people').values({ id: person, email: 'deelnemer-1@example.org', created_at: now() }).execute();
  await db
    .insertInto('sign_ins')
    .values({ id: newId(now()), person_id: person, token_hash: hashOf(secret), created_at: now(), expires_at: until })
    .execute();
  await db
    .insertInto('access_tokens')
    .values({ id: newId(now()), person_id: person, token_hash: hashOf(bearer), scopes: [], created_at: now(), expires_at: until })
    .execute();
  await db.destroy();
  await embedded.release();
  const { items } = await json<{ items: { code: string }[] }>(
    `/api/v1/editions/voorbeeld/sessions?limit=5&from=${encodeURIComponent(until.toISOString())}`,
  );
  for (const { code } of items)
    await fetch(`${origin}/api/v1/me/programme/${code}`, { method: 'PUT', headers: { authorization: `Bearer ${bearer}` } });
  return `__Host-sign-in=${secret}`;
}

async function load(url: string, more: Partial<autocannon.Options> = {}): Promise<autocannon.Result> {
  const { headers, ...rest } = more;
  const run = await autocannon({ url, connections, duration: 6, headers: { 'accept-encoding': 'br', ...headers }, ...rest });
  if (run.non2xx + run.errors > 0) throw new Error(`${url}: ${run.non2xx} answers that are no page, ${run.errors} errors`);
  return run;
}

/** The bytes as they travel. */
async function answerOf(path: string, encoding = 'br'): Promise<{ body: Buffer; headers: Record<string, string> }> {
  const asking = request(`${origin}${path}`, { headers: { 'accept-encoding': encoding } }).end();
  const [answer] = await once(asking, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`);
  const own = ['connection', 'keep-alive', 'date', 'transfer-encoding'];
  return {
    body: Buffer.concat(chunks),
    headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !own.includes(name))) as Record<string, string>,
  };
}

async function json<T>(path: string): Promise<T> {
  return (await fetch(`${origin}${path}`)).json() as Promise<T>;
}
