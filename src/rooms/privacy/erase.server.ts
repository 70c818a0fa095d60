// Erasing goes in three steps, each of which may be cut short and is done again by the worker: it is written down beside
// data and backups; signed out and out of everything in one transaction; seats given back at their desks, and then
// nobody is left. A check, which reads the register, ends it.
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import { log } from '#ground/log.server.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { followNoMore, record } from '#rooms/journal';
import * as mail from '#rooms/mail';
import * as proposals from '#rooms/proposals';
import * as registration from '#rooms/registration';
import * as seats from '#rooms/seats';
import { addErased, erasedIn, isThere, type Erasure } from './erased-list.server.ts';
import { register } from './register.ts';
import * as queries from './queries.server.ts';

/** Where everything is kept; a test has a folder of its own. */
export interface Keeping {
  readonly dataDir: string;
}

/** Erases the visitor: when this returns they are out of everything, and nobody can be signed in as them. */
export async function eraseMe(
  visit: Visit,
  keeping: Keeping = config(),
): Promise<void | Refusal<'not-signed-in' | 'stronger-first' | 'last-administrator'>> {
  const me = visit.person?.id;
  if (!me) return { refused: 'not-signed-in' };
  // Whoever reads somebody's mail must not be able to take a special role out of the house.
  if (visit.person.withheld?.some(({ role }) => role !== 'internal')) return { refused: 'stronger-first' };
  // The operator of the machine can always appoint another; who looks after it from a page cannot leave nobody behind.
  if (await queries.isLastAdministrator(visit.db, me)) return { refused: 'last-administrator' };
  await erase(visit, me, keeping);
}

/** Erases somebody. Who calls this has made sure that the visitor may. */
export async function erase(visit: Visit, person: PersonId, { dataDir }: Keeping = config()): Promise<void> {
  await writeDown(visit, [{ person, at: visit.now }], dataDir);
  await leave(visit, person);
  await goodbye(visit, person, { isTold: true });
  await mail.forgetPaper(visit, dataDir);
}

/** Erases those of these people who are here again, because a backup of before was put back; answers how many. */
export async function eraseAgain(visit: Visit, people: readonly string[], { dataDir }: Keeping = config()): Promise<number> {
  const back = await queries.hereAmong(visit.db, people);
  for (const person of back) {
    await leave(visit, person);
    await goodbye(visit, person, { isTold: false });
  }
  if (back.length > 0) await mail.forgetPaper(visit, dataDir);
  return back.length;
}

/** Everything of the visit's own that lets somebody act, be seen or be written to is gone at once. */
const leave = (visit: Visit, person: PersonId): Promise<void> =>
  atOnce(visit, async (visit) => {
    const who = await queries.holdPerson(visit.db, person);
    if (await queries.insertErasure(visit.db, person, visit.now)) await record(visit, { what: 'erasure-asked', person });
    else await queries.setErased(visit.db, person, null);
    await takeEverything(visit, { person, email: who?.email ?? null });
  });

async function takeEverything(visit: Visit, whom: queries.Whom): Promise<void> {
  if (whom.email !== null) await registration.forgetDrafts(visit, whom.person, whom.email);
  await proposals.forgetProposals(visit, whom.person);
  for (const kept of register) if (kept.table !== 'people') await queries.takeAway(visit.db, kept, whom);
}

const mostRounds = 10;
/** Seats go by their desks, each in a turn of its own; whoever was claiming at that very moment is found in another round. */
async function goodbye(visit: Visit, person: PersonId, { isTold }: { readonly isTold: boolean }): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    await seats.releaseAll(visit, person);
    if (await atOnce(visit, (visit) => goneFor(visit, person, isTold))) return;
  }
  throw new Error('Somebody who is to be erased goes on getting seats');
}

async function goneFor(visit: Visit, person: PersonId, isTold: boolean): Promise<boolean> {
  const who = await queries.holdPerson(visit.db, person);
  if (!who) return true;
  if (await leftOf(visit, person, ['desk'])) return false;
  await takeEverything(visit, { person, email: who.email });
  for (const kept of register) if (kept.table === 'people') await queries.takeAway(visit.db, kept, { person, email: null });
  const line = await record(visit, { what: 'person-erased', person });
  await followNoMore(visit, person);
  if (isTold) await mail.lastLetter(visit, line, who.email, who.language);
  return true;
}

/** Whether anything of somebody is left that should not be, by the register. */
async function leftOf(visit: Visit, person: PersonId, erased: readonly string[]): Promise<boolean> {
  for (const kept of register) if (erased.includes(kept.erased) && (await queries.countOf(visit.db, kept, { person, email: null })) > 0) return true;
  return false;
}

const someErasures = 100;
/** As long as who is being erased right now, and their last letter, may take. */
const minutes = 5;
/**
 * Finishes what was cut short, looks whether nothing is left of who asked to be erased, and notes when that was so; the
 * worker asks for it every minute. Answers how many were finished.
 */
export async function finishErasing(visit: Visit, { dataDir }: Keeping = config()): Promise<number> {
  const open = await queries.unfinished(visit.db, new Date(visit.now.getTime() - minutes * 60_000), someErasures);
  let finished = 0;
  for (const person of open) {
    await goodbye(visit, person, { isTold: true });
    await mail.forgetPaper(visit, dataDir);
    if (await leftOf(visit, person, ['row', 'emptied', 'desk'])) throw new Error('Something is left of somebody who was erased');
    await queries.setErased(visit.db, person, visit.now);
    finished++;
  }
  return finished;
}

/** Sees to it that every list of erased people says the same, and that nobody on it is here; the worker asks for it every hour. */
export async function keepErased(visit: Visit, { dataDir }: Keeping = config()): Promise<void> {
  const all = await erasedIn(dataDir);
  for (const folder of await queries.backupFolders(visit.db)) {
    if (!(await isThere(folder))) continue;
    const known = new Set((await erasedIn(folder)).map(({ person }) => person));
    await addErased(
      folder,
      all.filter(({ person }) => !known.has(person)),
    );
  }
  await eraseAgain(
    visit,
    all.map(({ person }) => person),
    { dataDir },
  );
}

/** Beside the data without fail; beside a backup whose disk is away, the worker adds it later. */
async function writeDown(visit: Visit, erasures: readonly Erasure[], dataDir: string): Promise<void> {
  await addErased(dataDir, erasures);
  for (const folder of await queries.backupFolders(visit.db))
    await ((await isThere(folder)) ? addErased(folder, erasures) : Promise.reject(new Error('the folder is away'))).catch((fault: unknown) =>
      log.warn({ fault }, 'an erasure could not be noted beside the backups; it is tried again within the hour'),
    );
}
