// Reads a backup from front to back and checks everything on the way; who wants what is in it takes it along.
import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { extract as untar, type Extract } from 'tar-stream';
import { checkFingerprint } from './fingerprint.server.ts';
import { unlocked, type Keys } from './lock.server.ts';
import { firstLeaf, lastLeaf, lastName, placeOf, type Checked, type Damage, type FirstLeaf, type LastLeaf } from './manifest.ts';

/** Where what is read goes. */
export interface Takers {
  readonly first?: (first: FirstLeaf) => Promise<void>;
  readonly table?: (name: string) => Promise<Writable>;
  readonly file?: (path: string, mode: number) => Promise<Writable>;
  readonly onProgress?: (part: string) => void;
}

export interface Read {
  readonly first: FirstLeaf | null;
  readonly last: LastLeaf | null;
  /** Empty: every checksum is right. */
  readonly damage: readonly Damage[];
}

/** Where the reading is, for who is told what cannot be read. */
interface Reading {
  first: FirstLeaf | null;
  last: LastLeaf | null;
  at: string;
  readonly tables: Map<string, Sum>;
  readonly files: Map<string, Sum>;
  readonly extra: string[];
}

/** One thing in a tar: its name and its bytes. */
type Entry = Extract extends AsyncIterable<infer Source> ? Source : never;

interface Sum {
  readonly hash: Hash;
  bytes: number;
}

/** A fault of who takes is thrown; what is wrong with the backup itself is told as damage. */
export async function readBackup(file: string, keys: Keys, takers: Takers = {}): Promise<Read> {
  const kind = await kindOf(file);
  if (kind === 'other') return { first: null, last: null, damage: [{ code: 'not-ours', part: file }] };
  if (kind === 'locked' && keys.identities.length === 0 && keys.passphrase === null)
    return { first: null, last: null, damage: [{ code: 'locked', part: file }] };
  const raw = createReadStream(file);
  let content: Readable;
  try {
    content = kind === 'locked' ? await unlocked(raw, keys) : raw;
  } catch {
    raw.destroy();
    return { first: null, last: null, damage: [{ code: 'wrong-key', part: file }] };
  }
  const reading: Reading = { first: null, last: null, at: 'the beginning', tables: new Map(), files: new Map(), extra: [] };
  const taken: { fault?: unknown } = {};
  const wrong = await through(content, reading, takers, taken);
  if ('fault' in taken) throw taken.fault;
  const damage = wrong === null ? compared(reading) : [wrong, ...compared(reading).filter(({ code }) => code === 'table' || code === 'file')];
  return { first: reading.first, last: reading.last, damage };
}

async function kindOf(file: string): Promise<'plain' | 'locked' | 'other'> {
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(22), 0, 22, 0);
    if (buffer.readUInt32LE(0) === 0xfd2fb528) return 'plain';
    return buffer.toString('latin1') === 'age-encryption.org/v1\n' ? 'locked' : 'other';
  } finally {
    await handle.close();
  }
}

async function through(content: Readable, reading: Reading, takers: Takers, taken: { fault?: unknown }): Promise<Damage | null> {
  const tar = untar();
  let isRight = true;
  const flow = pipeline(
    content,
    checkFingerprint((is) => (isRight = is)),
    createZstdDecompress(),
    tar,
  ).then(
    () => null,
    (fault: unknown) => fault ?? new Error('stopped'),
  );
  try {
    await takeAll(tar, reading, takers, taken);
  } catch (fault) {
    if ('fault' in taken) content.destroy();
    else return damageOf((await flow) ?? fault, reading);
  }
  const fault = await flow;
  if ('fault' in taken) return null;
  if (fault !== null) return damageOf(fault, reading);
  return isRight ? null : { code: 'changed', part: reading.at };
}

const damageOf = (fault: unknown, { at }: Reading): Damage => ({
  code: fault instanceof Error && 'code' in fault && fault.code === 'Z_BUF_ERROR' ? 'cut-off' : 'cannot-read',
  part: at,
});

