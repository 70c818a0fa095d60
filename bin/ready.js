// Brings a checkout to where it can run. Built-ins only, on any Node.js from 20 on.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const at = (/** @type {string} */ path) => join(root, path);
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;

/** Installs what the lock file says, unless it is there already. */
export function ensureInstalled() {
  if (isInstalled()) return;
  alone(() => {
    if (isInstalled()) return;
    console.error('Installing what INNOvember needs ...');
    const npm = process.env['npm_execpath']?.endsWith('npm-cli.js') ? [process.execPath, process.env['npm_execpath']] : ['npm'];
    quietly(
      npm,
      ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'],
      { NODE_ENV: '' },
      'npm ci did not succeed. Is there a connection to the registry?',
    );
  });
}

/** Builds the server, the pages and the operator's tool, unless that was done from these very sources. */
export function ensureBuilt() {
  const sources = hashOfSources();
  if (isBuiltFrom(sources)) return;
  alone(() => {
    if (isBuiltFrom(sources)) return;
    console.error('Building INNOvember ...');
    quietly(
      [node24()],
      [at('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
      { NODE_ENV: 'production' },
      'The build did not succeed.',
    );
    writeFileSync(at('build/.sources'), sources);
  });
}

/** The Node.js that the project brings, when the machine's own is older than 24. */
export function node24() {
  if (isNewEnough) return process.execPath;
  const isWindows = process.platform === 'win32';
  const own = at(`node_modules/node-${isWindows ? 'win' : process.platform}-${process.arch}/bin/node${isWindows ? '.exe' : ''}`);
  if (existsSync(own)) return own;
  return fail(
    `INNOvember runs on Node.js 24. This is ${process.version}, and npm has none for ${process.platform}-${process.arch}. Install Node.js 24 and try again.`,
  );
}

/**
 * Goes on with a program in this process, or in a newer Node.js that gets every signal this one gets.
 * @param {string} program
 * @param {string[]} args
 */
export async function goOn(program, args = process.argv.slice(2)) {
  if (isNewEnough) return void (await import(at(program)));
  const child = spawn(node24(), [at(program), ...args], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** npm writes down in node_modules what it put there; that must be what the lock file says for this machine. */
function isInstalled() {
  const there = at('node_modules/.package-lock.json');
  if (!existsSync(there)) return false;
  const installed = JSON.parse(readFileSync(there, 'utf8')).packages;
  const { '': _, ...wanted } = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) =>
    installed[path] ? installed[path].version === entry.version && existsSync(at(path)) : !isForThisMachine(entry),
  );
}

/** @param {{ optional?: boolean, devOptional?: boolean, peer?: boolean, os?: string[], cpu?: string[], libc?: string[] }} entry */
function isForThisMachine({ optional, devOptional, peer, os, cpu, libc }) {
  if (libc || peer) return false;
  if (!optional && !devOptional) return true;
  const fits = (/** @type {string[] | undefined} */ list, /** @type {string} */ mine) => list !== undefined && list.includes(mine);
  return fits(os, process.platform) && fits(cpu, process.arch);
}

const isBuiltFrom = (/** @type {string} */ sources) => existsSync(at('build/.sources')) && readFileSync(at('build/.sources'), 'utf8') === sources;

function hashOfSources() {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ path) => hash.update(`${path}\0`).update(readFileSync(at(path)));
  const walk = (/** @type {string} */ folder) => {
    for (const entry of readdirSync(at(folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (!/\.test\.ts$/.test(path)) add(path);
    }
  };
  for (const folder of ['src', 'static']) if (existsSync(at(folder))) walk(folder);
  for (const file of ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json']) add(file);
  return hash.digest('hex');
}

/**
 * Two commands at once do not install or build at once: the second waits for the first.
 * @param {() => void} work
 */
function alone(work) {
  mkdirSync(at('node_modules'), { recursive: true });
  const lock = at('node_modules/.innovember-lock');
  while (!taken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(/** @type {string} */ lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    if (holder && !isRunning(holder)) rmSync(lock, { force: true });
    return false;
  }
}

function isRunning(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM';
  }
}

/**
 * Runs a program and shows what it said only when it did not succeed.
 * @param {string[]} program
 * @param {string[]} args
 * @param {Record<string, string>} environment
 * @param {string} complaint
 */
function quietly([command = '', ...first], args, environment, complaint) {
  const done = spawnSync(command, [...first, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (done.status !== 0) fail(`${done.stdout ?? ''}\n${done.stderr ?? done.error?.message ?? ''}\n${complaint}`.trim());
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
