// The tables of an installation as PostgreSQL knows them: a backup asks the database what there is, and so forgets nothing.
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { connectionTo, type Where } from '#ground/database.server.ts';
import type { DB } from '#ground/tables.ts';
import { inOrder, type Table } from './manifest.ts';

/** One connection, by which Kysely and the streams of COPY both work, in the same transaction. */
export interface Line {
  readonly client: pg.Client;
  readonly db: Kysely<DB>;
  readonly close: () => Promise<void>;
}

export async function openLine(where: Where, name: string): Promise<Line> {
  const client = new pg.Client({ ...connectionTo(where), application_name: name });
  client.on('error', () => {}); // its queries fail
  await client.connect();
  const pool = { options: {}, connect: () => Promise.resolve(Object.assign(client, { release: () => {} })), end: () => Promise.resolve() };
  return { client, db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }), close: () => client.end() };
}

/** What happened and is not followed up yet, in columns that every version of the queue has; what is at work starts again. */
export const jobs: Table = {
  name: 'pgboss.job',
  columns: [
    ...['id', 'name', 'priority', 'data', 'retry_limit', 'retry_count', 'retry_delay', 'retry_backoff', 'retry_delay_max', 'start_after'],
    ...['singleton_key', 'expire_seconds', 'deletion_seconds', 'created_on', 'keep_until', 'output', 'dead_letter', 'policy'],
  ],
};

/** The same bytes for the same rows, whatever the settings of the server are. */
export const plainSpeech = sql`
  select set_config('datestyle', 'ISO', true), set_config('intervalstyle', 'postgres', true), set_config('timezone', 'UTC', true),
    set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true), set_config('synchronize_seqscans', 'off', true),
    set_config('client_encoding', 'UTF8', true), set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`;

/** Every table of ours with its columns, each after those it points to. */
export async function tablesIn(db: Kysely<DB>): Promise<Table[]> {
  const tables = await sql<Table>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    group by c.relname order by c.relname`.execute(db);
  const pointers = await sql<{ from: string; to: string }>`
    select f.relname as "from", t.relname as "to" from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and f.relnamespace = 'public'::regnamespace`.execute(db);
  const byName = new Map(tables.rows.map((table) => [table.name, table]));
  return inOrder([...byName.keys()], pointers.rows).map((name) => byName.get(name)!);
}

/** How far each sequence is; null: not used yet. */
export async function sequencesIn(db: Kysely<DB>): Promise<Record<string, number | null>> {
  const { rows } = await sql<{ name: string; value: string | null }>`
    select sequencename as name, last_value as value from pg_sequences where schemaname = 'public' order by sequencename`.execute(db);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value === null ? null : Number(value)]));
}

const named = ({ columns }: Table): string => columns.map((column) => pg.escapeIdentifier(column)).join(', ');
const full = ({ name }: Table): string => (name === jobs.name ? name : `public.${pg.escapeIdentifier(name)}`);

export const copyOut = (table: Table): string =>
  table.name === jobs.name
    ? `copy (select ${named(table)} from pgboss.job where state < 'completed' order by created_on, id) to stdout`
    : `copy ${full(table)} (${named(table)}) to stdout`;
export const copyIn = (table: Table): string => `copy ${full(table)} (${named(table)}) from stdin`;