/** Where what is being read goes; the pieces of a table come one after another into the same place. */
interface Open {
  readonly of: string;
  readonly into: Writable;
}

async function takeAll(tar: AsyncIterable<Entry>, reading: Reading, takers: Takers, taken: { fault?: unknown }): Promise<void> {
  let open: Open | null = null;
  const byTaker = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (fault) {
      taken.fault = fault;
      throw fault;
    }
  };
  const close = async () => {
    const { into } = open ?? {};
    open = null;
    if (into) await byTaker(() => (into.end(), finished(into)));
  };
  const goInto = async (of: string, taker: () => Promise<Writable>) => {
    const into = await byTaker(taker);
    into.on('error', () => {}); // its writes fail
    open = { of, into };
  };
  try {
    for await (const entry of tar) {
      const { name: path, mode = 0o600 } = entry.header;
      const { kind, name } = placeOf(path);
      reading.at = path;
      takers.onProgress?.(name);
      const isNext = (open as Open | null)?.of !== `${kind}/${name}`;
      if (isNext) await close();
      if (kind === 'first') {
        const first = (reading.first = firstLeaf.parse(await leafIn(entry)));
        await byTaker(async () => takers.first?.(first));
      } else if (kind === 'last') reading.last = lastLeaf.parse(await leafIn(entry));
      else if (kind === 'other') {
        reading.extra.push(path);
        entry.resume();
      } else {
        const { table, file } = takers;
        if (isNext && kind === 'table' && table) await goInto(`${kind}/${name}`, () => table(name));
        if (isNext && kind === 'file' && file) await goInto(`${kind}/${name}`, () => file(name, mode));
        await pour(entry, sumOf(kind === 'table' ? reading.tables : reading.files, name), (open as Open | null)?.into, byTaker);
      }
    }
    await close();
  } finally {
    (open as Open | null)?.into.destroy();
  }
}

async function leafIn(entry: Entry): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytesOf(entry)) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function* bytesOf(entry: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of entry) if (Buffer.isBuffer(chunk)) yield chunk;
}

function sumOf(sums: Map<string, Sum>, name: string): Sum {
  const sum = sums.get(name) ?? { hash: createHash('sha256'), bytes: 0 };
  sums.set(name, sum);
  return sum;
}

async function pour(entry: Entry, sum: Sum, into: Writable | undefined, byTaker: <T>(work: () => Promise<T>) => Promise<T>): Promise<void> {
  for await (const chunk of bytesOf(entry)) {
    sum.hash.update(chunk);
    sum.bytes += chunk.length;
    if (into) await byTaker(() => write(into, chunk));
  }
}

/** Resolves when the next piece may come. */
const write = (into: Writable, chunk: Buffer): Promise<void> =>
  new Promise((done, fail) => void into.write(chunk, (fault) => (fault ? fail(fault) : done())));

function compared({ last, tables, files, extra }: Reading): Damage[] {
  if (last === null) return [{ code: 'cut-off', part: lastName }];
  return [
    ...differences(last.tables, tables, 'table', 'table-missing'),
    ...differences(last.files, files, 'file', 'file-missing'),
    ...[...tables.keys()].filter((name) => !(name in last.tables)).map((part): Damage => ({ code: 'extra', part })),
    ...[...files.keys()].filter((name) => !(name in last.files)).map((part): Damage => ({ code: 'extra', part })),
    ...extra.map((part): Damage => ({ code: 'extra', part })),
  ];
}

function differences(
  should: Readonly<Record<string, Checked>>,
  sums: ReadonlyMap<string, Sum>,
  changed: 'table' | 'file',
  missing: 'table-missing' | 'file-missing',
): Damage[] {
  return Object.entries(should).flatMap(([part, { bytes, sha256 }]): Damage[] => {
    const sum = sums.get(part);
    if (!sum) return [{ code: missing, part }];
    return sum.bytes === bytes && sum.hash.copy().digest('hex') === sha256 ? [] : [{ code: changed, part }];
  });
}
