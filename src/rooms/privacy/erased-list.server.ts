// Who was erased, as numbers that say nothing: beside the data and beside every backup, so that who is erased stays
// erased, also when a backup from before is put back.
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isId, type PersonId } from '#ground/id.ts';

const file = 'erased.jsonl';
export interface Erasure {
  readonly person: PersonId;
  readonly at: Date;
}

/** Adds somebody to the list in a folder; when this returns, it survives a power cut. */
export async function addErased(folder: string, erasures: readonly Erasure[]): Promise<void> {
  if (erasures.length === 0) return;
  await mkdir(folder, { recursive: true });
  const list = await open(join(folder, file), 'a', 0o600);
  try {
    // Begins with a line end: half a line of an earlier power cut spoils no more than itself.
    await list.appendFile(erasures.map(({ person, at }) => `\n${JSON.stringify({ person, at: at.toISOString() })}`).join('') + '\n');
    await list.sync();
  } finally {
    await list.close();
  }
  const shelf = await open(folder, 'r');
  await shelf.sync().finally(() => shelf.close());
}

/** Everybody on the list in a folder; nobody when there is none. */
export async function erasedIn(folder: string): Promise<Erasure[]> {
  const text = await readFile(join(folder, file), 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return '';
    throw fault;
  });
  return text.split('\n').flatMap(erasureOf);
}

function erasureOf(line: string): Erasure[] {
  const found = /^\{"person":"([0-9a-f-]{36})","at":"([^"]+)"\}$/.exec(line);
  return found && isId<'person'>(found[1]!) ? [{ person: found[1], at: new Date(found[2]!) }] : [];
}

/** Whether backups stand in a folder that is there now: a disk may be away. */
export const isThere = (folder: string): Promise<boolean> =>
  stat(folder).then(
    (it) => it.isDirectory(),
    () => false,
  );
