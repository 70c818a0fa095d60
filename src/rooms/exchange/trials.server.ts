// Between looking at what an import would do and taking it in: the file is kept for a day at most, with the report.
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newSecret } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { log } from '#ground/log.server.ts';
import type { Visit } from '#ground/visit.ts';
import { importBytes } from './exchange.server.ts';
import { isUnreadable, type Unreadable } from './imported.ts';
import type { ImportReport } from './report.ts';

export interface Trial {
  readonly id: string;
  readonly slug: string;
  /** The name of the file, or the host. */
  readonly origin: string;
  readonly timeZone: string | undefined;
  readonly starts: string | undefined;
  readonly columns: Readonly<Record<string, string>> | undefined;
  readonly at: string;
  readonly state: 'tried' | 'taking' | 'taken' | 'failed';
  readonly found: ImportReport | Unreadable;
}
export type Asked = Pick<Trial, 'slug' | 'origin' | 'timeZone' | 'starts' | 'columns'>;

const kept = { trials: 20, hours: 24 } as const;
const folder = (): string => join(config().dataDir, 'imports');
const at = (name: string): string => join(folder(), name);
const isId = (id: string): boolean => /^[\w-]{43}$/.test(id);

/** Looks at what would happen, and keeps the file for who wants it to happen. */
export async function tryImport(visit: Visit, bytes: Uint8Array, asked: Asked): Promise<Trial> {
  await sweep(visit.now);
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const id = newSecret();
  await writeFile(at(`${id}.file`), bytes, { mode: 0o600, flag: 'wx' });
  return look(visit, id, bytes, asked);
}

/** The same file again, read in another way. */
export async function tryAgain(visit: Visit, trial: Trial, columns: Trial['columns']): Promise<Trial | null> {
  const bytes = trial.state === 'tried' ? await readFile(at(`${trial.id}.file`)).catch(() => null) : null;
  return bytes && look(visit, trial.id, bytes, { ...trial, columns });
}

async function look(visit: Visit, id: string, bytes: Uint8Array, { slug, origin, timeZone, starts, columns }: Asked): Promise<Trial> {
  const found = await importBytes(visit, bytes, origin, { slug, timeZone, starts, columns, isDryRun: true });
  return write({ id, slug, origin, timeZone, starts, columns, at: visit.now.toISOString(), state: 'tried', found });
}

/** A trial of this edition; null when it is gone. */
export async function trialOf(slug: string, id: string): Promise<Trial | null> {
  if (!isId(id)) return null;
  const text = await readFile(at(`${id}.json`), 'utf8').catch(() => null);
  // Written by ourselves, in a folder that nobody else writes in.
  const trial = text === null ? null : (JSON.parse(text) as Trial);
  return trial?.slug === slug ? trial : null;
}

/** Takes in what was tried. It goes on when it takes long; who waited a second is told so by the state. */
export async function takeTrial(visit: Visit, trial: Trial): Promise<void> {
  if (trial.state !== 'tried' || isUnreadable(trial.found)) return;
  const { id, slug, origin, timeZone, starts, columns } = trial;
  const taking = at(`${id}.taking`);
  // Who renames it takes it in, once, however often somebody presses.
  if (
    !(await rename(at(`${id}.file`), taking).then(
      () => true,
      () => false,
    ))
  )
    return;
  await write({ ...trial, state: 'taking' });
  const work = readFile(taking)
    .then((bytes) => importBytes(visit, bytes, origin, { slug, timeZone, starts, columns }))
    .then((found) => write({ ...trial, state: isUnreadable(found) ? 'failed' : 'taken', found }))
    .catch(async (fault: unknown) => {
      log.error({ fault }, 'an import failed');
      await write({ ...trial, state: 'failed' });
    })
    .finally(() => unlink(taking).catch(() => {}));
  await Promise.race([work, new Promise((done) => setTimeout(done, 1_000))]);
}

async function write(trial: Trial): Promise<Trial> {
  await writeFile(at(`${trial.id}.new`), JSON.stringify(trial), { mode: 0o600 });
  await rename(at(`${trial.id}.new`), at(`${trial.id}.json`));
  return trial;
}

/** What is older than a day goes, and what is too many: the oldest first. */
async function sweep(now: Date): Promise<void> {
  const names = await readdir(folder()).catch(() => []);
  const aged = await Promise.all(
    names.map(async (name) => ({ name, age: now.getTime() - ((await stat(at(name)).catch(() => null))?.mtimeMs ?? 0) })),
  );
  const old = aged.filter(({ age }) => age > kept.hours * 3_600_000).map(({ name }) => name);
  const files = aged.filter(({ name }) => name.endsWith('.file')).sort((a, b) => a.age - b.age);
  const over = files.slice(kept.trials - 1).flatMap(({ name }) => [name, name.replace(/file$/, 'json')]);
  await Promise.all([...new Set([...old, ...over])].map((name) => unlink(at(name)).catch(() => {})));
}
