// npm run audit: every page x access class, in both languages, narrow and wide, light, dark and in forced colours.
import { spawnSync } from 'node:child_process';
import { ensureBuilt, ensureInstalled, node24, root } from './ready.js';

ensureInstalled();
ensureBuilt();
const { status } = spawnSync(node24(), [`${root}/node_modules/vitest/vitest.mjs`, 'run', 'journeys/audit', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, AUDIT: 'whole' },
});
process.exit(status ?? 1);
