// A restore that is tried: into a PostgreSQL and a folder of its own, which are thrown away afterwards.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '#ground/config.server.ts';
import { migrationsIn } from '#ground/migrations.server.ts';
import { openEmbedded } from '#ground/postgres.server.ts';
import type { Visit } from '#ground/visit.ts';
import { checkUp, type CheckedUp } from './check-up.server.ts';
import { note } from './folder.server.ts';
import type { Keys } from './lock.server.ts';
import { restore, type NotRestored, type Restored } from './restore.server.ts';

export type Drilled = Restored & CheckedUp & { readonly file: string; readonly seconds: number; readonly isGood: boolean };

/** Proves that a backup brings everything back, and how long that takes; every checksum is compared on the way. */
export async function drill(visit: Visit, file: string, keys: Keys, onProgress?: (part: string) => void): Promise<Drilled | NotRestored> {
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-drill-'));
  await chmod(dataDir, 0o711);
  const began = performance.now();
  const postgres = await openEmbedded({ dataDir, root, settings: ['fsync=off'] });
  try {
    const where = { socketDir: postgres.socketDir, name: 'postgres' };
    const migrations = await migrationsIn(join(root, 'migrations'));
    const found: { checked?: CheckedUp } = {};
    const order = { where, dataDir, file, keys, migrations, now: visit.now, force: null, ...(onProgress && { onProgress }) };
    const done = await restore(order, async () => {
      found.checked = await checkUp(visit, where, dataDir);
    });
    if ('not' in done || !found.checked) {
      await note(visit, 'last-drill', { at: visit.now.toISOString(), file: basename(file), isGood: false });
      return 'not' in done ? done : { not: 'damaged', damage: [] };
    }
    const { ledger, journal } = found.checked;
    const drilled = {
      ...done,
      ledger,
      journal,
      file: basename(file),
      seconds: Math.round((performance.now() - began) / 100) / 10,
      isGood: ledger.found === 0 && journal.found === 0,
    };
    await note(visit, 'last-drill', { at: visit.now.toISOString(), ...drilled });
    return drilled;
  } finally {
    await postgres.release();
    await rm(dataDir, { recursive: true, force: true });
  }
}
