// Writes a backup, beside the running server: one moment of the database, then the files, in one stream to one file.
import { createHash, type Hash } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { sql } from 'kysely';
import { to as copyTo } from 'pg-copy-streams';
import { pack as newTar, type Pack } from 'tar-stream';
import type { Where } from '#ground/database.server.ts';
import { filesUnder, unlessGone } from './files.server.ts';
import { addFingerprint } from './fingerprint.server.ts';
import { locked, type Lock } from './lock.server.ts';
import { firstName, lastName, nameOfFile, nameOfPiece, type Checked, type FirstLeaf, type LastLeaf, type Table } from './manifest.ts';
import { copyOut, jobs, openLine, plainSpeech, sequencesIn, tablesIn, type Line } from './tables.server.ts';

export interface Order {
  readonly where: Where;
  readonly dataDir: string;
  readonly file: string;
  readonly lock: Lock;
  readonly madeAt: Date;
  readonly version: string;
  /** Told what is being written and how many bytes were read. */
  readonly onProgress?: (part: string, bytes: number) => void;
  /** Only a test asks for less, to see that it would notice. */
  readonly isolation?: 'repeatable read' | 'read committed';
}

export interface Made {
  readonly file: string;
  readonly bytes: number;
  readonly rows: number;
  readonly files: number;
}

/** A backup stands under its own name only when it is whole and on the disk; whatever goes wrong before leaves nothing. */
export async function writeBackup(order: Order): Promise<Made> {
  const folder = dirname(order.file);
  const partial = join(folder, `.${basename(order.file)}.${process.pid}.partial`);
  const handle = await open(partial, 'wx', 0o600);
  try {
    const tar = newTar();
    // What goes wrong is told by the pipeline; a stream that hears of it later must not end the server.
    tar.on('error', () => {});
    const pieces = Readable.from(tar).on('error', () => {});
    const whole = addFingerprint().on('error', () => {});
    const [toDisk, fromHere] = await Promise.allSettled([
      pipeline(
        pieces,
        createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
        whole,
        (chunks: AsyncIterable<Buffer>) => locked(chunks, order.lock),
        (chunks: AsyncIterable<Uint8Array>) => handle.writeFile(chunks),
      ),
      fill(tar, order).catch((fault: unknown) => {
        tar.destroy(fault instanceof Error ? fault : undefined);
        throw fault;
      }),
    ]);
    if (toDisk.status === 'rejected') throw toDisk.reason;
    if (fromHere.status === 'rejected') throw fromHere.reason;
    await handle.sync();
    await rename(partial, order.file);
    await syncFolder(folder);
    return { file: order.file, bytes: (await stat(order.file)).size, ...fromHere.value };
  } catch (fault) {
    await rm(partial, { force: true });
    throw fault;
  } finally {
    await handle.close();
  }
}

/** A new name is certain when its folder is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => {}); // some file systems do that by themselves
  await handle.close();
}

/** What passes through is counted: two backups of the same bytes have the same sums. */
interface Sum {
  readonly hash: Hash;
  bytes: number;
}

async function fill(tar: Pack, order: Order): Promise<Pick<Made, 'rows' | 'files'>> {
  const line = await openLine(order.where, 'innovember backup');
  try {
    await line.client.query(`begin isolation level ${order.isolation ?? 'repeatable read'} read only`);
    await plainSpeech.execute(line.db);
    const first = await begin(line, order);
    await putWhole(tar, firstName, Buffer.from(JSON.stringify(first, null, 1)), order.madeAt);
    const tables: LastLeaf['tables'] = {};
    for (const table of first.tables) tables[table.name] = await putTable(tar, line, table, order);
    const last = { tables, sequences: await sequencesIn(line.db), journal: await newestSeal(line) };
    await line.client.query('commit');
    // After the database: what a row points to was on the disk before the row was there.
    const files: LastLeaf['files'] = {};
    for await (const path of filesUnder(order.dataDir)) {
      const sum = await putFile(tar, path, order);
      if (sum) files[path] = sum;
    }
    await putWhole(tar, lastName, Buffer.from(JSON.stringify({ ...last, files } satisfies LastLeaf)), order.madeAt);
    tar.finalize();
    return { rows: Object.values(tables).reduce((sum, { rows }) => sum + rows, 0), files: Object.keys(files).length };
  } finally {
    await line.close();
  }
}

