// Backup under load, wipe, restore: difference nothing. Two installations, each with a PostgreSQL database and a folder.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, cpSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { root } from '#ground/config.server.ts';
import { openDatabase, type Where } from '#ground/database.server.ts';
import { migrate, migrationsIn } from '#ground/migrations.server.ts';
import type { DB } from '#ground/tables.ts';
import { testDatabase, testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { claim, ledger } from '#rooms/seats';
import { enterFolder, sweepFolder } from './folder.server.ts';
import { addFingerprint } from './fingerprint.server.ts';
import { noKeys } from './lock.server.ts';
import { readBackup } from './read.server.ts';
import { finishRestore, restore, type NotRestored, type Restored } from './restore.server.ts';
import { sequencesIn, tablesIn } from './tables.server.ts';
import { writeBackup, type Order } from './write.server.ts';

const visit = testVisit();
const migrations = await migrationsIn(join(root, 'migrations'));
const dataDir = mkdtempSync(join(tmpdir(), 'innovember-backup-'));
const folder = join(dataDir, 'backups');
mkdirSync(folder);
const codes = Array.from({ length: 12 }, (_, nth) => `BACK${String(nth).padStart(2, '0')}`);
const people: Person[] = [];

beforeAll(async () => {
  const edition = newId(testNow);
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${edition}, 'proef', '{"nl":"Proef"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(visit.db);
  for (const code of codes) {
    const id = newId(testNow);
    await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, updated_at, created_at)
      values (${id}, ${edition}, ${code}, ${JSON.stringify({ nl: `Sessie "${code}" \\ met\ttab\nen € 😀` })}, 'workshop', 'public', 'published', ${testNow}, ${testNow})`.execute(
      visit.db,
    );
    await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', 5), (${id}, 'online', 3)`.execute(visit.db);
  }
  for (let nth = 0; nth < 30; nth++) people.push(await testPerson());
  await sql`insert into passkeys (id, person_id, credential, public_key, name, created_at, usable_at)
    values (${newId(testNow)}, ${people[0]!.id}, 'c', '\\x00ff7f', 'sleutel', ${testNow}, ${testNow})`.execute(visit.db);
  await sql`insert into sign_ins (id, person_id, token_hash, created_at, expires_at) values (${newId(testNow)}, ${people[0]!.id}, 'h', ${testNow}, ${testNow})`.execute(
    visit.db,
  );
  await sql`insert into letters (id, line_id, kind, person_id, recipient, language, created_at, due_at)
    values (${newId(testNow)}, ${newId(testNow)}, 'seats', ${people[0]!.id}, 'deelnemer@example.org', 'nl', ${testNow}, ${testNow})`.execute(
    visit.db,
  );
  for (const person of people.slice(0, 10)) await claimed(person, codes[0]!);
  mkdirSync(join(dataDir, 'files/ab'), { recursive: true });
  mkdirSync(join(dataDir, 'mail'));
  writeFileSync(join(dataDir, 'files/ab/' + 'lange-naam-'.repeat(15)), randomBytes(300_000));
  writeFileSync(join(dataDir, 'files/leeg'), '');
  writeFileSync(join(dataDir, 'mail/brief.eml'), 'Onderwerp: €');
  writeFileSync(join(dataDir, 'sleutel.json'), '{}', { mode: 0o600 });
  writeFileSync(join(dataDir, 'postgres.log'), 'not ours');
});

const claimed = (person: Person, code: string) => claim({ ...visit, person }, { code }, null, 'own');
const order = (file: string, more: Partial<Order> = {}): Order => ({
  where: testDatabase,
  dataDir,
  file: join(folder, file),
  lock: null,
  madeAt: testNow,
  version: '0.1.0',
  ...more,
});

interface Clean {
  readonly where: Where;
  readonly dataDir: string;
  readonly db: Kysely<DB>;
  readonly visit: Visit;
}
let made = 0;
/** A database and a folder in which nothing was yet. */
async function clean(): Promise<Clean> {
  const name = `${testDatabase.name}_${++made}`;
  await sql`create database ${sql.id(name)}`.execute(visit.db);
  const where = { ...testDatabase, name };
  const db = openDatabase(where, { max: 3 });
  afterAll(() => db.destroy());
  return { where, dataDir: mkdtempSync(join(tmpdir(), 'innovember-clean-')), db, visit: { ...visit, db } };
}

