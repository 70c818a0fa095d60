// How the house is doing, for the machines that watch it: /metrics and /readyz.
import { timingSafeEqual, createHash } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Gauge } from 'prom-client';
import { now } from '#ground/clock.server.ts';
import { config, root } from '#ground/config.server.ts';
import { database, poolsInUse } from '#ground/database.server.ts';
import { measures, watchProcess } from '#ground/measures.server.ts';
import { migrationsIn } from '#ground/migrations.server.ts';
import { streamsOpen } from './live/live.ts';

/** Whoever knows the token of the settings; how long the comparing takes says nothing about it. */
export function mayReadMetrics(authorization: string | undefined): boolean {
  const token = config().metricsToken;
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === null || given === undefined) return false;
  const [a, b] = [token, given].map((word) => createHash('sha256').update(word).digest());
  return timingSafeEqual(a!, b!);
}

const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
  new Gauge({ name: `innovember_${name}`, help, labelNames: [...labelNames], registers: [measures] });
const ages = gauge(
  'oldest_seconds',
  'How long the oldest has waited: letter in the outbox, line not followed up or not sealed, person in a waiting list',
  ['of'],
);
const waiting = gauge('waiting', 'How many wait: letters, lines, people in a waiting list', ['of']);
const aside = gauge('failed', 'How many were kept aside because they failed', ['of']);
const streams = gauge('streams_open', 'Live streams that are open');
const connections = gauge('database_connections', 'Connections of this process at work, and questions that wait for one', ['state']);

/** Everything that is counted and measured, as Prometheus reads it. */
export async function metrics(): Promise<{ readonly type: string; readonly text: string }> {
  watchProcess();
  streams.set(streamsOpen());
  const { busy, waiting: asking } = poolsInUse();
  connections.set({ state: 'busy' }, busy);
  connections.set({ state: 'waiting' }, asking);
  for (const { of, count, seconds } of await queues()) {
    waiting.set({ of }, count);
    ages.set({ of }, seconds);
  }
  const { rows } = await sql<{ of: string; count: number }>`
    select 'reactions' as of, count(*) as count from pgboss.job where name = 'journal-failed'
    union all select 'letters', count(*) from letters where dropped_at is not null and last_fault ~ '^(unknown|[A-Z0-9_]+( [0-9]{3})?)$'`.execute(
    database(),
  );
  for (const { of, count } of rows) aside.set({ of }, count);
  return { type: measures.contentType, text: await measures.metrics() };
}

interface Queue {
  readonly of: string;
  readonly count: number;
  readonly seconds: number;
}

async function queues(): Promise<Queue[]> {
  const { rows } = await sql<Queue>`
    select of, count(since) as count, coalesce(greatest(extract(epoch from now() - min(since)), 0), 0)::float8 as seconds from (
      select 'letters' as of, created_at as since from letters where sent_at is null and dropped_at is null
      union all select 'reactions', created_on from pgboss.job where name = 'journal' and state < 'completed'
      union all select 'unsealed lines', happened_at from journal where sealed_in is null
      union all select 'waiting lists', claimed_at from seats where standing = 'waiting'
      union all select unnest(array['letters', 'reactions', 'unsealed lines', 'waiting lists']), null
    ) waiting group by of`.execute(database());
  return rows;
}

/** A part of being ready; the house does not serve without those that are needed, and tells of the others. */
interface Part {
  readonly isWell: boolean;
  readonly isNeeded: boolean;
  readonly said: string;
}

const leastDisk = 100_000_000;
const longestQueue = 900;
const mostSkew = 30;

/** Whether we can serve: the database answers and knows our migrations, and there is room on the disk. */
export async function readiness(): Promise<{ readonly isReady: boolean; readonly parts: Readonly<Record<string, Part>> }> {
  const parts = { disk: await disk(), ...(await inDatabase().catch(() => ({ database: part(false, 'does not answer') }))) };
  return { isReady: Object.values(parts).every(({ isWell, isNeeded }) => isWell || !isNeeded), parts };
}

const part = (isWell: boolean, said: string, isNeeded = true): Part => ({ isWell, isNeeded, said });

async function disk(): Promise<Part> {
  const free = await statfs(config().dataDir).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
  return free === null ? part(true, 'nothing is kept here') : part(free > leastDisk, `${Math.round(free / 1e6)} MB free`);
}

let ours: readonly string[] | undefined;
async function inDatabase() {
  const { rows } = await sql<{ at: Date; applied: readonly string[]; queue: number }>`
    select clock_timestamp() as at, (select coalesce(array_agg(name), '{}') from migrations) as applied,
      coalesce((select extract(epoch from now() - min(start_after)) from pgboss.job where name = 'journal' and state < 'active'), 0)::float8 as queue`.execute(
    database(),
  );
  const [{ at, applied, queue }] = rows as [(typeof rows)[number]];
  ours ??= (await migrationsIn(join(root, 'migrations'))).map(({ name }) => name);
  const missing = ours.filter((name) => !applied.includes(name));
  const skew = Math.abs(at.getTime() - now().getTime()) / 1000;
  return {
    database: part(true, 'answers'),
    migrations: part(missing.length === 0, missing.length === 0 ? 'all applied' : `missing: ${missing.join(', ')}`),
    // Late letters and a clock that is off ask for somebody, but who reads the programme has no use for a closed house.
    queue: part(queue < longestQueue, `${Math.round(queue)} s behind`, false),
    clock: part(skew < mostSkew, `${skew.toFixed(1)} s from the database`, false),
  };
}
