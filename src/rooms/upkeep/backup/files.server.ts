// The files beside the database: what is under DATA_DIR, except what PostgreSQL, backups and this machine keep there.
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

const notOurs = /^(postgres(\.\d+)?|postgres\.log|run|runtime|backups|reports|erased\.jsonl|lost\+found|\..*)$/;
/** Whether something that stands directly in DATA_DIR goes along in a backup. */
export const goesAlong = (name: string): boolean => !notOurs.test(name);

/** Every file that goes along, by its path in DATA_DIR with slashes; never through a link. */
export async function* filesUnder(dataDir: string, folder = ''): AsyncGenerator<string> {
  const entries = await opendir(join(dataDir, folder)).catch(unlessGone);
  if (!entries) return;
  for await (const entry of entries) {
    if (folder === '' && !goesAlong(entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesUnder(dataDir, path);
    else if (entry.isFile()) yield path;
  }
}

/** What was there a moment ago may be gone. */
export function unlessGone(fault: unknown): undefined {
  if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
  throw fault;
}
