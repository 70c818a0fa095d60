import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { now } from '#ground/clock.server.ts';
import { version } from '#ground/config.server.ts';
import { atOnce, type Where } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { enterFolder, fact, knowFolder, note, sweepFolder } from './folder.server.ts';
import type { Lock } from './lock.server.ts';
import { nameOfBackup } from './manifest.ts';
import { writeBackup, type Made } from './write.server.ts';

export interface Wish {
  readonly where: Where;
  readonly dataDir: string;
  /** A folder, where the oldest go when there are more than `keep`; or a file that is not there yet. */
  readonly to: string;
  readonly keep: number;
  readonly lock: Lock;
  readonly onProgress?: (part: string, bytes: number) => void;
}

export type BackedUp = Made & { readonly takenAway: readonly string[] };

/** Makes a backup beside the running server, and remembers where and when. */
export async function backUp(visit: Visit, wish: Wish): Promise<BackedUp | { readonly not: 'no-mark' | 'of-another' | 'there' }> {
  const to = resolve(wish.to);
  const isFile = /\.(zst|age|tar)$/.test(to) && !(await stat(to).catch(() => null))?.isDirectory();
  const whyNot = isFile ? null : await enterFolder(visit, to);
  if (whyNot) return { not: whyNot };
  const file = isFile ? to : join(to, nameOfBackup(visit.now, wish.lock !== null));
  if (await stat(file).catch(() => null)) return { not: 'there' };
  if (isFile) await mkdir(dirname(file), { recursive: true });
  const made = await writeBackup({ ...wish, file, madeAt: visit.now, version });
  if (isFile) await knowFolder(visit, dirname(file));
  await atOnce(visit, async (visit) => {
    await note(visit, 'last-backup', { at: visit.now.toISOString(), file, bytes: made.bytes });
    await record(visit, { what: 'backup-made', details: { bytes: made.bytes } });
  });
  const takenAway = isFile ? [] : await sweepFolder(to, wish.keep, visit.now);
  return { ...made, takenAway };
}

/** What there was before a restore, under a name that is never swept away. */
export async function backUpBefore(where: Where, dataDir: string, recipients: readonly string[], at: Date): Promise<string> {
  const folder = join(dataDir, 'backups');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = recipients.length > 0 ? { recipients } : null;
  const file = join(folder, nameOfBackup(at, lock !== null, 'before-restore'));
  await writeBackup({ where, dataDir, file, lock, madeAt: at, version });
  return file;
}

/** The server's own backups: looked at every few minutes, so that one that was away makes up for it at once. */
export async function backUpWhenDue(visit: Visit, everyHours: number, wish: Wish): Promise<void> {
  const last = await fact(visit.db, 'last-backup');
  if (everyHours === 0 || (last && visit.now.getTime() - last.notedAt.getTime() < everyHours * 3_600_000)) return;
  const done = await backUp(visit, wish);
  if ('not' in done) log.error({ folder: wish.to, why: done.not }, 'no backup was made: is the right disk at its place?');
  else log.info({ file: done.file, bytes: done.bytes }, 'a backup was made');
}

/** A dated report under DATA_DIR, for people and for programs. */
export async function report(dataDir: string, name: string, text: string, values: object): Promise<string> {
  const folder = join(dataDir, 'reports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(
    folder,
    `${name}-${now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z')
      .replaceAll(':', '')}`,
  );
  await writeFile(`${path}.json`, `${JSON.stringify(values, null, 1)}\n`, { mode: 0o600 });
  await writeFile(`${path}.txt`, text, { mode: 0o600 });
  return `${path}.txt`;
}
