/**
 * Brings a backup back. Everything of the database happens in one transaction, and its commit decides: whatever goes
 * wrong before leaves what there was, whatever goes wrong after is finished by the next who opens the house.
 */
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql, type Kysely, type Transaction } from 'kysely';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { newId } from '#ground/chance.server.ts';
import type { Where } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import { applyNew, lockKey, prepareQueues, type Migration } from '#ground/migrations.server.ts';
import type { DB } from '#ground/tables.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { erasedIn, eraseAgain } from '#rooms/privacy';
import { whyNoFit } from './fit.ts';
import { fact, note } from './folder.server.ts';
import type { Keys } from './lock.server.ts';
import type { Damage, FirstLeaf, LastLeaf, Table } from './manifest.ts';
import { readBackup } from './read.server.ts';
import { changePlaces, clearAside, leftAside, makeAside, stage, standing } from './staging.server.ts';
import { copyIn, copyOut, jobs, openLine, plainSpeech, tablesIn, type Line } from './tables.server.ts';

export interface Order {
  readonly where: Where;
  readonly dataDir: string;
  readonly file: string;
  readonly keys: Keys;
  readonly migrations: readonly Migration[];
  readonly now: Date;
  /** What there is may go; it is told where a backup of it can be written first. */
  readonly force: (() => Promise<string>) | null;
  readonly onProgress?: (part: string) => void;
}

export interface Restored {
  readonly madeAt: string;
  readonly version: string;
  readonly rows: number;
  readonly files: number;
  /** Migrations that were newer than the backup. */
  readonly migrated: readonly string[];
  /** How many were erased after the backup was made, and are again. */
  readonly erased: number;
  readonly before: string | null;
}

export type NotRestored =
  | { readonly not: 'damaged'; readonly damage: readonly Damage[] }
  | { readonly not: 'newer' | 'another'; readonly names: readonly string[] }
  | { readonly not: 'running' | 'not-empty' };

/** The lock that a start waits for is held until everything is finished, so that nobody meets half of it. */
export async function restore(order: Order, finish: (where: Where) => Promise<unknown>): Promise<Restored | NotRestored> {
  const { first, last, damage } = await readBackup(order.file, order.keys, { ...(order.onProgress && { onProgress: order.onProgress }) });
  if (!first || !last || damage.length > 0) return { not: 'damaged', damage };
  const unfit = whyNoFit(first.migrations, order.migrations);
  if (unfit) return unfit;
  const line = await openLine(order.where, 'innovember restore');
  try {
    if (!(await isOurs(line))) return { not: 'running' };
    const isEmpty = !(await holdsSomething(line.db));
    if (!isEmpty && !order.force) return { not: 'not-empty' };
    const before = isEmpty ? null : ((await order.force?.()) ?? null);
    await prepareQueues(line.db);
    const { migrated, erased } = await replace(line, order, first, last);
    await finish(order.where);
    const rows = Object.values(last.tables).reduce((sum, table) => sum + table.rows, 0);
    return { madeAt: first.madeAt, version: first.version, rows, files: Object.keys(last.files).length, migrated, erased: erased.length, before };
  } finally {
    await line.close();
  }
}

