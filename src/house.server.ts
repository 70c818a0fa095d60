// Opens and closes the house: its database, up to date, with the example edition on the first day.
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { now } from '#ground/clock.server.ts';
import { root, type Config } from '#ground/config.server.ts';
import { openDatabase, useDatabase, type Where } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { migrate } from '#ground/migrations.server.ts';
import { openEmbedded } from '#ground/postgres.server.ts';
import type { DB } from '#ground/tables.ts';
import type { Visit } from '#ground/visit.ts';

export interface House {
  readonly where: Where;
  /** The migrations that this opening ran. */
  readonly applied: readonly string[];
  readonly db: Kysely<DB>;
  readonly close: () => Promise<void>;
}

export async function openHouse({ dataDir, databaseUrl }: Config): Promise<House> {
  const embedded =
    databaseUrl === null ? await openEmbedded({ dataDir, root, onReturn: () => log.warn('PostgreSQL was gone and runs again') }) : undefined;
  const where: Where = embedded ? { socketDir: embedded.socketDir, name: 'postgres' } : { url: databaseUrl ?? '' };
  const db = openDatabase(where);
  const close = async () => {
    await db.destroy();
    await embedded?.release();
  };
  try {
    const applied = await migrate(db, join(root, 'migrations'));
    useDatabase(db);
    return { where, applied, db, close };
  } catch (fault) {
    await close();
    throw databaseUrl === null ? fault : whyNoDatabase(fault);
  }
}

/** Without the address, because that holds the password. */
function whyNoDatabase(fault: unknown): unknown {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  if (!/^(E[A-Z]+|28...|3D...)$/.test(code)) return fault;
  return new Error(`The database that DATABASE_URL names does not let us in (${code}). Check that it runs, and its address, name and password.`, {
    cause: fault,
  });
}

/** The house itself asks: at its start, for a reaction, in the operator's tool. */
export const visitOfHouse = (db: Kysely<DB>, request: string): Visit => ({ language: 'nl', now: now(), db, person: null, request });
