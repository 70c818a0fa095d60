// npm run dev: the house inside Vite, with reload.
import { spawn } from 'node:child_process';
import { ensureInstalled, node24, root } from './ready.js';

ensureInstalled();
process.chdir(root);
const vite = spawn(
  node24(),
  ['node_modules/vite/bin/vite.js', 'dev', '--port', process.env['PORT'] || '3000', '--strictPort', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => vite.kill(signal));
vite.on('exit', (code) => process.exit(code ?? 1));
