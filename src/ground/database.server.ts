import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { refusals } from './measures.server.ts';
import { isRefusal } from './refusal.ts';
import type { DB } from './tables.ts';
import type { Visit } from './visit.ts';

/** Where a database is: an address, or the folder with the socket of the embedded one. */
export type Where = { readonly url: string } | { readonly socketDir: string; readonly name: string };

/** Opens a pool; days come as 'YYYY-MM-DD', counts as numbers, moments as Date. */
export function openDatabase(where: Where, { max = 20 } = {}): Kysely<DB> {
  const pool = new pg.Pool({ ...connectionTo(where), max, application_name: 'innovember', types });
  // A lost connection, idle or at work, fails its query and is opened again by the next; it must not end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  pools.add(pool);
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

const pools = new Set<pg.Pool>();
/** How many connections of this process are at work, and how many questions wait for one. */
export const poolsInUse = (): { readonly busy: number; readonly waiting: number } => {
  const open = [...pools].filter(({ ended }) => !ended);
  return {
    busy: open.reduce((sum, { totalCount, idleCount }) => sum + totalCount - idleCount, 0),
    waiting: open.reduce((sum, { waitingCount }) => sum + waitingCount, 0),
  };
};

export const connectionTo = (where: Where): { connectionString: string } | { host: string; user: string; database: string } =>
  'url' in where ? { connectionString: where.url } : { host: where.socketDir, user: 'innovember', database: where.name };

let ofThisProcess: Kysely<DB> | undefined;
/** The database that this process works with, opened once at its start. */
export function database(): Kysely<DB> {
  if (!ofThisProcess) throw new Error('The database is not open yet');
  return ofThisProcess;
}
export const useDatabase = (db: Kysely<DB>): void => void (ofThisProcess = db);

/**
 * All or nothing: what the work did is undone when it ends in a refusal or a fault. Inside another `atOnce` it is part
 * of that one. The work may run again when two visitors held each other up, so it does nothing outside the database.
 */
export async function atOnce<T>(visit: Visit, work: (visit: Visit) => Promise<T>): Promise<T> {
  if (visit.db.isTransaction) return work(visit);
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(visit, work);
    } catch (fault) {
      if (attempt === 4 || !heldEachOtherUp(fault)) throw fault;
    }
  }
}

async function once<T>(visit: Visit, work: (visit: Visit) => Promise<T>): Promise<T> {
  const refused: { result?: T } = {};
  const inside = async (db: Transaction<DB>): Promise<T> => {
    const result = await work({ ...visit, db });
    if (!isRefusal(result)) return result;
    refusals.inc({ refused: result.refused });
    refused.result = result;
    throw new Error('undone by a refusal');
  };
  try {
    return await visit.db.transaction().execute(inside);
  } catch (fault) {
    if ('result' in refused) return refused.result as T;
    throw fault;
  }
}

// Deadlock detected, serialization failure.
const heldEachOtherUp = (fault: unknown): boolean => fault instanceof pg.DatabaseError && (fault.code === '40P01' || fault.code === '40001');

/** Whether something would have changed in an edition that is closed: the last word on it is the database's. */
export const isOfClosedEdition = (fault: unknown): boolean => fault instanceof pg.DatabaseError && fault.code === 'IN001';

/**
 * Whether the database was away or had to stop while it was asked: not the fault of who asked, who may try again. What
 * was asked may have happened all the same, when the answer was lost on its way.
 */
export function isAway(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const code = 'code' in fault ? String(fault.code) : '';
  return /^(57P0[1-5]|08...|53300|E(CONN(REFUSED|RESET|ABORTED)|PIPE|NOENT|TIMEDOUT))$/.test(code) || lost.test(fault.message);
}
// As pg says it, without a code.
const lost = /^(Connection terminated|Client has encountered a connection error|timeout expired)/;

const asText = (value: string): string => value;
const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  [pg.types.builtins.DATE]: asText,
  [pg.types.builtins.INT8]: Number,
};
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => parsers[oid] ?? pg.types.getTypeParser(oid, format),
};
