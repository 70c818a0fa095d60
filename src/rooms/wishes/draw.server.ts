// The worker's part of a draw: it notices that a window is closed, has the draw made in a thread of its own, and writes
// down what came of it. A draw that was killed begins again; two never both write.
import { createHash } from 'node:crypto';
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { startThread } from '#ground/thread.server.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import * as seats from '#rooms/seats';
import { groupsOf } from '#rooms/seats/seat.ts';
import { drawingFrom, type Drawable, type Drawing, type Facts } from './drawing.ts';
import type { Task } from './reckon.ts';
import type { Drawn, Told } from './reckon.thread.server.ts';
import { answersOf, answersWithout, resultsOf, type Results } from './results.ts';
import * as queries from './draw-queries.server.ts';
import type { Claimed } from './draw-queries.server.ts';
import type { WindowId } from './window.ts';

export interface Drawer {
  /** Leaves a draw that is being made to whoever comes next. */
  readonly stop: () => Promise<void>;
}

let wake: () => void = () => {};
/** There may be a window to draw. */
export const wakeDrawer = (): void => wake();

/** Looks every few seconds whether a window is closed, and makes its draw. */
export function startDrawing(visitNow: () => Visit, everySeconds = 3): Drawer {
  const stopping = new AbortController();
  let isBusy: Promise<unknown> = Promise.resolve();
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking || stopping.signal.aborted) return;
    isLooking = true;
    try {
      while (!stopping.signal.aborted && (await drawNext(visitNow, stopping.signal)));
    } catch (fault) {
      if (!stopping.signal.aborted) log.error({ fault }, 'a draw failed; it is tried again');
    } finally {
      isLooking = false;
    }
  };
  wake = () => void (isBusy = look());
  const timer = setInterval(wake, everySeconds * 1000);
  wake();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await isBusy;
    },
  };
}

/** Makes the draw of one closed window, if there is one; answers whether there was. */
export async function drawNext(visitNow: () => Visit, signal?: AbortSignal): Promise<boolean> {
  const visit = visitNow();
  const attempt = newId<'draw'>(visit.now);
  const window = await atOnce(visit, (visit) => queries.takeClosed(visit.db, attempt, visit.now));
  if (!window) return false;
  const seen = { progress: 0 };
  const pulse = setInterval(
    () =>
      void queries
        .markSeen(visitNow().db, window.id, attempt, seen.progress, visitNow().now)
        .catch((fault: unknown) => log.warn({ fault }, 'a draw could not tell how far it is')),
    queries.leaseSeconds * 200,
  );
  try {
    const drawing = await collect(visit, window);
    const drawn = await drawBeside(taskOf(window, drawing), (progress) => (seen.progress = progress), signal);
    await store(visitNow(), window, attempt, drawing, drawn);
  } catch (fault) {
    // Another process may take it at once; a draw that failed rests first.
    if (signal?.aborted) await queries.leave(visit.db, window.id, attempt);
    throw fault;
  } finally {
    clearInterval(pulse);
  }
  return true;
}

/** Everything that the draw of a window depends on, as it is now. */
export async function collect(visit: Visit, window: Pick<Claimed, 'id' | 'wanted'>): Promise<Drawing> {
  const facts: Facts = {
    now: visit.now,
    wanted: window.wanted,
    sessions: await sessionsOf(visit, window.id),
    people: await peopleOf(visit, window.id),
  };
  return drawingFrom(facts);
}

async function sessionsOf(visit: Visit, window: WindowId): Promise<Drawable[]> {
  const sessions = await queries.sessionsOf(visit.db, window);
  const ids = sessions.map(({ id }) => id);
  const places = await seats.placesOf(visit, ids);
  const taken = await queries.takenByGroups(visit.db, ids);
  return sessions.map((session) => ({
    ...session,
    ways: places
      .filter((way) => way.session === session.id)
      .map(({ attendance, capacity, taken: gone, shares }) => ({
        attendance,
        capacity,
        taken: gone,
        shares,
        takenBy: new Map(
          taken.filter((one) => one.session === session.id && one.attendance === attendance).map(({ group, taken }) => [group, taken]),
        ),
      })),
  }));
}

const atATime = 2000;
async function peopleOf(visit: Visit, window: WindowId): Promise<Facts['people']> {
  const people: Facts['people'][number][] = [];
  for (let after = ''; ;) {
    const some = await queries.wishersAfter(visit.db, window, after, atATime);
    people.push(...some.map(({ organisation, ...wisher }) => ({ ...wisher, groups: groupsOf({ isInternal: wisher.isInternal, organisation }) })));
    if (some.length < atATime) return people;
    after = some.at(-1)!.pseudonym;
  }
}

