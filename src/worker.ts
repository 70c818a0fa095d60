// What follows from what. Everything below runs after the change it follows from, may run twice, and does not mind.
import type { Kysely } from 'kysely';
import { PgBoss, type Job, type JobResult } from 'pg-boss';
import { config } from '#ground/config.server.ts';
import { connectionTo } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { failedReactions } from '#ground/measures.server.ts';
import type { DB } from '#ground/tables.ts';
import { inTrace } from '#ground/trace.server.ts';
import { linesOf, react, seal, type Reaction } from '#rooms/journal';
import * as library from '#rooms/library';
import { publishDue } from '#rooms/newsroom';
import * as mail from '#rooms/mail';
import { finishErasing, forgetWhatIsOver, keepErased } from '#rooms/privacy';
import * as proposals from '#rooms/proposals';
import { keepFigures } from '#rooms/figures';
import { startOptimising } from '#rooms/schedule';
import * as seats from '#rooms/seats';
import * as webhooks from '#rooms/webhooks';
import { backUpWhenDue, isReadOnly } from '#rooms/upkeep';
import { startDrawing } from '#rooms/wishes';
import { visitOfHouse, type House } from './house.server.ts';

export const reactions: readonly Reaction[] = [...seats.reactions, ...mail.reactions, ...webhooks.reactions];

export interface Worker {
  /** Finishes what it is doing. */
  readonly stop: () => Promise<void>;
}

/** Reactions, the postman, who brings what they wrote, who takes back offers that were not answered, who draws, who optimises schedules, the sweeper, who makes backups, and who seals the journal. */
export async function startWorker(house: House): Promise<Worker> {
  const reacting = await startReacting(house, reactions);
  const postman = mail.startPostman(() => visitOfHouse(house.db, 'postman'));
  const drawing = startDrawing(() => visitOfHouse(house.db, 'draw'));
  const optimising = startOptimising(() => visitOfHouse(house.db, 'optimiser'));
  const working = [
    reacting,
    postman,
    drawing,
    optimising,
    startExpiring(house),
    startCounting(house),
    startSweeping(house),
    startErasing(house),
    startTelling(house),
    startGathering(house),
    startBackups(house),
    startPublishing(house),
  ];
  const sealing = startSealing(house);
  return {
    stop: async () => {
      await Promise.all(working.map(({ stop }) => stop()));
      await sealing.stop();
    },
  };
}

/** Every few seconds, places that were offered and not taken in time go to the next in line; not while nobody can take them. */
export const startExpiring = (house: Pick<House, 'db'>, seconds = 5): Worker =>
  startEvery(seconds, 'offers were not taken back', async () => {
    const visit = visitOfHouse(house.db, 'offers');
    if (!(await isReadOnly(visit))) await seats.expireOffers(visit);
  });

/** Every other second, programs of others hear what waits for them, until nothing is left. */
const startTelling = (house: Pick<House, 'db'>, seconds = 2): Worker =>
  startEvery(seconds, 'webhooks were not told', async () => {
    while ((await webhooks.deliverDue(() => visitOfHouse(house.db, 'webhooks'))) > 0);
  });

/** Every minute it is seen who gets the letter of the day, and who hears of tomorrow. */
const startGathering = (house: Pick<House, 'db'>): Worker =>
  startEvery(60, 'letters of the day were not gathered', async () => {
    await mail.remindOfTomorrow(visitOfHouse(house.db, 'tomorrow'));
    await mail.gatherDigests(visitOfHouse(house.db, 'digest'));
  });

/** Every ten seconds, news that was planned for now is published; not while nothing can be changed. */
const startPublishing = (house: Pick<House, 'db'>): Worker =>
  startEvery(10, 'planned news was not published', async () => {
    const visit = visitOfHouse(house.db, 'news');
    if (!(await isReadOnly(visit))) await publishDue(visit);
  });

/** Every minute, how every edition stands today; not while nothing can be changed. */
const startCounting = (house: Pick<House, 'db'>): Worker =>
  startEvery(60, 'figures were not kept', async () => {
    const visit = visitOfHouse(house.db, 'figures');
    if (!(await isReadOnly(visit))) await keepFigures(visit);
  });

