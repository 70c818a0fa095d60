// The optimiser at work: somebody asks for it, the worker has it done in a thread and writes down how far it is, and what
// it proposes is put on the board at once, or dropped. Who calls these has made sure that the visitor may.
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId, type EditionId } from '#ground/id.ts';
import { log } from '#ground/log.server.ts';
import type { Refusal } from '#ground/refusal.ts';
import { startThread } from '#ground/thread.server.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { local } from '#rooms/programme/when.ts';
import { boardOf } from './board.server.ts';
import { nowhere } from './engine/instance.ts';
import type { Found, Progress } from './engine/optimise.ts';
import { interestOf, marksOf } from './figures.server.ts';
import { numbered, type Numbered } from './instance-of.ts';
import * as optimisations from './optimise-queries.server.ts';
import type { Optimisation, OptimisationId, ProposedMove, Settings, Standing, StoredPlace } from './optimise-queries.server.ts';
import type { Said, Task } from './optimise.thread.server.ts';
import { move } from './place.server.ts';
import * as queries from './queries.server.ts';

export type { Optimisation, ProposedMove } from './optimise-queries.server.ts';

/** Everything of an edition that the engine reckons with: sessions, times and venues by number, and who wants what, without names. */
export async function instanceOf(visit: Visit, edition: EditionId): Promise<Numbered> {
  const [board, marks, chains, zone] = [
    await boardOf(visit, edition),
    await marksOf(visit, edition),
    await optimisations.deepensIn(visit.db, edition),
    await optimisations.zoneOf(visit.db, edition),
  ];
  const deepens = Map.groupBy(chains, ({ session }) => session);
  const named = new Map([...deepens].map(([session, list]) => [session, list.map(({ deepens }) => deepens)]));
  return numbered(board, (sessions) => interestOf({ sessions }, marks), named, zone);
}

/** Asks for a better month, or part of it; one at a time for each edition. */
export const askOptimisation = (
  visit: Visit,
  edition: EditionId,
  { sessions = null, days = null, seconds = 10 }: Partial<Omit<Settings, 'seed'>> = {},
): Promise<OptimisationId | Refusal<'optimisation-running'>> =>
  atOnce(visit, async (visit) => {
    await queries.holdBoard(visit.db, edition);
    if (await optimisations.isRunning(visit.db, edition)) return { refused: 'optimisation-running' };
    const id: OptimisationId = newId(visit.now);
    const settings: Settings = { seed: visit.now.getTime() % 0x7fffffff, seconds: Math.min(60, Math.max(1, seconds)), sessions, days };
    await optimisations.insert(visit.db, { id, edition, by: visit.person?.id ?? null, at: visit.now, settings });
    await record(visit, { what: 'optimisation-asked', edition, details: { optimisation: id } });
    return id;
  });

/** The newest of an edition: how far it is, or what it proposes. */
export const lastOptimisation = (visit: Visit, edition: EditionId): Promise<Optimisation | null> => optimisations.last(visit.db, edition);

/** Ends it, or throws its proposal away; the board stays as it is. */
export const dropOptimisation = (visit: Visit, edition: EditionId, id: string): Promise<void | Refusal<'optimisation-gone'>> =>
  atOnce(visit, async (visit) => {
    if (!isId(id) || !(await optimisations.drop(visit.db, edition, id, visit.now))) return { refused: 'optimisation-gone' };
    await record(visit, { what: 'optimisation-dropped', edition, details: { optimisation: id } });
  });

/** Puts all that it proposes on the board, as one change that can be taken back; not when somebody moved one of them since. */
export const acceptOptimisation = (visit: Visit, edition: EditionId, id: string): Promise<void | Refusal<'optimisation-gone' | 'moved-after'>> =>
  atOnce(visit, async (visit) => {
    await queries.holdBoard(visit.db, edition);
    const found = isId(id) ? await optimisations.accept(visit.db, edition, id, visit.now) : null;
    if (!found?.moves) return { refused: 'optimisation-gone' };
    const now = new Map((await boardOf(visit, edition)).sessions.map((session) => [session.id, session]));
    const isSame = ({ session, from }: ProposedMove): boolean => {
      const one = now.get(session);
      if (!one || one.isPinned || one.state === 'cancelled') return false;
      const { spot } = one;
      if (spot === null || from === null) return spot === from;
      return spot.start.toISOString() === from.startsAt && spot.end.toISOString() === from.endsAt && spot.venue === from.venue;
    };
    if (!found.moves.every(isSame)) return { refused: 'moved-after' };
    const moves = found.moves.map(({ session, to }) => ({
      session,
      after: { startsAt: to?.startsAt ?? null, endsAt: to?.endsAt ?? null, venue: to?.venue ?? null, isPinned: false },
    }));
    if (moves.length > 0) await move(visit, edition, moves);
    await record(visit, { what: 'optimisation-accepted', edition, details: { optimisation: found.id, count: moves.length } });
  });

