// Work that takes long is done beside the server, so that nobody who asks something meanwhile waits for it.
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread that runs a module of ours, named by its path under src. In the build the module is an input of
 * vite.config.ts under its own name: 'rooms/wishes/reckon.thread.server.ts' becomes 'reckon.thread.js'.
 */
export const startThread = (module: string, options: WorkerOptions): Worker => new Worker(addressOf(module), options);

function addressOf(module: string): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL(`../${module}`, here);
  const built = `${module.slice(module.lastIndexOf('/') + 1, -'.server.ts'.length)}.js`;
  return new URL(here.includes('/chunks/') ? `../${built}` : built, here);
}
