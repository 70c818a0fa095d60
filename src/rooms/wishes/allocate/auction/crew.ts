// What is reckoned over everybody, in blocks of people, so that several threads can share it and yet say the same.
import type { Instance, Seed } from '../instance.ts';
import { ask, bestAlone, cost, newDesk, total, type Aims, type Desk } from './demand.ts';
import { shared, setBlock, type Market } from './market.ts';
import { steps, tallyBids } from './tally.ts';

export type Task =
  /** Writes people and their scaled wishes into the market. */
  | { readonly kind: 'set' }
  /** Counts into `tally` the bids of the first people, in a window that reaches so far on both sides of the prices. */
  | { readonly kind: 'tally'; readonly people: number; readonly reach: number; readonly aims: Aims }
  /** Writes into `sums`, per block, what everybody's best bundle brings at the prices, and nothing but scaled value counts. */
  | { readonly kind: 'worth' };

/** What all who reckon see. */
export interface Sheet {
  /** Per column, in scaled value. */
  readonly price: Float64Array;
  /** Per column so many steps, and one for what lies beyond them. */
  readonly tally: Int32Array;
  readonly sums: Float64Array;
}

/** Whoever reckons: one thread alone, or several that each take some of the blocks. */
export interface Crew {
  readonly market: Market;
  readonly sheet: Sheet;
  readonly run: (task: Task) => void;
}

export interface Source {
  readonly instance: Instance;
  readonly seed: Seed;
}

const people = 2048;
export const blocksOf = (market: Market, task: Task): number => Math.ceil((task.kind === 'tally' ? task.people : market.people) / people);

export const newTally = ({ columns }: Market): Int32Array => shared(Int32Array, columns * (steps + 1));
export const newSheet = (market: Market): Sheet => ({
  price: shared(Float64Array, market.columns),
  tally: newTally(market),
  sums: shared(Float64Array, Math.ceil(market.people / people)),
});

/** One block of a task. Counts are whole numbers and sums stand apart, so it does not matter who does which block, or when. */
export function work(market: Market, source: Source, sheet: Sheet, task: Task, block: number, desk: Desk): void {
  const from = block * people;
  if (task.kind === 'set') {
    setBlock(market, source, from, Math.min(market.people, from + people));
    for (let t = from; t < Math.min(market.people, from + people); t++) market.best[t] = bestAlone(market, t, desk);
  } else if (task.kind === 'tally') {
    tallyBids(market, sheet.price, task.aims, task.reach, from, Math.min(task.people, from + people), sheet.tally, desk);
  } else {
    sheet.sums[block] = worthOf(market, sheet.price, from, Math.min(market.people, from + people), desk);
  }
}

function worthOf(market: Market, price: Float64Array, from: number, to: number, desk: Desk): number {
  let sum = 0;
  for (let t = from; t < to; t++) {
    cost(market, price, t, desk);
    ask(market, total, market.plain, t, desk);
    sum += desk.atMost;
  }
  return sum;
}

export function crewOfOne(market: Market, source: Source): Crew {
  const sheet = newSheet(market);
  const desk = newDesk(market);
  return {
    market,
    sheet,
    run: (task) => {
      if (task.kind === 'tally') sheet.tally.fill(0);
      for (let block = 0; block < blocksOf(market, task); block++) work(market, source, sheet, task, block, desk);
    },
  };
}
