import { config } from '#ground/config.server.ts';
import { loadExamples } from '#rooms/exchange';
import { openHouse, visitOfHouse } from './house.server.ts';
import { startWorker } from './worker.ts';

/** Opens the house for the development server; answers how to close it. */
export async function open(): Promise<() => Promise<void>> {
  const settings = config();
  const house = await openHouse(settings);
  if (settings.demo) await loadExamples(visitOfHouse(house.db, 'start'));
  const worker = await startWorker(house);
  return async () => {
    await worker.stop();
    await house.close();
  };
}