const restored = (to: Clean, file: string, force: (() => Promise<string>) | null = null, keys = noKeys): Promise<Restored | NotRestored> =>
  restore({ where: to.where, dataDir: to.dataDir, file, keys, migrations, now: testNow, force }, async () => {
    const db = openDatabase(to.where, { max: 1 });
    await finishRestore({ ...visit, db }, to.dataDir);
    await db.destroy();
  });

/** Every row of every table, sorted, without what a restore itself changes. */
async function dump(db: Kysely<DB>): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = { sequences: await sequencesIn(db) };
  for (const { name } of await tablesIn(db)) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t order by 1`.execute(db);
    all[name] = rows.map(({ row }) => row).filter((row) => !(name === 'installation' ? /last-restore/ : /"what": "restored"/).test(row));
  }
  all['jobs'] = (
    await sql`select id, name, state::text, policy, priority, start_after from pgboss.job where state < 'completed'
      and not exists (select from journal where what = 'restored' and journal.id = job.id) order by id`.execute(db)
  ).rows;
  return all;
}

function filesIn(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sums = files.map(
    ({ parentPath, name }) =>
      [
        join(parentPath, name).slice(dir.length + 1),
        createHash('sha256')
          .update(readFileSync(join(parentPath, name)))
          .digest('hex'),
      ] as const,
  );
  return Object.fromEntries(sums.filter(([path]) => !/^(backups|postgres\.log)/.test(path)).sort());
}

test('backup, wipe, restore: difference nothing', async () => {
  await sql`update sign_ins set ended_at = ${testNow}`.execute(visit.db);
  const before = { tables: await dump(visit.db), files: filesIn(dataDir) };
  const { file, rows, files } = await writeBackup(order('rust.tar.zst'));
  const to = await clean();
  expect(await restored(to, file)).toEqual({ madeAt: testNow.toISOString(), version: '0.1.0', rows, files, migrated: [], erased: 0, before: null });
  expect({ tables: await dump(to.db), files: filesIn(to.dataDir) }).toEqual(before);
  expect(await migrate(to.db, join(root, 'migrations'))).toEqual([]);
  expect(files).toBe(4);
});

/** Eight people claim one session after another until told to stop; answers what was acknowledged, and when. */
function load(): { readonly stop: () => Promise<void>; readonly acknowledged: { person: string; code: string }[] } {
  const state = { on: true };
  const acknowledged: { person: string; code: string }[] = [];
  const writer = async (nth: number) => {
    for (let turn = 0; state.on; turn++) {
      const person = people[(nth + turn * 8) % people.length]!;
      const code = codes[turn % codes.length]!;
      const answer = await claimed(person, code);
      if (!('refused' in answer)) acknowledged.push({ person: person.id, code });
      if (turn % 7 === 6) people.push(await testPerson());
    }
  };
  const working = Array.from({ length: 8 }, (_, nth) => writer(nth));
  return { acknowledged, stop: async () => ((state.on = false), void (await Promise.all(working))) };
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A backup while people claim, slowed down so that much happens meanwhile; and what was certain before it began. */
async function underLoad(file: string, isolation: Order['isolation']) {
  const busy = load();
  await wait(300);
  const certain = [...busy.acknowledged];
  const slow = Promise.all([
    writeBackup(order(file, { isolation: isolation ?? 'repeatable read' })),
    sql`begin; lock table seats in share row exclusive mode; select pg_sleep(0.1); commit`.execute(visit.db).catch(() => {}),
  ]);
  await slow;
  await busy.stop();
  const to = await clean();
  expect(await restored(to, join(folder, file))).toMatchObject({ version: '0.1.0' });
  return { certain, to };
}

test('under load a backup is of one moment: what was acknowledged before is in it, and its ledger is right', async () => {
  const { certain, to } = await underLoad('druk.tar.zst', 'repeatable read');
  const { rows } = await sql<{ person: string; code: string }>`
    select distinct j.person_id as person, s.code from journal j join sessions s on s.id = j.session_id where j.details ? 'turn'`.execute(to.db);
  const there = new Set(rows.map(({ person, code }) => `${person} ${code}`));
  expect(certain.length).toBeGreaterThan(20);
  expect(certain.filter(({ person, code }) => !there.has(`${person} ${code}`))).toEqual([]);
  expect(await ledger(to.visit)).toMatchObject({ found: 0, sessions: codes.length });
}, 30_000);

test('negative control: without one moment, seats and journal do not fit together', async () => {
  let found = 0;
  for (let attempt = 0; attempt < 5 && found === 0; attempt++) {
    const busy = load();
    await wait(150);
    const done = await writeBackup(order(`los${attempt}.tar.zst`, { isolation: 'read committed' })).catch(() => null);
    await busy.stop();
    const to = await clean();
    // Rows that point to what was not there yet do not go in at all.
    const answer = done && (await restored(to, done.file).catch(() => null));
    found = answer === null ? 1 : (await ledger(to.visit)).found;
  }
  expect(found).toBeGreaterThan(0);
}, 60_000);

test('200 bits flipped at random: each is found, and which part is damaged is told', async () => {
  const { file } = await writeBackup(order('heel.tar.zst'));
  const whole = readFileSync(file);
  const broken = join(folder, 'kapot.tar.zst');
  const codesFound = new Set<string>();
  // Spread over the file, the first and the last bytes among them; the same ones in every run.
  for (let nth = 0; nth < 200; nth++) {
    const bytes = Buffer.from(whole);
    const at = nth < 30 ? nth : nth < 80 ? bytes.length - 1 - (nth - 30) : Math.floor((nth / 200) * bytes.length);
    bytes[at]! ^= 1 << (nth % 8);
    writeFileSync(broken, bytes);
    const { damage } = await readBackup(broken, noKeys);
    if (damage.length === 0) throw new Error(`bit ${nth % 8} of byte ${at} was not found`);
    for (const { code } of damage) codesFound.add(code);
  }
  expect((await readBackup(file, noKeys)).damage).toEqual([]);
  expect([...codesFound].sort()).toEqual(['cannot-read', 'changed', 'not-ours']);
  // What was changed with care, so that it decompresses and has a fingerprint again, is found by the checksum of its part.
  const tar = zstdDecompressSync(whole.subarray(0, whole.length - 40));
  tar[tar.indexOf('deelnemer-') + 3]! ^= 1;
  await pipeline([zstdCompressSync(tar)], addFingerprint(), createWriteStream(broken));
  expect((await readBackup(broken, noKeys)).damage).toEqual([{ code: 'table', part: 'people' }]);
  writeFileSync(broken, whole.subarray(0, whole.length - 100));
  expect((await readBackup(broken, noKeys)).damage).not.toEqual([]);
  expect(await restored(await clean(), broken)).toMatchObject({ not: 'damaged' });
  writeFileSync(broken, 'not a backup, but long enough to be read');
  expect((await readBackup(broken, noKeys)).damage).toEqual([{ code: 'not-ours', part: broken }]);
}, 30_000);

test('a locked backup opens with its key only, and a bit that flipped is found', async () => {
  const [mine, other] = [await generateIdentity(), await generateIdentity()];
  const { file } = await writeBackup(order('slot.tar.zst.age', { lock: { recipients: [await identityToRecipient(mine)] } }));
  const keys = (identity: string) => ({ identities: [identity], passphrase: null });
  expect(readFileSync(file).includes('innovember-backup.json')).toBe(false);
  expect((await readBackup(file, noKeys)).damage).toEqual([{ code: 'locked', part: file }]);
  expect((await readBackup(file, keys(other))).damage).toEqual([{ code: 'wrong-key', part: file }]);
  expect((await readBackup(file, keys(mine))).damage).toEqual([]);
  const to = await clean();
  expect(await restored(to, file, null, keys(mine))).toMatchObject({ version: '0.1.0' });
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
  expect((await readBackup(file, keys(mine))).damage).not.toEqual([]);
});

test('who was erased after the backup stays erased, whether the present database or a file beside the backup tells', async () => {
  const { file } = await writeBackup(order('wissen.tar.zst'));
  const [here, beside] = [people[1]!.id, people[2]!.id];
  const to = await clean();
  await restored(to, file);
  await sql`insert into erasures (person_id, asked_at) values (${here}, ${testNow})`.execute(to.db);
  await to.db.destroy();
  writeFileSync(join(folder, 'erased.jsonl'), `${JSON.stringify({ person: beside, at: testNow })}\nhalf a li`);
  expect(await restored(to, file)).toEqual({ not: 'not-empty' });
  const again = await restored(to, file, async () => (await writeBackup({ ...order('ervoor.tar.zst'), where: to.where, dataDir: to.dataDir })).file);
  expect(again).toMatchObject({ erased: 2, before: join(folder, 'ervoor.tar.zst') });
  const db = openDatabase(to.where, { max: 2 });
  const gone = [people[0]!, people[1]!, people[2]!].map(({ email }) => email);
  expect((await db.selectFrom('people').select('email').where('email', 'in', gone).execute()).map(({ email }) => email)).toEqual([people[0]!.email]);
  expect(await ledger({ ...visit, db })).toMatchObject({ found: 0 });
  await db.destroy();
  expect((await readBackup(join(folder, 'ervoor.tar.zst'), noKeys)).damage).toEqual([]);
  writeFileSync(join(folder, 'erased.jsonl'), '');
});

test('a restore brings back no passkey that its owner could still refuse, and no invitation', async () => {
  const to = await clean();
  const waits = new Date(testNow.getTime() + 60_000);
  await sql`insert into passkeys (id, person_id, credential, public_key, name, created_at, usable_at)
    values (${newId(testNow)}, ${people[1]!.id}, 'wacht', '\\x00', 'sleutel', ${testNow}, ${waits})`.execute(visit.db);
  await sql`insert into invitations (person_id, code_hash, created_at) values (${people[1]!.id}, 'h', ${testNow})`.execute(visit.db);
  const file = (await writeBackup(order('wachtend.tar.zst'))).file;
  await sql`delete from passkeys where credential = 'wacht'`.execute(visit.db);
  await sql`delete from invitations`.execute(visit.db);
  expect(await restored(to, file)).toMatchObject({ migrated: [] });
  expect((await sql`select credential from passkeys`.execute(to.db)).rows).toEqual([{ credential: 'c' }]);
  expect((await sql`select code_hash from invitations`.execute(to.db)).rows).toEqual([]);
});

test('a restore ends every sign-in, and asks for codes again', async () => {
  await sql`update sign_ins set ended_at = null`.execute(visit.db);
  const { file } = await writeBackup(order('aangemeld.tar.zst'));
  const to = await clean();
  await restored(to, file);
  expect((await sql`select ended_at from sign_ins`.execute(to.db)).rows).toEqual([{ ended_at: testNow }]);
});

test('a backup of an older version comes back and is brought up to date; one of a newer version is refused', async () => {
  const old = await clean();
  const oldFolder = mkdtempSync(join(tmpdir(), 'innovember-old-'));
  for (const { name } of migrations.filter(({ name }) => name < '0010')) cpSync(join(root, 'migrations', name), join(oldFolder, name));
  await migrate(old.db, oldFolder);
  await sql`insert into people (id, email, created_at) values (${newId(testNow)}, 'oud@example.org', ${testNow})`.execute(old.db);
  const { file } = await writeBackup({ ...order('oud.tar.zst'), where: old.where, dataDir: old.dataDir });
  const to = await clean();
  expect(await restored(to, file)).toMatchObject({ migrated: migrations.filter(({ name }) => name >= '0010').map(({ name }) => name) });
  expect((await sql`select email from people`.execute(to.db)).rows).toEqual([{ email: 'oud@example.org' }]);
  const back = () =>
    restore(
      {
        where: old.where,
        dataDir: old.dataDir,
        file: join(folder, 'rust.tar.zst'),
        keys: noKeys,
        migrations: migrations.slice(0, 9),
        now: testNow,
        force: null,
      },
      async () => {},
    );
  expect(await back()).toEqual({ not: 'newer', names: migrations.slice(9).map(({ name }) => name) });
});

test('a restore is refused while a server works with the database', async () => {
  const to = await clean();
  const server = openDatabase(to.where, { max: 1 });
  await sql`select 1`.execute(server);
  expect(await restored(to, join(folder, 'rust.tar.zst'))).toEqual({ not: 'running' });
  await server.destroy();
});

test('a full disk leaves no half backup and says so', async () => {
  const small = mkdtempSync(join(tmpdir(), 'innovember-vol-'));
  // Full while a table is read as well as while a file is: neither ends the process that makes the backup.
  await sql`create table zz_much as select gen_random_uuid() as a from generate_series(1, 60000)`.execute(visit.db);
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status === 0;
  // Where nothing may be mounted, the system's limit on the size of a file does the same.
  const full = isMounted
    ? writeBackup({ ...order('vol.tar.zst'), file: join(small, 'vol.tar.zst') }).then(
        () => 'written',
        (fault: NodeJS.ErrnoException) => fault.code,
      )
    : run('backup', { where: testDatabase, dataDir, file: join(small, 'vol.tar.zst') }, 'ulimit -f 32; ').then(
        ({ said }) => /E(FBIG|NOSPC)/.exec(said)?.[0],
      );
  expect(await full).toMatch(/^(ENOSPC|EFBIG)$/);
  expect(readdirSync(small)).toEqual([]);
  if (isMounted) spawnSync('umount', [small]);
  await sql`drop table zz_much`.execute(visit.db);
});

const programme = join(root, 'src/rooms/upkeep/backup/killed.testing.server.ts');
/** Runs in a process of its own, and kills it as soon as it said something. */
function run(what: string, given: object, before = '', until?: string): Promise<{ said: string; signal: string | null }> {
  const command = `${before}exec "$0" "$1" "$2" "$3"`;
  const child = spawn('bash', ['-c', command, process.execPath, programme, what, JSON.stringify(given)], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: 'silent', NODE_NO_WARNINGS: '1' },
  });
  let said = '';
  const hear = (part: Buffer) => {
    said += String(part);
    if (until !== undefined && said.includes(until)) child.kill('SIGKILL');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((done) => child.once('close', (_code, signal) => done({ said, signal })));
}

test('kill -9 during a backup leaves nothing that looks like one, and the next sweeps it away', async () => {
  const place = mkdtempSync(join(tmpdir(), 'innovember-kill-'));
  const { signal } = await run(
    'backup',
    { where: testDatabase, dataDir, file: join(place, 'innovember-2026-11-10T090000Z.tar.zst') },
    '',
    'journal\n',
  );
  expect({ signal, there: readdirSync(place).map((name) => name.replace(/\d+\.partial$/, 'N.partial')) }).toEqual({
    signal: 'SIGKILL',
    there: ['.innovember-2026-11-10T090000Z.tar.zst.N.partial'],
  });
  expect((await sweepFolder(place, 14, new Date(Date.now() + 2 * 86_400_000))).length).toBe(1);
  expect(readdirSync(place)).toEqual([]);
});

test('kill -9 during a restore leaves what there was; after its commit the next who opens the house finishes it', async () => {
  const to = await clean();
  await restored(to, join(folder, 'rust.tar.zst'));
  writeFileSync(join(to.dataDir, 'mail/later.eml'), 'later');
  await sql`insert into people (id, email, created_at) values (${newId(testNow)}, 'later@example.org', ${testNow})`.execute(to.db);
  const before = { tables: await dump(to.db), files: filesIn(to.dataDir) };
  const given = { where: to.where, dataDir: to.dataDir, file: join(folder, 'rust.tar.zst') };
  // Read once to check it and once to bring it back: killed in the second.
  const free = () => to.db.destroy();
  await free();
  const { signal } = await run('restore', given, '', 'checksums.json\n');
  expect(signal).toBe('SIGKILL');
  const after = openDatabase(to.where, { max: 2 });
  await until(
    async () =>
      (await sql`select from pg_stat_activity where datname = current_database() and application_name = 'innovember restore'`.execute(after)).rows
        .length === 0,
  );
  await finishRestore({ ...visit, db: after }, to.dataDir);
  expect({ tables: await dump(after), files: filesIn(to.dataDir) }).toEqual(before);
  await after.destroy();

  expect(await run('restore', given, '', 'committed')).toMatchObject({ signal: 'SIGKILL' });
  const next = openDatabase(to.where, { max: 2 });
  expect(existsSync(join(to.dataDir, 'mail/later.eml'))).toBe(true);
  await finishRestore({ ...visit, db: next }, to.dataDir);
  const rest = await clean();
  await restored(rest, join(folder, 'rust.tar.zst'));
  expect({ tables: { ...(await dump(next)), installation: [] }, files: filesIn(to.dataDir) }).toEqual({
    tables: { ...(await dump(rest.db)), installation: [] },
    files: filesIn(rest.dataDir),
  });
  await next.destroy();
}, 30_000);

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 100 && !(await holds()); turn++) await wait(50);
}

test('so many are kept, of this installation only, and a disk that is not there is noticed', async () => {
  const place = mkdtempSync(join(tmpdir(), 'innovember-keep-'));
  expect(await enterFolder(visit, place)).toBe(null);
  for (let day = 10; day < 30; day++) writeFileSync(join(place, `innovember-2026-11-${day}T030000Z.tar.zst`), '');
  writeFileSync(join(place, 'innovember-by-hand.tar.zst'), '');
  expect((await sweepFolder(place, 14, testNow)).length).toBe(6);
  expect(readdirSync(place).filter((name) => name.startsWith('innovember'))).toHaveLength(15);
  chmodSync(place, 0o700);
  rmSync(join(place, '.innovember-backups'));
  expect(await enterFolder(visit, place)).toBe('no-mark');
  writeFileSync(join(place, '.innovember-backups'), 'another');
  expect(await enterFolder(visit, place)).toBe('of-another');
});
