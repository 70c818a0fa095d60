// What the database, the disk and the installation itself tell.
import { statfs, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { now } from '#ground/clock.server.ts';
import { root, type Config } from '#ground/config.server.ts';
import { migrationsIn } from '#ground/migrations.server.ts';
import type { Visit } from '#ground/visit.ts';
import { countFailed, seal, verify } from '#rooms/journal';
import { countGivenUp } from '#rooms/mail';
import { ledger } from '#rooms/seats';
import { fact } from '../backup/folder.server.ts';
import { byLimits, ok, warning, wrong, type Finding } from './finding.ts';

/** The database: its version, how fast it answers, its clock beside ours, and whether its tables are of this version. */
export async function database({ db }: Visit): Promise<Finding[]> {
  const began = performance.now();
  const before = now();
  const { rows } = await sql<{ version: string; number: number; now: Date }>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number, clock_timestamp() as now`.execute(db);
  const ms = Math.round(performance.now() - began);
  const [it] = rows;
  const seconds = Math.abs((it?.now ?? before).getTime() - before.getTime() - ms / 2) / 1000;
  const applied = await sql<{ name: string }>`select name from migrations`.execute(db);
  const ours = (await migrationsIn(join(root, 'migrations'))).map(({ name }) => name);
  const fresh = ours.filter((name) => !applied.rows.some((done) => done.name === name)).length;
  const skew = byLimits(seconds, 2, 30);
  return [
    (it?.number ?? 0) < 150_000 ? wrong('database-old', { version: it?.version ?? '' }) : ok('database', { version: it?.version ?? '', ms }),
    ...(ms > 100 ? [warning('database-slow', { ms })] : []),
    fresh === 0 ? ok('migrations', { count: ours.length }) : warning('migrations-waiting', { count: fresh }),
    skew === 'ok' ? ok('clock') : { state: skew, code: 'clock-off', values: { seconds: Math.round(seconds) } },
  ];
}

/** The disk that everything is kept on. */
export async function disk({ dataDir }: Config): Promise<Finding[]> {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const values = { free: `${(free / 1e9).toFixed(1)} GB`, percent: Math.round((bavail / blocks) * 100) };
  if (free < 0.5e9) return [wrong('disk-low', values)];
  return [free < 5e9 && bavail / blocks < 0.1 ? warning('disk-low', values) : ok('disk', values)];
}

const days = (from: Date, until: Date): number => Math.floor((until.getTime() - from.getTime()) / 86_400_000);

/** When a backup was made last, and when one was brought back last to see that it can be. */
export async function backups({ db, now }: Visit, { backup }: Config): Promise<Finding[]> {
  const [last, drill] = await Promise.all([fact<object>(db, 'last-backup'), fact<{ isGood?: boolean }>(db, 'last-drill')]);
  const age = last ? days(last.notedAt, now) : Infinity;
  const late = byLimits(age, Math.max(2, (2 * backup.everyHours) / 24), 7);
  return [
    !last
      ? wrong('backup-none')
      : late === 'ok'
        ? ok(age < 1 ? 'backup-today' : 'backup', { count: age })
        : { state: late, code: 'backup-late', values: { count: age } },
    !drill
      ? warning('drill-none')
      : drill.value.isGood === false
        ? wrong('drill-failed')
        : days(drill.notedAt, now) > 365
          ? wrong('drill-late')
          : ok(days(drill.notedAt, now) < 1 ? 'drill-today' : 'drill', { count: days(drill.notedAt, now) }),
  ];
}

/** What waits to be followed up, and what was given up. */
export async function queue(visit: Visit): Promise<Finding[]> {
  const { rows } = await sql<{ seconds: number | null }>`
    select extract(epoch from clock_timestamp() - min(start_after))::int as seconds from pgboss.job
    where name = 'journal' and state < 'active' and start_after < now()`.execute(visit.db);
  const minutes = Math.floor((rows[0]?.seconds ?? 0) / 60);
  const late = byLimits(minutes, 5, 60);
  const failed = (await countFailed(visit)) + (await countGivenUp(visit));
  return [
    late === 'ok' ? ok('queue') : { state: late, code: 'queue-late', values: { minutes } },
    failed === 0 ? ok('failed') : warning('failed-some', { count: failed }),
  ];
}

/** Who may do much, and by which proof. */
export async function roles({ db }: Visit): Promise<Finding[]> {
  const { rows } = await sql<{ administrators: number; weak: number }>`
    select count(distinct person_id) filter (where role = 'admin')::int as administrators,
      count(distinct person_id) filter (where not exists (select from passkeys p where p.person_id = r.person_id)
        and not exists (select from provider_accounts a where a.person_id = r.person_id))::int as weak
    from roles r`.execute(db);
  const { administrators = 0, weak = 0 } = rows[0] ?? {};
  return [
    administrators === 0 ? wrong('admin-none') : administrators === 1 ? warning('admin-one') : ok('admin', { count: administrators }),
    weak === 0 ? ok('strong') : warning('strong-not', { count: weak }),
  ];
}

/** Every file that a session refers to is on the disk. */
export async function files({ db }: Visit, { dataDir }: Config): Promise<Finding[]> {
  const { rows } = await sql<{ file: string }>`select file from materials where removed_at is null`.execute(db);
  let missing = 0;
  for (const { file } of rows) if (!(await stat(join(dataDir, 'files', file)).catch(() => null))) missing++;
  return [missing === 0 ? ok('files', { count: rows.length }) : wrong('files-missing', { count: missing })];
}

/** The day of the last audit of accessibility; a statement is renewed every year, an audit holds three. */
export function accessibility({ now }: Visit, { accessibility: { audited } }: Config): Finding[] {
  if (audited === null) return [warning('audit-none')];
  const late = byLimits(days(new Date(audited), now), 365, 3 * 365);
  return [late === 'ok' ? ok('audit', { day: audited }) : { state: late, code: 'audit-late', values: { day: audited } }];
}

/** Recomputes seats and journal: it reads everything, so a page does not ask it. */
export async function books(visit: Visit): Promise<Finding[]> {
  await seal(visit);
  const [seats, journal] = [await ledger(visit), await verify(visit)];
  return [
    seats.found === 0 ? ok('ledger', { count: seats.sessions }) : wrong('ledger-wrong', { count: seats.found }),
    journal.found === 0 ? ok('journal', { count: journal.lines }) : wrong('journal-wrong', { count: journal.found }),
  ];
}
