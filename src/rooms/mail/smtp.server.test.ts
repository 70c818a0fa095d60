// A real mail server in a process of its own that refuses at each phase, hangs, is slow, and dies between taking a letter
// and saying so: no letter is lost, and a recipient sees each at most once by its number.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { testNow, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { asSomebody } from '#rooms/seats/session-with.testing.server.ts';
import { carrierFor, deliverDue, type Carrier } from './mail.server.ts';

const visit = testVisit();
const at = (seconds: number): Visit => testVisit({ now: new Date(testNow.getTime() + seconds * 1000) });
const people = await Promise.all(Array.from({ length: 4 }, () => asSomebody()));
const folder = await mkdtemp(join(tmpdir(), 'innovember-smtp-'));
const processes: ChildProcess[] = [];
const carriers: Carrier[] = [];
afterEach(async () => {
  for (const carrier of carriers.splice(0)) carrier.close();
  for (const one of processes.splice(0)) one.kill('SIGKILL');
  await sql`delete from letters`.execute(visit.db);
  await sql`update people set bounced_at = null, bounce_status = null`.execute(visit.db);
});
afterAll(() => processes.forEach((one) => one.kill('SIGKILL')));

let port = 0;
async function serverThat(manner: string, on = 0): Promise<void> {
  const one = spawn(process.execPath, [join(import.meta.dirname, 'smtp-process.testing.server.ts'), folder, String(on), manner], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(one);
  port = await new Promise((done) => one.stdout.once('data', (said: Buffer) => done(Number(said.toString()))));
}
function carrier(): Carrier {
  const one = carrierFor({
    smtpUrl: `smtp://127.0.0.1:${port}/?greetingTimeout=700&connectionTimeout=700&socketTimeout=5000`,
    dataDir: '/nowhere',
    mailFrom: 'INNOvember <innovember@localhost>',
    baseUrl: new URL('http://localhost:3000'),
  });
  carriers.push(one);
  return one;
}
async function write(): Promise<string[]> {
  const ids: string[] = [];
  for (const { person } of people) {
    const id = newId(testNow);
    ids.push(id);
    await sql`insert into letters (id, line_id, kind, person_id, recipient, language, details, created_at, due_at)
      values (${id}, ${newId(testNow)}, 'account-unused', ${person.id}, ${person.email}, 'nl', '{"days":"30"}', ${testNow}, ${testNow})`.execute(
      visit.db,
    );
  }
  return ids;
}
const outbox = async () =>
  (
    await sql<{ said: string }>`select distinct case when sent_at is not null then 'left' when dropped_at is not null then 'failed' else 'waiting' end
      || coalesce(' ' || last_fault, '') as said from letters order by 1`.execute(visit.db)
  ).rows.map(({ said }) => said);
const arrived = async (ids: readonly string[]) =>
  (await readFile(join(folder, 'arrived'), 'utf8').catch(() => ''))
    .split('\n')
    .flatMap((line) => /^<([^@]+)@/.exec(line)?.[1] ?? [])
    .filter((id) => ids.includes(id));
const deliver = async (carrier: Carrier, when: Visit) => {
  while ((await deliverDue(() => when, carrier)) > 0);
};

test.each([
  ['refuses-connection', ['waiting EPROTOCOL 421']],
  ['hangs', ['waiting ETIMEDOUT']],
  ['refuses-sender', ['waiting EENVELOPE 550']],
  ['not-now', ['waiting EENVELOPE 451']],
  ['refuses-text', ['waiting EMESSAGE 554']],
])(
  'a server that %s: every letter waits, the outbox says why, and each arrives once when it is well again',
  async (manner, said) => {
    await serverThat(manner);
    const ids = await write();
    const first = carrier();
    await deliver(first, visit);
    expect(await outbox()).toEqual(said);
    expect(await arrived(ids)).toEqual([]);
    processes.splice(0).forEach((one) => one.kill('SIGKILL'));
    await serverThat('well');
    await deliver(carrier(), at(3600));
    expect({ outbox: await outbox(), arrived: (await arrived(ids)).toSorted() }).toEqual({ outbox: ['left'], arrived: ids.toSorted() });
  },
  40_000,
);

test('a server that refuses a recipient for good: the letter is given up, and the mailbox is known', async () => {
  await serverThat('refuses-recipient');
  await write();
  await deliver(carrier(), visit);
  expect(await outbox()).toEqual(['failed EENVELOPE 550']);
  const { rows } = await sql<{ status: string }>`select distinct bounce_status as status from people where bounced_at is not null`.execute(visit.db);
  expect(rows).toEqual([{ status: '5.1.1' }]);
}, 20_000);

test('a slow server: each letter arrives once', async () => {
  await serverThat('slow');
  const ids = await write();
  await deliver(carrier(), visit);
  expect({ outbox: await outbox(), arrived: (await arrived(ids)).toSorted() }).toEqual({ outbox: ['left'], arrived: ids.toSorted() });
}, 20_000);

test('a server killed between the end of a letter and its yes: nothing is lost, and a second copy has the same number', async () => {
  await serverThat('dies');
  const ids = await write();
  await deliver(carrier(), visit);
  const taken = await arrived(ids);
  expect(taken.length).toBeGreaterThan(0);
  expect((await outbox()).every((said) => said.startsWith('waiting E'))).toBe(true);
  await serverThat('well');
  await deliver(carrier(), at(3600));
  const all = await arrived(ids);
  expect({ outbox: await outbox(), seen: [...new Set(all)].toSorted() }).toEqual({ outbox: ['left'], seen: ids.toSorted() });
  // Twice on its way, once to see: a mail program shows one message for one Message-ID.
  expect(all).toHaveLength(ids.length + taken.length);
}, 20_000);
