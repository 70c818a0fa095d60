import { mkdtempSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { readConfig, type Config } from '#ground/config.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { allSheets } from '../../../words/words.ts';
import { note } from '../backup/folder.server.ts';
import { examine } from './doctor.server.ts';

const visit = testVisit();
const dataDir = mkdtempSync(join(tmpdir(), 'innovember-doctor-'));
const settings = (environment: Record<string, string> = {}): Config => {
  const read = readConfig({ DATA_DIR: dataDir, PORT: '1', BASE_URL: 'http://localhost:1', ...environment });
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read;
};
/** What was found, by its code. */
const found = async (environment?: Record<string, string>) =>
  new Map((await examine(visit, settings(environment), { isThorough: true })).map(({ code, state }) => [code, state]));

test('an installation that just began is told what is missing, each in words', async () => {
  const all = await found();
  expect(Object.fromEntries(all)).toMatchObject({
    config: 'ok',
    database: 'ok',
    migrations: 'ok',
    clock: 'ok',
    disk: 'ok',
    'no-https': 'warning',
    'site-away': 'unknown',
    'mail-in-files': 'warning',
    'backup-none': 'wrong',
    'drill-none': 'warning',
    queue: 'ok',
    failed: 'ok',
    files: 'ok',
    'admin-none': 'wrong',
    strong: 'ok',
    'audit-none': 'warning',
    ledger: 'ok',
    journal: 'ok',
  });
  expect([...all.keys()].filter((code) => !(`doctor-${code}` in allSheets.nl['tool']!))).toEqual([]);
});

test('what was put right is told as right', async () => {
  const [one, other] = [await testPerson(), await testPerson()];
  for (const { id } of [one, other]) {
    await sql`insert into roles (person_id, role, granted_at) values (${id}, 'admin', ${testNow})`.execute(visit.db);
    await sql`insert into passkeys (id, person_id, credential, public_key, name, created_at, usable_at)
      values (${newId(testNow)}, ${id}, ${id}, '\\x00', 'sleutel', ${testNow}, ${testNow})`.execute(visit.db);
  }
  await note(visit, 'last-backup', {});
  await note(visit, 'last-drill', { isGood: true });
  const all = await found({ ACCESSIBILITY_AUDITED: '2026-11-01' });
  expect(Object.fromEntries(all)).toMatchObject({ 'backup-today': 'ok', 'drill-today': 'ok', admin: 'ok', strong: 'ok', audit: 'ok' });
  await sql`delete from passkeys where person_id = ${one.id}`.execute(visit.db);
  await note(visit, 'last-drill', { isGood: false });
  await sql`update installation set noted_at = ${new Date(testNow.getTime() - 8 * 86_400_000)} where fact = 'last-backup'`.execute(visit.db);
  expect(Object.fromEntries(await found())).toMatchObject({ 'strong-not': 'warning', 'drill-failed': 'wrong', 'backup-late': 'wrong' });
});

test('a mail server that reads along is found, one that is away too', async () => {
  const server = net.createServer((socket) => {
    socket.write('220 mail.example.org ESMTP\r\n');
    socket.on('data', () => socket.write('250-mail.example.org\r\n250 SIZE\r\n'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  const port = typeof at === 'object' && at ? at.port : 0;
  expect(Object.fromEntries(await found({ SMTP_URL: `smtp://127.0.0.1:${port}` }))).toMatchObject({ 'smtp-plain': 'wrong' });
  server.close();
  expect(
    Object.fromEntries(await found({ SMTP_URL: `smtp://127.0.0.1:${port}`, OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'x' })),
  ).toMatchObject({
    'smtp-away': 'wrong',
    'oidc-away': 'wrong',
  });
}, 30_000);
