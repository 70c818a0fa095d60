// The thread in which a schedule is optimised, so that the server goes on answering meanwhile. It gets numbers, no names.
import { parentPort, workerData } from 'node:worker_threads';
import type { Instance, Placement } from './engine/instance.ts';
import { optimise, type Found, type Progress } from './engine/optimise.ts';

export interface Task {
  readonly instance: Instance;
  readonly placement: Placement;
  readonly seed: number;
  readonly seconds: number;
  readonly mayMove: Uint8Array;
  readonly maySlot: Uint8Array;
}
export type Said = { readonly progress: Progress } | { readonly found: Found };

const say = (said: Said): void => parentPort?.postMessage(said);
const { instance, placement, seconds, ...settings }: Task = workerData;
const began = performance.now();
let told = -Infinity;
const found = optimise(instance, placement, {
  ...settings,
  spent: () => (performance.now() - began) / 1000 / seconds,
  onProgress: (progress) => {
    if (performance.now() - told < 250) return;
    told = performance.now();
    say({ progress });
  },
});
say({ found });
