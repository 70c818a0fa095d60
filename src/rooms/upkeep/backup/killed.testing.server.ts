// A process of its own that backs up or restores, to be killed: node FILE backup|restore {JSON of the order}.
import { join } from 'node:path';
import { root } from '#ground/config.server.ts';
import { migrationsIn } from '#ground/migrations.server.ts';
import { now } from '#ground/clock.server.ts';
import { noKeys } from './lock.server.ts';
import { restore } from './restore.server.ts';
import { writeBackup } from './write.server.ts';

const [what, given = '{}'] = process.argv.slice(2);
const order = JSON.parse(given);
if (what === 'backup')
  await writeBackup({ ...order, lock: null, madeAt: now(), version: '0', onProgress: (part) => process.stdout.write(`${part}\n`) });
else
  await restore(
    {
      ...order,
      keys: noKeys,
      migrations: await migrationsIn(join(root, 'migrations')),
      now: now(),
      force: () => Promise.resolve(''),
      onProgress: (part) => process.stdout.write(`${part}\n`),
    },
    // After the commit there is more to do: whoever opens the house next does it.
    () => (process.stdout.write('committed\n'), new Promise(() => setInterval(() => {}, 1000))),
  );
