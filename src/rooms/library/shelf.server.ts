// The folder with the files of materials: outside of what the web server shows, under names of chance.
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { newSecret } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { log } from '#ground/log.server.ts';

const folder = (): string => join(config().dataDir, 'files');
const at = (file: string): string => join(folder(), file);

/** Puts a file on the shelf, whole or not at all; answers its name, or null when the operator's scanner wants none of it. */
export async function put(bytes: Uint8Array): Promise<string | null> {
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const file = newSecret();
  const coming = at(`${file}.coming`);
  try {
    const handle = await open(coming, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!(await isClean(coming))) return null;
    await rename(coming, at(file));
    return file;
  } finally {
    await unlink(coming).catch(() => {});
  }
}

/** What the operator's scanner says: it gets the name of the file, and refuses by ending with anything but 0. */
async function isClean(path: string): Promise<boolean> {
  const [command, ...words] = config().scanCommand;
  if (command === undefined) return true;
  const fault = await new Promise<Error | null>((done) => execFile(command, [...words, path], { timeout: 60_000 }, done));
  if (fault) log.warn({ fault: fault.message }, 'the scanner refused a file');
  return fault === null;
}

export const has = (file: string): Promise<boolean> =>
  stat(at(file)).then(
    () => true,
    () => false,
  );

/** A file of the shelf, to send. */
export const take = (file: string): ReadableStream<Uint8Array> => Readable.toWeb(createReadStream(at(file))) as ReadableStream<Uint8Array>;

export const drop = async (file: string): Promise<void> => {
  await unlink(at(file)).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT') throw fault;
  });
};

/** Files that came before a moment, also those that were still coming. */
export async function filesBefore(moment: Date): Promise<readonly string[]> {
  const names = await readdir(folder()).catch(() => []);
  const old: string[] = [];
  for (const name of names) {
    const about = await stat(at(name)).catch(() => null);
    if (about?.isFile() && about.mtime < moment) old.push(name);
  }
  return old;
}
