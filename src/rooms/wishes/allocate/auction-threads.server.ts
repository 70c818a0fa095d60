// The same auction by several threads at once: the same answer, sooner.
import { MessageChannel, type Worker } from 'node:worker_threads';
import { startThread } from '#ground/thread.server.ts';
import type { AuctionOptions } from './auction.ts';
import type { Start, Told } from './auction-thread.server.ts';
import type { Allocation, Instance, Seed } from './instance.ts';

export interface ThreadOptions extends AuctionOptions {
  /** 1 or more; more than there are processors does not help. */
  readonly threads: number;
}

/**
 * The allocation of `auction`, to the letter, whatever the number of threads; the thread that asks stays free. A fault in a
 * thread ends all of them and is thrown here.
 */
export async function auctionInThreads(instance: Instance, seed: Seed, { threads, onProgress }: ThreadOptions): Promise<Allocation> {
  const source = { instance: inSharedMemory(instance), seed };
  const channels = Array.from({ length: threads - 1 }, () => new MessageChannel());
  const leader = start({ ...source, isLeader: true, ports: channels.map(({ port1 }) => port1) });
  const others = channels.map(({ port2 }) => start({ ...source, isLeader: false, ports: [port2] }));
  try {
    return await new Promise<Allocation>((resolve, reject) => {
      leader.on('message', (told: Told) => ('part' in told ? onProgress?.(told.part) : resolve({ ...told, method: 'auction' })));
      for (const thread of [leader, ...others]) thread.on('error', reject);
      leader.on('exit', () => reject(new Error('the thread that leads the draw ended without an answer')));
    });
  } finally {
    await Promise.all([leader, ...others].map((thread) => thread.terminate()));
  }
}

const start = (workerData: Start): Worker =>
  startThread('rooms/wishes/allocate/auction-thread.server.ts', { workerData, transferList: [...workerData.ports] });

function inSharedMemory(instance: Instance): Instance {
  const copies = Object.entries(instance).map(([name, value]) => [name, ArrayBuffer.isView(value) ? copyOf(value) : value]);
  return { ...instance, ...Object.fromEntries(copies) };
}

function copyOf(value: ArrayBufferView): ArrayBufferView {
  const bytes = new Uint8Array(new SharedArrayBuffer(value.byteLength));
  bytes.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  const { constructor } = Object.getPrototypeOf(value);
  return new constructor(bytes.buffer);
}