async function begin({ db }: Line, { version, madeAt }: Order): Promise<FirstLeaf> {
  const migrations = await sql<{ name: string; checksum: string }>`select name, checksum from migrations order by name`.execute(db);
  const server = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
  const queue = await sql<{ is: boolean }>`select to_regclass('pgboss.job') is not null as is`.execute(db);
  return {
    product: 'INNOvember',
    format: 1,
    version,
    madeAt: madeAt.toISOString(),
    postgres: server.rows[0]?.version ?? '',
    migrations: migrations.rows,
    tables: [...(await tablesIn(db)), ...(queue.rows[0]?.is ? [jobs] : [])],
  };
}

/** By what the journal ends, where it is sealed. */
async function newestSeal({ db }: Line): Promise<LastLeaf['journal']> {
  const { rows: there } = await sql<{ is: boolean }>`select to_regclass('public.journal_seals') is not null as is`.execute(db);
  if (!there[0]?.is) return null;
  const { rows } = await sql<{ number: string; hash: string }>`
    select number, encode(hash, 'hex') as hash from journal_seals order by number desc limit 1`.execute(db);
  return rows[0] ? { number: Number(rows[0].number), hash: rows[0].hash } : null;
}

const pieceSize = 4 * 1024 * 1024;

/** A tar wants to know sizes beforehand, and nobody knows how long a table is: it goes in pieces. */
async function putTable(tar: Pack, { client }: Line, table: Table, { madeAt, onProgress = () => {} }: Order): Promise<LastLeaf['tables'][string]> {
  const rows = client.query(copyTo(copyOut(table)));
  const sum: Sum = { hash: createHash('sha256'), bytes: 0 };
  let pieces = 0;
  let held: Buffer[] = [];
  let size = 0;
  const putPiece = async () => {
    await putWhole(tar, nameOfPiece(table.name, pieces++), Buffer.concat(held), madeAt);
    held = [];
    size = 0;
    onProgress(table.name, sum.bytes);
  };
  for await (const chunk of rows) {
    if (!Buffer.isBuffer(chunk)) continue;
    sum.hash.update(chunk);
    sum.bytes += chunk.length;
    held.push(chunk);
    size += chunk.length;
    if (size >= pieceSize) await putPiece();
  }
  if (pieces === 0 || size > 0) await putPiece();
  return { rows: rows.rowCount, bytes: sum.bytes, sha256: sum.hash.digest('hex') };
}

async function putFile(tar: Pack, path: string, { dataDir, onProgress = () => {} }: Order): Promise<Checked | null> {
  const handle = await open(join(dataDir, path), 'r').catch(unlessGone);
  if (!handle) return null;
  try {
    const { size, mode, mtime } = await handle.stat();
    const sum: Sum = { hash: createHash('sha256'), bytes: 0 };
    const content = size === 0 ? [] : handle.createReadStream({ start: 0, end: size - 1 });
    await put(tar, { name: nameOfFile(path), size, mode: mode & 0o777, mtime }, counted(content, sum));
    if (sum.bytes !== size) throw new Error(`${path} became shorter while it was read`);
    onProgress(path, sum.bytes);
    return { bytes: size, sha256: sum.hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

async function* counted(chunks: AsyncIterable<Buffer> | Iterable<Buffer>, sum: Sum): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    sum.hash.update(chunk);
    sum.bytes += chunk.length;
    yield chunk;
  }
}

const putWhole = (tar: Pack, name: string, bytes: Buffer, mtime: Date): Promise<void> =>
  put(tar, { name, size: bytes.length, mode: 0o600, mtime }, [bytes]);

/** Goes no faster than the disk, so that what is in memory stays small. */
async function put(
  tar: Pack,
  header: { name: string; size: number; mode: number; mtime: Date },
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  const entry = tar.entry(header, (fault) => (fault ? reject(fault) : resolve()));
  entry.on('error', () => {});
  ended.catch(() => {}); // also when it fails before anybody waits for it
  for await (const chunk of chunks)
    if (!entry.write(chunk)) await Promise.race([new Promise<void>((drained) => entry.once('drain', () => drained())), ended]);
  entry.end(undefined);
  await ended;
}