/** Whether nobody else works with this database: no server, and no other command that begins or restores. */
async function isOurs({ db }: Line): Promise<boolean> {
  const lock = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${lockKey}) as mine`.execute(db);
  if (!lock.rows[0]?.mine) return false;
  // Who has just stopped may take a moment to be gone.
  for (let turn = 0; turn < 10; turn++) {
    const others = await sql`
      select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name in ('innovember', 'innovember worker')`.execute(
      db,
    );
    if (others.rows.length === 0) return true;
    await pause(100);
  }
  return false;
}

async function holdsSomething(db: Kysely<DB>): Promise<boolean> {
  for (const table of ['people', 'editions']) {
    const { rows: there } = await sql<{ is: boolean }>`select to_regclass(${`public.${table}`}) is not null as is`.execute(db);
    if (there[0]?.is && (await sql`select from ${sql.table(table)} limit 1`.execute(db)).rows.length > 0) return true;
  }
  return false;
}

async function replace(
  line: Line,
  order: Order,
  first: FirstLeaf,
  last: LastLeaf,
): Promise<{ migrated: readonly string[]; erased: readonly PersonId[] }> {
  const { dataDir, file, now } = order;
  const id = newId<'restore'>(now);
  const erased = [
    ...new Set([
      ...(await erasedHere(line.db)),
      ...(await erasedIn(dirname(file))).map(({ person }) => person),
      ...(await erasedIn(dataDir)).map(({ person }) => person),
    ]),
  ];
  const before = await standing(dataDir);
  await makeAside(dataDir, id);
  try {
    const migrated = await line.db.transaction().execute(async (trx) => {
      await plainSpeech.execute(trx);
      await sql`select set_config('lock_timeout', '10s', true)`.execute(trx);
      await layOut(
        trx,
        order.migrations.filter(({ name }) => first.migrations.some((theirs) => theirs.name === name)),
      );
      await load(line, trx, order, first, last, id);
      const migrated = await applyNew(trx, order.migrations);
      await endSignIns(trx, now, first.madeAt);
      await note({ db: trx, now }, 'restore-to-finish', { id, before, erased });
      await note({ db: trx, now }, 'last-restore', { file: basename(file), madeAt: first.madeAt });
      const visit: Visit = { language: 'nl', now, db: trx, person: null, request: 'restore' };
      await record(visit, { what: 'restored', details: { madeAt: first.madeAt } });
      return migrated;
    });
    return { migrated, erased };
  } catch (fault) {
    await clearAside(dataDir, id);
    throw fault;
  }
}

/** The tables of the version that made the backup, without a row. */
async function layOut(trx: Transaction<DB>, migrations: readonly Migration[]): Promise<void> {
  await sql
    .raw(
      `do $$ declare statement text; begin
        for statement in
          select format('drop table public.%I cascade', relname) from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
            and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
          union all
          select format('drop function public.%I(%s) cascade', proname, pg_get_function_identity_arguments(oid)) from pg_proc p
            where pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        loop execute statement; end loop;
      end $$`,
    )
    .execute(trx);
  await applyNew(trx, migrations);
}

/** What the triggers made is in the backup itself; keys, checks and pointers hold for every row that comes. */
async function load(line: Line, trx: Transaction<DB>, order: Order, first: FirstLeaf, last: LastLeaf, id: string): Promise<void> {
  const tables = first.tables.filter(({ name }) => name !== jobs.name);
  const mine = await tablesIn(trx);
  for (const { name } of mine) await sql`alter table ${sql.id('public', name)} disable trigger user`.execute(trx);
  for (const { name } of mine.toReversed()) await sql`delete from ${sql.id('public', name)}`.execute(trx);
  await sql`create temporary table restored_jobs (like pgboss.job including defaults) on commit drop`.execute(trx);
  const byName = new Map(first.tables.map((table) => [table.name, table]));
  const { damage } = await readBackup(order.file, order.keys, {
    table: (name) => Promise.resolve(line.client.query(copyFrom(copyInto(byName.get(name) ?? { name, columns: [] })))),
    file: (path, mode) => stage(order.dataDir, id, path, mode),
    ...(order.onProgress && { onProgress: order.onProgress }),
  });
  if (damage.length > 0) throw new Error(`${order.file} changed while it was read`);
  for (const table of tables) await mustBeEqual(line, table, last);
  await queueAgain(trx);
  for (const [name, value] of Object.entries(last.sequences))
    if (value !== null) await sql`select setval(${sql.lit(`public.${name}`)}::regclass, ${value})`.execute(trx);
  for (const { name } of mine) await sql`alter table ${sql.id('public', name)} enable trigger user`.execute(trx);
}

const copyInto = (table: Table): string =>
  table.name === jobs.name ? copyIn({ ...table, name: 'restored_jobs' }).replace('public.', '') : copyIn(table);

/** Read back, a table gives the very bytes that the backup holds. */
async function mustBeEqual({ client }: Line, table: Table, last: LastLeaf): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of client.query(copyTo(copyOut(table)))) if (Buffer.isBuffer(chunk)) hash.update(chunk);
  if (hash.digest('hex') !== last.tables[table.name]?.sha256) throw new Error(`Table ${table.name} did not come back as it was`);
}

async function queueAgain(trx: Transaction<DB>): Promise<void> {
  const columns = sql.join(jobs.columns.map((column) => sql.id(column)));
  await sql`delete from pgboss.job`.execute(trx);
  await sql`select pgboss.create_queue(name, '{"policy":"standard"}'::jsonb)
    from (select distinct name from restored_jobs where name not in (select name from pgboss.queue)) missing`.execute(trx);
  await sql`insert into pgboss.job (${columns}) select ${columns} from restored_jobs`.execute(trx);
}

/**
 * Everybody signs in again: a sign-in that was ended after the backup was made, for a lost device or a role that was
 * taken away, must not come back to life; nor a passkey that still waited for its owner to refuse it, or an invitation
 * that may have been used. Tokens of programs stay, because programs cannot sign in.
 */
async function endSignIns(trx: Transaction<DB>, now: Date, madeAt: string): Promise<void> {
  await sql`update sign_ins set ended_at = ${now} where ended_at is null`.execute(trx);
  await sql`update sign_in_codes set closed_at = ${now}, code_to_send = null where closed_at is null`.execute(trx);
  await sql`delete from challenges`.execute(trx);
  await sql`delete from invitations`.execute(trx);
  await sql`delete from passkeys where usable_at > ${madeAt}`.execute(trx);
}

async function erasedHere(db: Kysely<DB>): Promise<PersonId[]> {
  const { rows: there } = await sql<{ is: boolean }>`select to_regclass('public.erasures') is not null as is`.execute(db);
  if (!there[0]?.is) return [];
  return (await sql<{ person: PersonId }>`select person_id as person from erasures`.execute(db)).rows.map(({ person }) => person);
}

/** What is left to do of a restore whose transaction is done: files change places, who was erased later is erased again. */
export async function finishRestore(visit: Visit, dataDir: string): Promise<void> {
  const left = (await fact<{ id: string; before: string[]; erased: PersonId[] }>(visit.db, 'restore-to-finish'))?.value;
  if (left) {
    await changePlaces(dataDir, left.id, left.before);
    if (left.erased.length > 0) await eraseAgain(visit, left.erased, { dataDir });
    await sql`delete from installation where fact = 'restore-to-finish' and value->>'id' = ${left.id}`.execute(visit.db);
  }
  for (const id of await leftAside(dataDir)) await clearAside(dataDir, id);
}
