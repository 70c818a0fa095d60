// What the machines that watch the house are told, black box, and what nobody is told: whose it was.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf, newId, newSecret } from '#ground/chance.server.ts';
import { testVisit } from '#ground/testing.server.ts';
import { openHouse, type House } from './access/house.testing.server.ts';

const visit = testVisit();
const token = 'a-token-for-metrics';
const secret = newSecret();
const canaries = ['kanarie', secret, '482913'];
let house: House;
beforeAll(async () => {
  const person = newId(visit.now);
  await sql`insert into people (id, email, created_at) values (${person}, 'kanarie-1@example.org', now())`.execute(visit.db);
  await sql`insert into access_tokens (id, person_id, token_hash, created_at) values (${newId(visit.now)}, ${person}, ${hashOf(secret)}, now())`.execute(
    visit.db,
  );
  house = await openHouse({ METRICS_TOKEN: token, LOG_LEVEL: 'trace' });
}, 60_000);
afterAll(() => house.close());

const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(house.url + path, { redirect: 'manual', ...init, headers });
const metrics = async () => (await ask('/metrics', { authorization: `Bearer ${token}` })).text();
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** Everything that somebody could send, with something of theirs in it. */
async function everythingIsAsked(): Promise<void> {
  const form = { origin: house.url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
  for (const path of [
    '/',
    '/programma?q=kanarie',
    '/kanarie',
    '/programma/kanarie',
    '/agenda/mijn/kanarie.ics',
    '/loting/controle/kanarie',
    '/live/kanarie/events',
  ])
    await (await ask(path, { cookie: `__Host-sign-in=${secret}`, 'user-agent': 'kanarie', 'x-forwarded-for': '203.0.113.7' })).text();
  await ask('/inloggen?/ask', form, { method: 'POST', body: 'email=kanarie-2@example.org' });
  await ask('/inloggen?/enter', form, { method: 'POST', body: 'code=482913' });
  await ask('/api/v1/me', { authorization: `Bearer ${secret}` });
  await ask('/api/v1/me', { authorization: 'Bearer kanarie' });
  await ask('/api/v1/kanarie', {}, { method: 'KANARIE' }).catch(() => null);
  // Faults of ours, with what somebody typed in them.
  await sql`alter table people rename column language to language_gone`.execute(visit.db);
  await (await ask('/inloggen?/enter', form, { method: 'POST', body: 'code=482913' })).text();
  await sql`alter table editions rename to editions_gone`.execute(visit.db);
  await new Promise((done) => setTimeout(done, 1500));
  await (await ask('/programma?q=kanarie', { traceparent, cookie: 'x=kanarie' })).text();
  await (await ask('/api/v1/me/programme?edition=kanarie', { authorization: `Bearer ${secret}` })).text();
  await sql`alter table editions_gone rename to editions`.execute(visit.db);
  await sql`alter table people rename column language_gone to language`.execute(visit.db);
}

test('metrics are for who knows the token', async () => {
  const statuses = [{}, { authorization: 'Bearer x' }, { authorization: `Basic ${token}` }, { authorization: `Bearer ${token}x` }].map((headers) =>
    ask('/metrics', headers),
  );
  expect((await Promise.all(statuses)).map(({ status, headers }) => [status, headers.get('www-authenticate')])).toEqual(
    Array.from({ length: 4 }, () => [401, 'Bearer']),
  );
  const answer = await ask('/metrics', { authorization: `Bearer ${token}` });
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    'no-store',
  ]);
});

test('what is counted has names of ours only, however much is asked, and nothing of anybody', async () => {
  await everythingIsAsked();
  const once = await metrics();
  for (const name of [
    'innovember_request_seconds_bucket',
    'innovember_journal_lines_total{what="sign-in-code-asked"} 1',
    'innovember_refusals_total{refused="code-',
    'innovember_desk_wait_seconds_count',
    'innovember_oldest_seconds{of="waiting lists"}',
    'innovember_waiting{of="letters"}',
    'innovember_failed{of="reactions"} 0',
    'innovember_streams_open 0',
    'innovember_database_connections{state="busy"}',
    'innovember_nodejs_eventloop_lag_seconds',
    'innovember_process_resident_memory_bytes',
    'route="/programma/[code]"',
    'route="/live/{code}/events"',
    'route="/agenda/mijn/{secret}.ics"',
  ])
    expect(once).toContain(name);
  expect(canaries.filter((canary) => once.includes(canary))).toEqual([]);
  const series = (text: string) => new Set([...text.matchAll(/^innovember_request_seconds_count\{[^}]*\}/gm)].map(([name]) => name));
  for (let nth = 0; nth < 200; nth++) await (await ask(`/weg-${nth}/programma`)).text();
  for (let nth = 0; nth < 50; nth++) await (await ask(`/programma/WEG${nth}`)).text();
  const more = [...series(await metrics())].filter((name) => !series(once).has(name));
  expect(more.filter((name) => !name.includes('/metrics') && !/route="(none|kept)"/.test(name))).toEqual([]);
});

test('the log at its most talkative holds nothing of anybody, and a fault has the number of its request and its trace', async () => {
  const lines = house
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(lines.filter((line) => canaries.some((canary) => line.toLowerCase().includes(canary.toLowerCase())))).toEqual([]);
  const faults = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ level }) => level === 'error');
  expect(faults.map(({ msg }) => msg)).toEqual(['a page failed', 'an answer to a program failed']);
  expect(faults.every(({ request }) => typeof request === 'string' && /^\w+-\w+$/.test(request))).toBe(true);
  expect(faults.some(({ trace }) => trace === '4bf92f3577b34da6a3ce929d0e0e4736')).toBe(true);
});

test('whether the house is ready is said to everybody, and why not only to who knows the token', async () => {
  const said = async (headers: Record<string, string> = {}) => {
    const answer = await ask('/readyz', headers);
    return { status: answer.status, text: (await answer.text()).trim() };
  };
  expect(await said()).toEqual({ status: 200, text: 'ok' });
  const parts = JSON.parse((await said({ authorization: `Bearer ${token}` })).text) as Record<string, { isWell: boolean }>;
  expect(Object.fromEntries(Object.entries(parts).map(([name, { isWell }]) => [name, isWell]))).toEqual({
    disk: true,
    database: true,
    migrations: true,
    queue: true,
    clock: true,
  });
  await sql`update migrations set name = '0001-another.sql' where name like '0001-%'`.execute(visit.db);
  expect(await said()).toEqual({ status: 503, text: 'not ready' });
  expect((await said({ authorization: `Bearer ${token}` })).text).toContain('missing: 0001-');
  await sql`update migrations set name = '0001-people-work-for-organisations-and-sign-in.sql' where name like '0001-%'`.execute(visit.db);
  expect((await said()).status).toBe(200);
});

test('without a token in the settings there are no metrics', async () => {
  const other = await openHouse();
  expect((await fetch(`${other.url}/metrics`, { headers: { authorization: 'Bearer ' } })).status).toBe(404);
  await other.close();
});
