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
import { finishRestore } from '#rooms/upkeep';

export interface House {
  readonly where: Where;
  /** The migrations that this opening ran. */
  readonly applied: readonly string[];
  readonly db: Kysely<DB>;
  readonly close: () => Promise<void>;
}

/** Where the database of an installation is; the embedded one is started when it does not run. */
export async function findDatabase({
  dataDir,
  databaseUrl,
}: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<{ where: Where; release: () => Promise<unknown> }> {
  if (databaseUrl !== null) return { where: { url: databaseUrl }, release: () => Promise.resolve() };
  const embedded = await openEmbedded({ dataDir, root, onReturn: () => log.warn('PostgreSQL was gone and runs again') });
  return { where: { socketDir: embedded.socketDir, name: 'postgres' }, release: embedded.release };
}

/** Who looks at an installation as it is, such as a backup before an update, leaves its tables as they are. */
export async function openHouse(settings: Config, { asItIs = false } = {}): Promise<House> {
  const { where, release } = await findDatabase(settings);
  const db = openDatabase(where);
  const close = async () => {
    await db.destroy();
    await release();
  };
  try {
    const applied = asItIs ? [] : await migrate(db, join(root, 'migrations'));
    useDatabase(db);
    if (!asItIs) await finishRestore(visitOfHouse(db, 'restore'), settings.dataDir);
    return { where, applied, db, close };
  } catch (fault) {
    await close();
    throw settings.databaseUrl === null ? fault : whyNoDatabase(fault);
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
