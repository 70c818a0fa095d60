// A folder of backups carries a mark of the installation whose backups it holds: without it, the disk that should be
// there may not be, and another installation's backups are not ours to take away.
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { newId } from '#ground/chance.server.ts';
import type { DB } from '#ground/tables.ts';
import type { Visit } from '#ground/visit.ts';
import { unlessGone } from './files.server.ts';
import { backupsAmong, tooOld } from './manifest.ts';

const mark = '.innovember-backups';

/** Makes a folder ready, or says why not: its mark is gone, or another installation's. */
export async function enterFolder(visit: Visit, path: string): Promise<null | 'no-mark' | 'of-another'> {
  const folder = resolve(path);
  const mine = await numberOf(visit);
  const there = (await readFile(join(folder, mark), 'utf8').catch(unlessGone))?.trim();
  if (there === undefined && (await foldersOf(visit)).includes(folder)) return 'no-mark';
  if (there !== undefined && there !== mine) return 'of-another';
  if (there === undefined) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, mark), `${mine}\n`, { mode: 0o600 });
  }
  await knowFolder(visit, folder);
  return null;
}

/** A folder that is known is told of every erasure, so that a restore from it erases again. */
export async function knowFolder(visit: Visit, path: string): Promise<void> {
  const known = await foldersOf(visit);
  if (!known.includes(resolve(path))) await note(visit, 'backup-folders', [...known, resolve(path)]);
}

const foldersOf = async ({ db }: Visit): Promise<readonly string[]> => (await fact<string[]>(db, 'backup-folders'))?.value ?? [];

/** The number of this installation, which it keeps when it moves to another machine. */
async function numberOf(visit: Visit): Promise<string> {
  const known = await fact<{ id: string }>(visit.db, 'installation');
  if (known) return known.value.id;
  const id = newId<'installation'>(visit.now);
  await note(visit, 'installation', { id });
  return id;
}

/** Takes away the oldest of ours when there are more than so many, and what a backup that was killed left behind. */
export async function sweepFolder(folder: string, keep: number, now: Date): Promise<string[]> {
  const names = await readdir(folder);
  const old = tooOld(names, keep);
  for (const name of names.filter((name) => /^\..+\.partial$/.test(name))) {
    const { mtimeMs } = (await stat(join(folder, name)).catch(unlessGone)) ?? { mtimeMs: Infinity };
    if (now.getTime() - mtimeMs > day) old.push(name);
  }
  for (const name of old) await rm(join(folder, name), { force: true });
  return old;
}
const day = 86_400_000;

/** The newest backup in the folders that this installation uses. */
export async function newestBackup(visit: Visit): Promise<string | null> {
  const found: { name: string; path: string }[] = [];
  for (const folder of await foldersOf(visit))
    for (const name of backupsAmong((await readdir(folder).catch(() => undefined)) ?? [])) found.push({ name, path: join(folder, name) });
  return found.sort((a, b) => (a.name < b.name ? 1 : -1))[0]?.path ?? null;
}

export async function fact<Value>(db: Kysely<DB>, name: string): Promise<{ readonly value: Value; readonly notedAt: Date } | null> {
  const { rows } = await sql<{ value: Value; notedAt: Date }>`select value, noted_at as "notedAt" from installation where fact = ${name}`.execute(db);
  return rows[0] ?? null;
}

export const note = async ({ db, now }: Pick<Visit, 'db' | 'now'>, fact: string, value: object): Promise<void> =>
  void (await sql`
    insert into installation (fact, noted_at, value) values (${fact}, ${now}, ${JSON.stringify(value)}::jsonb)
    on conflict (fact) do update set noted_at = excluded.noted_at, value = excluded.value`.execute(db));
