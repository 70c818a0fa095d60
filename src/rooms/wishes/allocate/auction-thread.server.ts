// One thread of an auction: the first leads, the others reckon blocks for it.
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { settle } from './auction.ts';
import { blocksOf, newSheet, newTally, work, type Crew, type Sheet, type Source, type Task } from './auction/crew.ts';
import { guarantee, newDesk, total } from './auction/demand.ts';
import { newMarket, shared, type Market } from './auction/market.ts';
import { turnOrder } from './turns.ts';

/** What a thread is given: the leader a port to each of the others, those one to the leader. */
export interface Start extends Source {
  readonly isLeader: boolean;
  readonly ports: readonly MessagePort[];
}

export type Told = { readonly part: number } | { readonly given: Uint8Array; readonly price: Float64Array; readonly bound: number };

/** What the leader tells the others once; after that they speak through `signals`. */
interface Meeting {
  readonly market: Market;
  readonly sheet: Sheet;
  readonly signals: Int32Array;
  readonly figures: Float64Array;
}

/** Where in `signals` stands which round it is, how many are done with it, the next block, and the kind of task. */
const at = { round: 0, done: 1, block: 2, kind: 3 };
const kinds = ['set', 'tally', 'worth'] as const;
const stop = -1;

function lead({ instance, seed, ports }: Start): void {
  const market = newMarket(instance, turnOrder(seed, instance.people));
  const sheet = newSheet(market);
  const signals = shared(Int32Array, 4);
  const figures = shared(Float64Array, 4);
  const tallies = ports.map(() => newTally(market));
  ports.forEach((port, n) => port.postMessage({ market, sheet: { ...sheet, tally: tallies[n] }, signals, figures }));
  const desk = newDesk(market);
  const crew: Crew = {
    market,
    sheet,
    run: (task) => {
      if (task.kind === 'tally') for (const tally of [sheet.tally, ...tallies]) tally.fill(0);
      writeTask(task, signals, figures);
      Atomics.add(signals, at.round, 1);
      Atomics.notify(signals, at.round);
      takeBlocks(market, { instance, seed }, sheet, task, signals, desk);
      for (let done = Atomics.load(signals, at.done); done < ports.length; done = Atomics.load(signals, at.done))
        Atomics.wait(signals, at.done, done);
      if (task.kind === 'tally') for (const tally of tallies) for (let n = 0; n < tally.length; n++) sheet.tally[n]! += tally[n]!;
    },
  };
  const { given, price, bound } = settle(instance, crew, (part) => tell({ part }));
  signals[at.kind] = stop;
  Atomics.add(signals, at.round, 1);
  Atomics.notify(signals, at.round);
  tell({ given, price, bound });
}

const tell = (told: Told): void => parentPort!.postMessage(told);

function writeTask(task: Task, signals: Int32Array, figures: Float64Array): void {
  signals[at.done] = 0;
  signals[at.block] = 0;
  signals[at.kind] = kinds.indexOf(task.kind);
  if (task.kind === 'tally') figures.set([task.people, task.reach, task.aims.bonus === total.bonus ? 0 : 1, task.aims.floor]);
}

function readTask(signals: Int32Array, figures: Float64Array): Task {
  const kind = kinds[signals[at.kind]!]!;
  if (kind !== 'tally') return { kind };
  const bonus = figures[2] === 0 ? total.bonus : guarantee.bonus;
  return { kind, people: figures[0]!, reach: figures[1]!, aims: { bonus, floor: figures[3]! } };
}

function follow({ instance, seed }: Start, { market, sheet, signals, figures }: Meeting, port: MessagePort): void {
  const desk = newDesk(market);
  for (let round = 0; ; round++) {
    Atomics.wait(signals, at.round, round);
    if (signals[at.kind] === stop) break;
    takeBlocks(market, { instance, seed }, sheet, readTask(signals, figures), signals, desk);
    Atomics.add(signals, at.done, 1);
    Atomics.notify(signals, at.done);
  }
  port.close();
}

/** Whoever is free takes the next block; counts and sums do not show by whom. */
function takeBlocks(market: Market, source: Source, sheet: Sheet, task: Task, signals: Int32Array, desk: ReturnType<typeof newDesk>): void {
  const blocks = blocksOf(market, task);
  for (let block = Atomics.add(signals, at.block, 1); block < blocks; block = Atomics.add(signals, at.block, 1))
    work(market, source, sheet, task, block, desk);
}

const start: Start = workerData;
if (start.isLeader) lead(start);
else for (const port of start.ports) port.once('message', (meeting: Meeting) => follow(start, meeting, port));
