// The thread in which a draw is made, so that the server goes on answering meanwhile.
import { gzipSync } from 'node:zlib';
import { parentPort, workerData } from 'node:worker_threads';
import { hashOf } from '#ground/chance.server.ts';
import { allocate, engine } from './allocate/allocate.server.ts';
import { seedOf } from './allocate/file.ts';
import { reckon, type Reckoned, type Task } from './reckon.ts';

/** What the thread tells: how far it is, and at last what came of it. */
export type Told = { readonly progress: number } | { readonly drawn: Drawn };
export type Drawn = Omit<Reckoned, 'file'> & { readonly content: Uint8Array; readonly hash: string };

const tell = (told: Told): void => parentPort?.postMessage(told);

const task: Task = workerData;
const seed = seedOf(task.seed);
const allocation = await allocate(task.instance, seed, { onProgress: (part) => tell({ progress: 0.9 * part }) });
const { file, ...reckoned } = reckon(task, seed, allocation, engine);
tell({ drawn: { ...reckoned, content: gzipSync(file), hash: hashOf(file) } });
