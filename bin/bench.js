// npm run bench -- NAME [--data PATH] [--seed N]: one benchmark, straight from its source.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, goOn, root } from './ready.js';

const name = process.argv[2] ?? '';
const benchmarks = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.ts') && !['table.ts', 'peers.ts', 'interest.ts'].includes(file) && !file.startsWith('allocate-'))
  .map((file) => file.slice(0, -3));
if (!/^[a-z-]+$/.test(name) || !existsSync(join(root, 'bench', `${name}.ts`))) {
  console.error(`npm run bench -- NAME [--data PATH] [--seed N], with NAME one of: ${benchmarks.join(', ')}`);
  process.exit(1);
}
ensureInstalled();
await goOn(`bench/${name}.ts`, process.argv.slice(3));
