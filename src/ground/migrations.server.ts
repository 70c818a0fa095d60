// The database is brought up to date by numbered files of plain SQL, each once, in order, by one process at a time.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { getConstructionPlans, getMigrationPlans } from 'pg-boss';
import type { DB } from './tables.ts';

export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

/** Applies what is not applied yet, and answers the names of what it did. */
export async function migrate(db: Kysely<DB>, folder: string): Promise<string[]> {
  const migrations = await migrationsIn(folder);
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${lockKey})`.execute(connection);
    try {
      const done = await applyNew(connection, migrations);
      await prepareQueues(connection);
      return done;
    } finally {
      await sql`select pg_advisory_unlock(${lockKey})`.execute(connection);
    }
  });
}

export async function migrationsIn(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** The same for who holds the lock already: outside a transaction each is one of its own, inside one they are part of it. */
export async function applyNew(connection: Kysely<DB>, migrations: readonly Migration[]): Promise<string[]> {
  await sql`create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(
    connection,
  );
  const { rows } = await sql<{ name: string; checksum: string }>`select name, checksum from migrations order by name`.execute(connection);
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  refuseWhatDoesNotFit(applied, migrations);
  const fresh = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of fresh) await apply(connection, migration);
  return fresh.map(({ name }) => name);
}

function refuseWhatDoesNotFit(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const changed = migrations.filter(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum).map(({ name }) => name);
  if (changed.length > 0)
    throw new Error(
      `Changed since it was applied to this database: ${changed.join(', ')}. A migration that was applied never changes; put it back and write a new one.`,
    );
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Error(
      `This database was made by a newer INNOvember, which applied ${unknown.join(', ')}. Start that version, or restore an earlier backup.`,
    );
}

/**
 * Beside a server that works, a change of a table waits for whoever uses it, and everybody after it waits for the change.
 * So it waits two seconds at most, lets everybody go first, and tries again.
 */
async function apply(connection: Kysely<DB>, migration: Migration): Promise<void> {
  if (connection.isTransaction) return run(connection, migration);
  for (let attempt = 1; ; attempt++) {
    try {
      return await connection.transaction().execute(async (trx) => {
        await sql`select set_config('lock_timeout', '2s', true)`.execute(trx);
        await run(trx, migration);
      });
    } catch (fault) {
      if (attempt === 20 || !waitedTooLong(fault)) throw fault;
      await pause(250 * Math.min(attempt, 8));
    }
  }
}

async function run(trx: Kysely<DB>, { name, text, checksum }: Migration): Promise<void> {
  await sql
    .raw(text)
    .execute(trx)
    .catch((fault: unknown) => {
      throw new Error(`Migration ${name} failed: ${fault instanceof Error ? fault.message : String(fault)}`, { cause: fault });
    });
  await sql`insert into migrations (name, checksum) values (${name}, ${checksum})`.execute(trx);
}

const waitedTooLong = (fault: unknown): boolean =>
  fault instanceof Error && fault.cause instanceof Error && 'code' in fault.cause && fault.cause.code === '55P03';

/** The queue of what follows from the journal belongs to the database, so that a line can always be written with its job. */
export async function prepareQueues(connection: Kysely<DB>): Promise<void> {
  const version = await versionOfQueues(connection);
  const plan = getConstructionPlans('pgboss');
  const newest = Number(/pgboss\.version\(version\) VALUES \('(\d+)'\)/.exec(plan)?.[1]);
  if (version === null) await sql.raw(plan).execute(connection);
  else if (version < newest) await sql.raw(getMigrationPlans('pgboss', version)).execute(connection);
  await makeQueue(connection, 'journal-failed', { retentionSeconds: year, deleteAfterSeconds: year });
  await makeQueue(connection, 'journal', { deadLetter: 'journal-failed' });
}

async function versionOfQueues(connection: Kysely<DB>): Promise<number | null> {
  const {
    rows: [there],
  } = await sql<{ is: boolean }>`select to_regclass('pgboss.version') is not null as is`.execute(connection);
  if (!there?.is) return null;
  const {
    rows: [at],
  } = await sql<{ version: number }>`select version from pgboss.version`.execute(connection);
  return at?.version ?? null;
}

const makeQueue = (connection: Kysely<DB>, name: string, options: object) =>
  sql`select pgboss.create_queue(${name}, ${JSON.stringify({ policy: 'standard', ...options })}::jsonb)`.execute(connection);

const year = 365 * 86_400;
/** Who holds this advisory lock changes the tables, or brings them back from a backup; a start waits for it. */
export const lockKey = 1990;
