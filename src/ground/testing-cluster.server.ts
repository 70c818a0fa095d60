// Runs once for a whole run of tests: a PostgreSQL of its own with one migrated database, of which each test file gets a copy.
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { openDatabase } from './database.server.ts';
import { migrate } from './migrations.server.ts';
import { openEmbedded } from './postgres.server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    socketDir: string;
  }
}

const root = resolve(import.meta.dirname, '../..');

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'innovember-test-'));
  await chmod(folder, 0o711);
  const postgres = await openEmbedded({ dataDir: folder, root, settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] });
  await makeTemplate(postgres.socketDir);
  project.provide('socketDir', postgres.socketDir);
  return async () => {
    await postgres.release();
    await rm(folder, { recursive: true, force: true });
  };
}

async function makeTemplate(socketDir: string): Promise<void> {
  const maker = openDatabase({ socketDir, name: 'postgres' }, { max: 1 });
  await sql`create database migrated`.execute(maker);
  await maker.destroy();
  const db = openDatabase({ socketDir, name: 'migrated' }, { max: 2 });
  await migrate(db, join(root, 'migrations'));
  await db.destroy();
}
