// What somebody outside gets to see of the inside: nothing. The built server, over HTTP.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf, newId, newSecret } from '#ground/chance.server.ts';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { openHouse, type House } from './access/house.testing.server.ts';

const visit = testVisit();
let house: House;
let cookie = '';
beforeAll(async () => {
  const { id } = await testPerson();
  const token = newSecret();
  await sql`insert into sign_ins (id, person_id, token_hash, created_at, expires_at)
    values (${newId(visit.now)}, ${id}, ${hashOf(token)}, now(), now() + interval '1 day')`.execute(visit.db);
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, is_current, created_at)
    values (${newId(visit.now)}, 'proef', '{"nl":"Proef"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', true, now())`.execute(visit.db);
  cookie = `__Host-sign-in=${token}`;
  house = await openHouse({ LOG_LEVEL: 'info' });
}, 60_000);
afterAll(() => house.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${house.url}${path}`, { redirect: 'manual', headers });
const logged = () =>
  house
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Record<string, unknown> => JSON.parse(line));

test('no source, setting, data or version control is served, and no folder is listed', async () => {
  const hidden = '.git/config .git/HEAD .env package.json package-lock.json src/server.ts build/server/main.js migrations data PG_VERSION';
  const paths = [...hidden.split(' '), '_app/', '_app/immutable/', 'mail/', 'files/', 'backups/', '_app/immutable/chunks/x.js.map', '@vite/client'];
  const answers = await Promise.all(paths.map(async (path) => ({ path, status: (await get(`/${path}`)).status })));
  expect(answers.filter(({ status }) => status !== 404)).toEqual([]);
});

test('a fault tells its reader a number to mention, and nothing of the inside', async () => {
  await sql`alter table wish_windows rename to windows_away`.execute(visit.db);
  const answers = await Promise.all([get('/loting'), get('/api/v1/editions/proef/wish-windows')]);
  await sql`alter table windows_away rename to wish_windows`.execute(visit.db);
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  expect(answers.map(({ status }) => status)).toEqual([500, 500]);
  for (const body of bodies) expect(body).not.toMatch(/wish_windows|relation|select |\.ts\b|\.js:\d|\bat \w|postgres/i);
  expect(bodies[0]).toMatch(/[0-9A-Z]{6}-[0-9a-z]+/);
  expect(logged().filter(({ level }) => level === 'error').length).toBeGreaterThan(0);
});

test('a sign-in that fails is in the log, without who or what', async () => {
  const before = logged().length;
  const form = (action: string, body: string, more = '') =>
    fetch(`${house.url}/inloggen?/${action}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: house.url, 'content-type': 'application/x-www-form-urlencoded', cookie: more },
      body,
    });
  const asked = await form('ask', 'email=deelnemer-77%40example.org');
  const browser = (asked.headers.get('set-cookie') ?? '').split(';')[0]!;
  await form('enter', 'code=000001', browser);
  const lines = logged().slice(before);
  expect(lines.map(({ msg, why }) => [msg, why])).toContainEqual(['a sign-in was refused', 'code-wrong']);
  expect(JSON.stringify(lines)).not.toMatch(/deelnemer-77|000001/);
});

test('who asks for what is not theirs is in the log, with the page', async () => {
  const before = logged().length;
  expect((await get('/organisatie', { cookie })).status).toBe(404);
  expect((await get('/api/v1/me')).status).toBe(401);
  const lines = logged().slice(before);
  expect(lines.map(({ msg, why }) => [msg, why])).toEqual([
    ['access was refused', 'not-here'],
    ['access was refused', 'not-signed-in'],
  ]);
});

test('whatever is asked, a line of the log is one line of ours', async () => {
  const before = logged().length;
  await get('/organisatie/%0a%7B%22level%22:%22fatal%22%7D', { cookie, 'user-agent': 'x {"level":"fatal"}' });
  await get('/api/v1/me?x=%0d%0a{"level":"fatal"}');
  expect(
    house
      .said()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('{')),
  ).toEqual(
    house
      .said()
      .split('\n')
      .filter((line) => /^[A-Z][^{]*$/.test(line)),
  );
  expect(
    logged()
      .slice(before)
      .filter(({ level }) => level === 'fatal'),
  ).toEqual([]);
});

test('an administrator that is always there, or a password that everybody knows, does not exist', async () => {
  expect((await sql`select from roles`.execute(visit.db)).rows).toEqual([]);
  for (const path of ['/admin', '/wp-login.php', '/login', '/api/v1/admin']) expect((await get(path)).status).toBe(404);
});
