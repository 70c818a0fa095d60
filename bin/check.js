// npm run check: types, lint, format, words, house rules, dead code. Everything runs, so that all faults are seen at once.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, node24, root } from './ready.js';

ensureInstalled();
const tool = (name, path, ...args) => ({ name, args: [`${root}/node_modules/${path}`, ...args] });
const tools = [
  tool('types of the build', '@sveltejs/kit/svelte-kit.js', 'sync'),
  tool('types and markup', 'svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'),
  tool('types of the service worker', 'typescript/bin/tsc', '--noEmit', '-p', 'src/service-worker'),
  tool('lint', 'eslint/bin/eslint.js', '.', '--max-warnings', '0'),
  tool('format', 'prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'),
  tool('dead code', 'knip/bin/knip.js', '--no-progress'),
  tool(
    'words, house rules and rules of the API',
    'vitest/vitest.mjs',
    'run',
    'src/house.test.ts',
    'src/words',
    'src/api/rules.test.ts',
    '--reporter',
    'dot',
  ),
];
const failed = tools.filter(({ name, args }) => {
  process.stdout.write(`${name} ...\n`);
  return spawnSync(node24(), args, { cwd: root, stdio: 'inherit' }).status !== 0;
});
console.log(failed.length === 0 ? 'check: all good' : `check: not good: ${failed.map(({ name }) => name).join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
