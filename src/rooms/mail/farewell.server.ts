// What the mail does for who goes: one last letter, and no paper left.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '#ground/chance.server.ts';
import type { LineId } from '#ground/id.ts';
import type { Language, Visit } from '#ground/visit.ts';
import { wakePostman } from './postman.server.ts';
import * as queries from './queries.server.ts';

/** Tells an address that nothing of it is kept; the letter is forgotten as soon as it has left. Within a transaction. */
export async function lastLetter(visit: Visit, line: LineId, email: string, language: Language): Promise<void> {
  await queries.insertLetter(visit.db, { id: newId(visit.now), line, kind: 'erased', details: {} }, email, language, visit.now);
  wakePostman();
}

/** Letters on paper (files) of which the outbox knows nothing any more go; answers how many. */
export async function forgetPaper(visit: Visit, dataDir: string): Promise<number> {
  const folder = join(dataDir, 'mail');
  const files = (await readdir(folder).catch(() => [])).flatMap((file) => {
    const id = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.eml(?:\.unfinished)?$/.exec(file)?.[1];
    return id === undefined ? [] : [{ file, id }];
  });
  let gone = 0;
  for (let from = 0; from < files.length; from += some) {
    const part = files.slice(from, from + some);
    const known = await queries.knownAmong(
      visit.db,
      part.map(({ id }) => id),
    );
    for (const { file, id } of part) {
      if (known.has(id)) continue;
      await rm(join(folder, file), { force: true });
      gone++;
    }
  }
  return gone;
}
const some = 1000;
