// npm test: everything needed, then all tests. The last line counts them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, node24, root } from './ready.js';

ensureInstalled();
ensureBuilt();
ensureBrowser();

const folder = mkdtempSync(join(tmpdir(), 'innovember-test-'));
const report = join(folder, 'report.json');
const run = spawnSync(
  node24(),
  [`${root}/node_modules/vitest/vitest.mjs`, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
rmSync(folder, { recursive: true, force: true });
// A test file that cannot be loaded has no tests to fail, and is a failure all the same.
const failed = counted.numFailedTests + (run.status !== 0 && counted.numFailedTests === 0 ? 1 : 0);
console.log(`${counted.numPassedTests} passed, ${failed} failed${counted.numPendingTests ? `, ${counted.numPendingTests} skipped` : ''}`);
process.exit(run.status ?? 1);

/** Real Chromium, from Debian when it is not there yet and we may install it; without a browser the tests say so and fail. */
function ensureBrowser() {
  if (browser()) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('Installing Chromium (apt-get install chromium) ...');
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  }
  if (!browser())
    console.error('No Chromium found: the browser journeys will fail. Install it (Debian: apt-get install chromium) or name it in CHROMIUM.');
}

function browser() {
  return [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some((path) => path && existsSync(path));
}
