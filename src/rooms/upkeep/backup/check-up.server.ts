import { openDatabase, type Where } from '#ground/database.server.ts';
import type { Visit } from '#ground/visit.ts';
import { seal, verify } from '#rooms/journal';
import { ledger } from '#rooms/seats';
import { finishRestore } from './restore.server.ts';

/** How an installation is after a restore: the seats replayed, and the journal recomputed. */
export interface CheckedUp {
  readonly ledger: { readonly sessions: number; readonly turns: number; readonly found: number };
  readonly journal: { readonly seals: number; readonly lines: number; readonly found: number };
}

/** Finishes a restore, and looks whether everything fits together. */
export async function checkUp(visit: Omit<Visit, 'db'>, where: Where, dataDir: string): Promise<CheckedUp> {
  const db = openDatabase(where, { max: 4 });
  try {
    const inside = { ...visit, db };
    await finishRestore(inside, dataDir);
    const seats = await ledger(inside);
    // What was written just before the backup was not sealed yet.
    while ((await seal(inside)) > 0);
    const journal = await verify(inside);
    return {
      ledger: { sessions: seats.sessions, turns: seats.turns, found: seats.found },
      journal: { seals: journal.seals, lines: journal.lines, found: journal.found },
    };
  } finally {
    await db.destroy();
  }
}