const taskOf = ({ seed, seedHash }: Claimed, { instance, items, groups, people }: Drawing): Task => ({
  instance,
  seed,
  seedHash,
  items: items.map(({ session, attendance }) => ({ session: session.code, attendance })),
  groups: groups.length,
  pseudonyms: people.map(({ wisher }) => wisher.pseudonym),
});

/** The draw itself, in a thread; when the house closes meanwhile it is left. */
function drawBeside(task: Task, onProgress: (part: number) => void, signal?: AbortSignal): Promise<Drawn> {
  return new Promise((done, fail) => {
    const thread = startThread('rooms/wishes/reckon.thread.server.ts', { workerData: task });
    const leave = (): void => {
      void thread.terminate();
      fail(new Error('the house closes'));
    };
    signal?.addEventListener('abort', leave, { once: true });
    thread.on('message', (told: Told) => ('drawn' in told ? done(told.drawn) : onProgress(told.progress)));
    thread.on('error', fail);
    thread.on('exit', (code) => {
      signal?.removeEventListener('abort', leave);
      fail(new Error(`the draw's thread ended with ${code}`));
    });
    if (signal?.aborted) leave();
  });
}

/** What a draw depends on, in 64 digits: the same gives the same outcome. */
export function inputHashOf({ instance, items }: Drawing): string {
  const hash = createHash('sha256');
  for (const item of items) hash.update(`${item.session.code} ${item.attendance}\n`);
  const { capacity, wishStart, wishItem, wishWeight, wanted, has, clashStart, clashItem, groupStart, group } = instance;
  for (const list of [capacity, wishStart, wishItem, wishWeight, wanted, has, clashStart, clashItem, groupStart, group])
    hash.update(`${list.length}\n`).update(new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
  for (const { item, group, most } of instance.shares) hash.update(`${item} ${group} ${most}\n`);
  return hash.digest('hex');
}

/** Writes the outcome down, unless the window was called off meanwhile or another attempt was first. */
function store(visit: Visit, window: Claimed, attempt: string, drawing: Drawing, drawn: Drawn): Promise<void> {
  return atOnce(visit, async (visit) => {
    const outcome = { inputHash: inputHashOf(drawing), fileHash: drawn.hash, report: drawn.report };
    if (!(await queries.markDrawn(visit.db, window.id, attempt, outcome, visit.now))) return;
    await queries.forgetOutcome(visit.db, window.id);
    const results = resultsOf(drawing, drawn.allocation, drawn.waiting);
    await queries.insertFile(visit.db, window.id, drawn.content);
    await queries.insertItems(visit.db, window.id, itemRows(drawing, results, drawn.allocation.price));
    await storePeople(visit, window.id, drawing, results, drawn);
    await storeLines(visit, window.id, drawing, results);
    await record(visit, { what: 'wishes-drawn', edition: window.edition, details: { window: window.id, fileHash: drawn.hash } });
  });
}

const itemRows = ({ instance, items }: Drawing, { wished, granted, lines }: Results, price: Float64Array): queries.ItemRow[] =>
  items.map(({ session, attendance }, item) => ({
    session: session.id,
    attendance,
    places: instance.capacity[item]!,
    wished: wished[item]!,
    given: granted[item]!,
    line: lines[item]!.length,
    price: price[item]!,
  }));

/** So few that nobody else waits long while their answers are put together. */
const aFew = 500;
async function storePeople(visit: Visit, window: WindowId, drawing: Drawing, results: Results, drawn: Drawn): Promise<void> {
  const { people, items, without } = drawing;
  for (let from = 0; from < people.length; from += aFew) {
    const some = people.slice(from, from + aFew);
    await queries.insertPeople(
      visit.db,
      window,
      some.map(({ wisher }, nth) => ({
        person: wisher.person,
        share: drawn.share[from + nth]!,
        why: answersOf(drawing, results, drawn.allocation.price, from + nth),
      })),
    );
    await queries.insertPlaces(
      visit.db,
      window,
      some.flatMap(({ wisher }, nth) =>
        results.given[from + nth]!.map((item) => ({ person: wisher.person, session: items[item]!.session.id, attendance: items[item]!.attendance })),
      ),
    );
  }
  for (let from = 0; from < without.length; from += aFew)
    await queries.insertPeople(
      visit.db,
      window,
      without.slice(from, from + aFew).map((one) => ({ person: one.wisher.person, share: 0, why: answersWithout(one) })),
    );
}

async function storeLines(visit: Visit, window: WindowId, { people, items }: Drawing, { lines }: Results): Promise<void> {
  const rows = lines.flatMap((line, item) =>
    line.map((person, before) => ({
      person: people[person]!.wisher.person,
      session: items[item]!.session.id,
      attendance: items[item]!.attendance,
      nth: before + 1,
    })),
  );
  for (let from = 0; from < rows.length; from += 5 * atATime) await queries.insertLines(visit.db, window, rows.slice(from, from + 5 * atATime));
}
