// Files of a restore are put aside first and change places when the database has decided: its commit is the moment, and
// whoever opens the house after a crash goes on from there or clears away.
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Writable } from 'node:stream';
import { goesAlong, unlessGone } from './files.server.ts';

const asideFor = (dataDir: string, id: string) => join(dataDir, `.restore-${id}`);
const goneFor = (dataDir: string, id: string) => join(dataDir, `.replaced-${id}`);

/** A place for one file of a restore. */
export async function stage(dataDir: string, id: string, path: string, mode: number): Promise<Writable> {
  const clean = normalize(path);
  if (clean.startsWith('..') || clean.startsWith('/') || !goesAlong(clean.split('/')[0] ?? '')) throw new Error(`A backup has no file ${path}`);
  const place = join(asideFor(dataDir, id), clean);
  await mkdir(dirname(place), { recursive: true });
  return createWriteStream(place, { mode: mode & 0o777, flush: true });
}

/** What stands in DATA_DIR now and goes away when the files change places. */
export const standing = async (dataDir: string): Promise<string[]> => ((await readdir(dataDir).catch(unlessGone)) ?? []).filter(goesAlong);

/** Makes room; changing places ends when this folder is gone. */
export const makeAside = async (dataDir: string, id: string): Promise<void> =>
  void (await mkdir(asideFor(dataDir, id), { recursive: true, mode: 0o700 }));

/** Changes places; once or again after a crash, it comes out the same. */
export async function changePlaces(dataDir: string, id: string, before: readonly string[]): Promise<void> {
  const [aside, gone] = [asideFor(dataDir, id), goneFor(dataDir, id)];
  const arriving = await readdir(aside).catch(unlessGone);
  if (arriving) {
    await mkdir(gone, { recursive: true, mode: 0o700 });
    const left = await readdir(gone);
    for (const name of before) if (!left.includes(name)) await rename(join(dataDir, name), join(gone, name)).catch(unlessGone);
    for (const name of arriving) await rename(join(aside, name), join(dataDir, name));
    await rmdir(aside);
  }
  await rm(gone, { recursive: true, force: true });
}

/** Nothing of a restore that did not happen stays. */
export const clearAside = (dataDir: string, id: string): Promise<void> => rm(asideFor(dataDir, id), { recursive: true, force: true });

/** Restores that left files aside. */
export const leftAside = async (dataDir: string): Promise<string[]> =>
  ((await readdir(dataDir).catch(unlessGone)) ?? []).flatMap((name) => /^\.restore-(.+)$/.exec(name)?.[1] ?? []);
