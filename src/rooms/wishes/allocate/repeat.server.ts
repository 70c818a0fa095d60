// What an auditor does: the whole draw again, from its file alone.
import { hashOf } from '#ground/chance.server.ts';
import { allocate, engine } from './allocate.server.ts';
import { differences, type Difference } from './differences.ts';
import { isUnreadableDraw, readFile, seedOf, type DrawFile, type UnreadableDraw } from './file.ts';
import { waitingOrder } from './waiting-order.ts';

export interface Repeat {
  readonly file: DrawFile;
  /** SHA-256 of the text. */
  readonly hash: string;
  /** Whether the seed is the one that was committed to, by its hash in the file. */
  readonly isSeedCommitted: boolean;
  /** Which engine repeated it. */
  readonly engine: string;
  /** How many differences there are, and the first of them. */
  readonly count: number;
  readonly first: readonly Difference[];
}

const most = 20;

/** Repeats a draw, without a database; it keeps this thread busy for as long as the draw took. */
export async function repeatDraw(text: string, onProgress?: (part: number) => void): Promise<Repeat | UnreadableDraw> {
  const file = readFile(text);
  if (isUnreadableDraw(file)) return file;
  const seed = seedOf(file.seed);
  const allocation = await allocate(file.instance, seed, { onProgress });
  const first: Difference[] = [];
  let count = 0;
  for (const difference of differences(file, allocation, waitingOrder(file.instance, allocation, seed))) if (count++ < most) first.push(difference);
  return { file, hash: hashOf(text), isSeedCommitted: hashOf(file.seed) === file.seedHash, engine, count, first };
}