/** Every five minutes it is seen whether a backup is due. */
const startBackups = ({ db, where }: Pick<House, 'db' | 'where'>): Worker => {
  const { dataDir, backup } = config();
  const lock = backup.recipients.length > 0 ? { recipients: backup.recipients } : null;
  return startEvery(300, 'no backup was made', () =>
    backUpWhenDue(visitOfHouse(db, 'backup'), backup.everyHours, { where, dataDir, to: backup.folder, keep: 14, lock }),
  );
};

const hour = 3600;
/** Every hour, what was kept for a time and has had it, whether who was erased is still so, and whom a deadline comes near. */
const startSweeping = (house: Pick<House, 'db'>): Worker =>
  startEvery(hour, 'what is over was not swept', async () => {
    await forgetWhatIsOver(visitOfHouse(house.db, 'sweeper'));
    await keepErased(visitOfHouse(house.db, 'sweeper'));
    const visit = visitOfHouse(house.db, 'sweeper');
    if (!(await isReadOnly(visit))) await proposals.remind(visit);
    await Promise.all([webhooks.forgetDeliveries(visit), library.sweep(visit)]);
  });

/** Every minute, an erasure that was cut short is finished, and looked at whether nothing is left. */
const startErasing = (house: Pick<House, 'db'>): Worker =>
  startEvery(60, 'an erasure was not finished', () => finishErasing(visitOfHouse(house.db, 'eraser')));

/** Every two seconds, what was written in the journal; once more at the end, when everybody else is done. */
export function startSealing({ db }: Pick<House, 'db'>, seconds = 2): Worker {
  const sealAll = async () => {
    while ((await seal(visitOfHouse(db, 'sealer'))) > 0);
  };
  const failed = 'the journal was not sealed';
  const { stop } = startEvery(seconds, failed, sealAll);
  return {
    stop: () =>
      stop()
        .then(sealAll)
        .catch((fault: unknown) => log.error({ fault }, failed)),
  };
}

/** Now and every so many seconds, never twice at once; what fails is told and tried again the next time. */
function startEvery(seconds: number, failed: string, work: () => Promise<unknown>): Worker {
  let running: Promise<unknown> | null = null;
  const run = (): void => {
    running ??= work()
      .catch((fault: unknown) => log.error({ fault }, failed))
      .finally(() => (running = null));
  };
  run();
  const timer = setInterval(run, seconds * 1000);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

export async function startReacting({ db, where }: Pick<House, 'db' | 'where'>, list: readonly Reaction[]): Promise<Worker> {
  const boss = new PgBoss({
    ...connectionTo(where),
    max: 2,
    application_name: 'innovember worker',
    migrate: false,
    createSchema: false,
    schedule: false,
  });
  boss.on('error', (fault) => log.error({ fault }, 'the worker cannot reach its queue'));
  await boss.start();
  // A full batch means that more is waiting: then it goes on at once, so that a rush does not hold letters up.
  await boss.work('journal', { batchSize: 100, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true, perJobResults: true }, (jobs: Job<object>[]) =>
    follow(db, jobs, list),
  );
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000 }) };
}

/** A job has the number of its line. One that fails is tried again, later and later, and is kept aside after the eighth time. */
async function follow(db: Kysely<DB>, jobs: readonly Job<object>[], list: readonly Reaction[]): Promise<JobResult[]> {
  const lines = await linesOf(
    visitOfHouse(db, 'worker'),
    jobs.map(({ id }) => id),
  );
  const results: JobResult[] = [];
  for (const { id } of jobs) {
    const line = lines.find((line) => line.id === id);
    try {
      if (line) await inTrace(undefined, () => react(visitOfHouse(db, id), line, list));
      results.push({ id, status: 'completed' });
    } catch (fault) {
      log.error({ fault, line: id, what: line?.what }, 'a reaction failed');
      failedReactions.inc({ what: line?.what ?? 'gone' });
      results.push({ id, status: 'failed', output: { message: fault instanceof Error ? fault.message : String(fault) } });
    }
  }
  return results;
}