// The worker's part

/** Looks every second whether one is asked for. What is being reckoned when the house closes is said to be lost. */
export function startOptimising(visitNow: () => Visit, everySeconds = 1): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  let running: Promise<unknown> | null = null;
  const look = async (): Promise<void> => {
    await optimisations.markLost(visitNow().db, visitNow().now);
    while (!stopping.signal.aborted && (await optimiseNext(visitNow, stopping.signal)));
  };
  const run = (): void => {
    running ??= look()
      .catch((fault: unknown) => log.error({ fault }, 'a schedule was not optimised'))
      .finally(() => (running = null));
  };
  const timer = setInterval(run, everySeconds * 1000);
  run();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}

/** Does one that is asked for; answers whether there was one. */
export async function optimiseNext(visitNow: () => Visit, signal?: AbortSignal): Promise<boolean> {
  const { db, now } = visitNow();
  const asked = await optimisations.take(db, now);
  if (!asked) return false;
  try {
    const month = await instanceOf(visitNow(), asked.edition);
    let before: number | null = null;
    const standing = ({ part, tries, share, unplaced }: Progress): Standing => ({
      part: Math.min(1, part),
      tries,
      share: month.instance.interest.people === 0 ? null : share,
      unplaced,
      before,
    });
    const zone = await optimisations.zoneOf(db, asked.edition);
    const found = await beside(taskOf(month, asked.settings, zone), signal, (progress) =>
      optimisations.markSeen(visitNow().db, asked.id, standing(progress), visitNow().now),
    );
    if (found === null) return true;
    const scale = Math.max(found.marked, 1);
    before = found.before / scale;
    const last = standing({ part: 1, tries: found.tries, share: found.attendable / scale, unplaced: found.unplaced });
    await optimisations.finish(visitNow().db, asked.id, last, proposed(month, found), visitNow().now);
  } catch (fault) {
    await optimisations.markLost(db, visitNow().now, asked.id);
    if (!signal?.aborted) throw fault;
  }
  return true;
}

function taskOf({ instance, placement, sessions, spans }: Numbered, { seed, seconds, sessions: only, days }: Settings, zone: string): Task {
  const isWithin = ({ start }: { readonly start: Date }): boolean => {
    const { day } = local(start, zone);
    return days === null || (days.from <= day && day <= days.until);
  };
  return {
    instance,
    placement,
    seed,
    seconds,
    mayMove: Uint8Array.from(sessions, ({ id, spot }) => ((only === null || only.includes(id)) && (spot === null || isWithin(spot)) ? 1 : 0)),
    maySlot: Uint8Array.from(spans, (span) => (isWithin(span) ? 1 : 0)),
  };
}

/** In a thread. Null when it was called off meanwhile: then `tell` says so. */
function beside(task: Task, signal: AbortSignal | undefined, tell: (progress: Progress) => Promise<boolean>): Promise<Found | null> {
  return new Promise((done, fail) => {
    const thread = startThread('rooms/schedule/optimise.thread.server.ts', { workerData: task });
    const end = (result: () => void): void => {
      signal?.removeEventListener('abort', leave);
      result();
      void thread.terminate();
    };
    const leave = (): void => end(() => fail(new Error('the house closes')));
    let telling: Promise<void> | null = null;
    signal?.addEventListener('abort', leave, { once: true });
    thread.on('message', (said: Said) => {
      if ('found' in said) return void (telling ?? Promise.resolve()).then(() => end(() => done(said.found)));
      telling ??= tell(said.progress)
        .then((goesOn) => (goesOn ? undefined : end(() => done(null))))
        .catch((fault: unknown) => log.warn({ fault }, 'the optimiser could not tell how far it is'))
        .finally(() => (telling = null));
    });
    thread.on('error', (fault) => end(() => fail(fault)));
    thread.on('exit', (code) => end(() => fail(new Error(`the optimiser's thread ended with ${code}`))));
    if (signal?.aborted) leave();
  });
}

function proposed({ sessions, spans, venues }: Numbered, { moves, marked }: Found): ProposedMove[] {
  const place = ({ slot, venue }: { readonly slot: number; readonly venue: number }): StoredPlace | null =>
    slot === nowhere
      ? null
      : { startsAt: spans[slot]!.start.toISOString(), endsAt: spans[slot]!.end.toISOString(), venue: venue === nowhere ? null : venues[venue]! };
  return moves.map(({ session, from, to, change }) => ({
    session: sessions[session]!.id,
    from: place(from),
    to: place(to),
    change: change / Math.max(marked, 1),
  }));
}
