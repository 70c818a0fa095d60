// The real server as processes of its own on a fresh folder with its own PostgreSQL, which can be killed and started again.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql, type Kysely } from 'kysely';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import { now } from '#ground/clock.server.ts';
import { openDatabase } from '#ground/database.server.ts';
import { openEmbedded } from '#ground/postgres.server.ts';
import type { DB } from '#ground/tables.ts';
import type { PersonId, SessionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import type { Attendance } from '#rooms/programme/session.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Server {
  readonly port: number;
  /** Starts it (again); answers how many milliseconds it took until it was ready. */
  readonly start: () => Promise<number>;
  readonly kill: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>;
  readonly pid: () => number;
  /** What it said on standard error. */
  readonly said: () => string;
}

export interface Site {
  readonly dataDir: string;
  readonly socketDir: string;
  readonly db: Kysely<DB>;
  readonly server: Server;
  /** Another server on the same database. */
  readonly another: () => Promise<Server>;
  /** Kills its first process, with or without those that work for it; answers that it runs again under another number. */
  readonly killPostgres: (whole: boolean) => () => boolean;
  readonly close: () => Promise<void>;
}

/** An empty installation: no example edition. `prepare` fills it before the server starts. */
export async function openSite(prepare: (db: Kysely<DB>, dataDir: string, socketDir: string) => Promise<void> = async () => {}): Promise<Site> {
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-rush-'));
  await chmod(dataDir, 0o711); // as root, PostgreSQL runs as somebody else, who must get in
  await tool(dataDir, ['role', 'beheerder@example.org', 'admin']);
  const socketDir = await prepared(dataDir, prepare);
  const servers = [await serverOn(dataDir, {})];
  await servers[0]!.start();
  const db = openDatabase({ socketDir, name: 'postgres' }, { max: 4 });
  return {
    dataDir,
    socketDir,
    db,
    server: servers[0]!,
    another: async () => {
      const server = await serverOn(dataDir, { DATABASE_URL: `postgres://innovember@localhost/postgres?host=${encodeURIComponent(socketDir)}` });
      servers.push(server);
      await server.start();
      return server;
    },
    killPostgres: (whole) => {
      const first = postmasterOf(dataDir);
      const all = whole ? processesIn(join(dataDir, 'postgres')) : [first];
      for (const pid of [first, ...all]) kill(pid);
      return () => ![0, first].includes(postmasterOf(dataDir));
    },
    close: async () => {
      await db.destroy();
      for (const server of servers.toReversed()) await server.kill('SIGTERM');
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

async function prepared(dataDir: string, prepare: (db: Kysely<DB>, dataDir: string, socketDir: string) => Promise<void>): Promise<string> {
  const embedded = await openEmbedded({ dataDir, root });
  const db = openDatabase({ socketDir: embedded.socketDir, name: 'postgres' }, { max: 4 });
  try {
    await prepare(db, dataDir, embedded.socketDir);
  } finally {
    await db.destroy();
    await embedded.release();
  }
  return embedded.socketDir;
}

/** 0 while there is none. */
function postmasterOf(dataDir: string): number {
  try {
    return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n', 1)[0]);
  } catch {
    return 0;
  }
}

/** Everything that works in this folder, where that can be seen. */
function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  const isIn = (pid: number): boolean => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isIn(pid));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone by itself
  }
}

const ownEnvironment = (dataDir: string): NodeJS.ProcessEnv => {
  const { BASE_URL: _url, LOG_LEVEL: _level, DATABASE_URL: _database, SMTP_URL: _smtp, ...environment } = process.env;
  return { ...environment, NODE_ENV: 'production', DATA_DIR: dataDir, DEMO: 'off', LOG_LEVEL: 'error' };
};

async function serverOn(dataDir: string, more: NodeJS.ProcessEnv): Promise<Server> {
  const port = await freePort();
  const main = join(root, 'build/server/main.js');
  if (!existsSync(main)) throw new Error('This needs the built server: run npm run build.');
  let child: ChildProcess | undefined;
  let said = '';
  return {
    port,
    pid: () => child?.pid ?? 0,
    said: () => said,
    start: async () => {
      const begin = performance.now();
      const started = spawn(process.execPath, [main], {
        cwd: root,
        env: { ...ownEnvironment(dataDir), PORT: String(port), ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      started.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
      await ready(started, () => said);
      return performance.now() - begin;
    },
    kill: async (signal) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

function ready(child: ChildProcess, said: () => string): Promise<void> {
  return new Promise((done, fail) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('is ready')) done();
      else if (/^\{.*"level":"(error|fatal)"/m.test(chunk.toString())) process.stderr.write(chunk);
    });
    child.once('exit', (code, signal) => fail(new Error(`The server stopped (${code ?? signal}). ${said()}`)));
  });
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

/** The operator's tool; answers what it said. */
export async function tool(dataDir: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'build/server/innovember.js'), ...args], {
    cwd: root,
    env: ownEnvironment(dataDir),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(input);
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`innovember ${args[0]} ended with ${code}: ${said}`);
  return said;
}

export interface Participant {
  readonly id: PersonId;
  readonly token: string;
}

/** So many participants, each with a token, made by the operator's tool beside the server. */
export async function participants(dataDir: string, db: Kysely<DB>, count: number, name = 'deelnemer'): Promise<Participant[]> {
  const emails = Array.from({ length: count }, (_, nth) => `${name}-${nth + 1}@example.org`);
  const tokens = (await tool(dataDir, ['token', '-'], emails.join('\n'))).trim().split('\n');
  const { rows } = await sql<{ id: PersonId; email: string }>`select id, email from people where email = any(${emails}::text[])`.execute(db);
  const ids = new Map(rows.map(({ id, email }) => [email, id]));
  return emails.map((email, nth) => ({ id: ids.get(email)!, token: tokens[nth]! }));
}

export interface Held {
  readonly id: SessionId;
  readonly code: string;
}

/** An edition of sessions with places, of which nothing overlaps: each starts an hour after the one before, from next week on. */
export async function editionOf(db: Kysely<DB>, slug: string, places: readonly Readonly<Record<Attendance, number | null>>[]): Promise<Held[]> {
  const moment = now();
  const edition = newId<'edition'>(moment);
  const day = (from: number): string => new Date(moment.getTime() + from * 86_400_000).toISOString().slice(0, 10);
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${edition}, ${slug}, '{"nl":"Proef"}', ${day(7)}, ${day(90)}, 'Europe/Amsterdam', ${moment})`.execute(db);
  const rows = places.map((capacity, nth) => ({
    ...capacity,
    id: newId<'session'>(moment),
    code: newSessionCode(),
    starts_at: new Date(moment.getTime() + 7 * 86_400_000 + nth * 3_600_000),
  }));
  await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, starts_at, ends_at, updated_at, created_at)
    select id, ${edition}, code, '{"nl":"Sessie"}', 'workshop', 'public', 'published', starts_at, starts_at + interval '50 minutes', ${moment}, ${moment}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text, starts_at timestamptz)`.execute(db);
  await sql`insert into places (session_id, attendance, capacity)
    select id, 'onSite', "onSite" from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "onSite" integer)
    union all select id, 'online', online from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, online integer)`.execute(db);
  return rows.map(({ id, code }) => ({ id, code }));
}

/** The house itself asks, such as for the ledger. */
export const visitOn = (db: Kysely<DB>): Visit => ({ language: 'en', now: now(), db, person: null, request: 'proof' });
