// Nothing can be changed: black box, for everything that stands in the map.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { hashOf, newId, newSecret } from '#ground/chance.server.ts';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { announce, closeForChanges, endAnnouncement, openForChanges } from '#rooms/upkeep';
import { goesOn } from '#rooms/upkeep/notice.ts';
import { openHouse, type House } from './access/house.testing.server.ts';
import * as map from './access/map.ts';

const visit = testVisit();
const [edition, session] = [newId(visit.now), newId(visit.now)];
let house: House;
let cookie = '';
let bearer = '';
beforeAll(async () => {
  const admin = await testPerson();
  await sql`insert into roles (person_id, role, scope, granted_at) values (${admin.id}, 'admin', '', now())`.execute(visit.db);
  const [token, secret] = [newSecret(), newSecret()];
  await sql`insert into sign_ins (id, person_id, token_hash, way, created_at, expires_at)
    values (${newId(visit.now)}, ${admin.id}, ${hashOf(token)}, 'passkey', now(), now() + interval '1 day')`.execute(visit.db);
  await sql`insert into access_tokens (id, person_id, token_hash, created_at) values (${newId(visit.now)}, ${admin.id}, ${hashOf(secret)}, now())`.execute(
    visit.db,
  );
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, is_current, created_at)
    values (${edition}, 'proef', '{"nl":"Proef"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', true, now())`.execute(visit.db);
  await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, starts_at, ends_at, updated_at, created_at)
    values (${session}, ${edition}, 'KE2ZEN', '{"nl":"Sessie"}', 'workshop', 'public', 'published', now() + interval '1 day', now() + interval '25 hours', now(), now())`.execute(
    visit.db,
  );
  await sql`insert into places (session_id, attendance, capacity) values (${session}, 'onSite', 5), (${session}, 'online', 0)`.execute(visit.db);
  [cookie, bearer] = [`__Host-sign-in=${token}; sign-in=${token}`, secret];
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

const typed = 'Wat ik "typte" <b>';
const shown = '&quot;typte&quot;';

/** Every form of every page, and what programs of ours post. */
const forms = Object.entries(map.pages).flatMap(([route, asked]) =>
  Object.keys(asked)
    .filter((name) => name !== 'GET')
    .map((name) => ({ route, path: route.replaceAll(/\[\w+\]/g, 'PROEF1'), name })),
);
const refused = forms.filter(({ route }) => !goesOn(route));

function post({ path, name }: { readonly path: string; readonly name: string }, language = '') {
  const isProgram = name === 'POST';
  return fetch(`${house.url}${language}${path}${isProgram || name === 'default' ? '' : `?/${name}`}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, accept: 'text/html', origin: house.url, 'content-type': isProgram ? 'application/json' : 'application/x-www-form-urlencoded' },
    body: isProgram ? '{}' : new URLSearchParams({ question: typed }).toString(),
  });
}

interface Operation {
  readonly method: string;
  readonly path: string;
}
async function writes(): Promise<Operation[]> {
  const document = (await (await fetch(`${house.url}/api/v1/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(document.paths).flatMap(([path, ways]) =>
    Object.keys(ways)
      .filter((method) => ['post', 'put', 'patch', 'delete'].includes(method) && !path.endsWith('/suggestions'))
      .map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, 'PROEF1') })),
  );
}
const ask = ({ method, path }: Operation) =>
  fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(method === 'DELETE' ? {} : { body: '{}' }),
  });
const codeOf = async (answer: Response): Promise<unknown> => ((await answer.json().catch(() => ({}))) as { code?: unknown }).code;

/** How many rows there are, per table, of what people can change. */
async function everything(): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; count: number }>`
    select table_name as name, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', table_name), false, true, '')))[1]::text::int as count
    from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('journal', 'journal_seals') order by 1`.execute(
    visit.db,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

const within = async (holds: () => Promise<boolean>): Promise<number> => {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > 5000) return Infinity;
    await new Promise((done) => setTimeout(done, 50));
  }
  return performance.now() - began;
};
const pageSays = async (path: string, text: string, headers: Record<string, string> = {}) =>
  (await (await fetch(house.url + path, { headers })).text()).includes(text);

test('an announcement is on every page within two seconds, also on those that are kept, and in both languages', async () => {
  await fetch(`${house.url}/`);
  await announce(visit, { text: { nl: 'Zaal 3 is <dicht>', en: 'Room 3 is <closed>' }, from: null, until: null });
  expect(await within(() => pageSays('/', 'Zaal 3 is &lt;dicht'))).toBeLessThan(2000);
  expect(await pageSays('/en/programma', 'Room 3 is &lt;closed')).toBe(true);
  expect(await pageSays('/organisatie/beheer', 'Zaal 3 is &lt;dicht', { cookie })).toBe(true);
  await endAnnouncement(visit);
  expect(await within(async () => !(await pageSays('/', 'Zaal 3')))).toBeLessThan(2000);
});

test('while nothing can be changed, every form is refused in plain words and gives back what was typed', async () => {
  await closeForChanges(visit, { nl: 'Tot 12 uur' });
  expect(await within(() => pageSays('/', 'Tot 12 uur'))).toBeLessThan(2000);
  expect(await pageSays('/en', 'You cannot change anything for a while')).toBe(true);
  const before = await everything();
  const wrong: unknown[] = [];
  for (const form of refused) {
    const answer = await post(form);
    const text = await answer.text();
    const isProgram = form.name === 'POST' || (answer.headers.get('content-type') ?? '').startsWith('text/plain');
    const says = isProgram ? text.includes('er kan nu niets gewijzigd worden') : text.includes('Dit is niet verstuurd') && text.includes(shown);
    if (answer.status !== 503 || !says || answer.headers.get('retry-after') === null) wrong.push([form.path, form.name, answer.status, says]);
  }
  expect({ wrong, many: refused.length > 50 }).toEqual({ wrong: [], many: true });
  expect(await everything()).toEqual(before);
});

test('and so is every change that a program asks for', async () => {
  const wrong: unknown[] = [];
  const all = await writes();
  for (const one of all) {
    const answer = await ask(one);
    const code = await codeOf(answer);
    if (answer.status !== 503 || code !== 'read-only' || answer.headers.get('retry-after') === null) wrong.push([one, answer.status, code]);
  }
  expect({ wrong, many: all.length > 10 }).toEqual({ wrong: [], many: true });
});

test('a form in a page with script hears that it was not sent, and leaves what was typed where it is', async () => {
  const answer = await fetch(`${house.url}/aanmelden/1-vraag`, {
    method: 'POST',
    headers: { origin: house.url, accept: 'application/json', 'x-sveltekit-action': 'true', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'question=x',
  });
  expect(await answer.json()).toEqual({ type: 'failure', status: 503, data: '[{"notSent":1},true]' });
});

/** A page that is asked for, by somebody whose choice of before signing in is still to be carried out. */
const comesBack = async (): Promise<number> =>
  (await fetch(`${house.url}/programma/KE2ZEN`, { headers: { cookie: `${cookie}; __Host-choice=KE2ZEN.onSite; choice=KE2ZEN.onSite` } })).status;
const seats = async (): Promise<number | undefined> => (await everything())['seats'];

test('what somebody chose before signing in waits, though it is carried out by a page that is only asked for', async () => {
  expect({ status: await comesBack(), seats: await seats() }).toEqual({ status: 200, seats: 0 });
});

test('reading goes on, also for programs that ask by POST', async () => {
  expect((await fetch(`${house.url}/programma`)).status).toBe(200);
  expect((await fetch(`${house.url}/api/v1/editions`)).status).toBe(200);
  const asked = await fetch(`${house.url}/api/v1/editions/proef/suggestions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(asked.status).not.toBe(503);
});

test('somebody can come in, and an administrator opens the house from its page; then nothing is refused any more', async () => {
  expect((await post({ path: '/inloggen', name: 'ask' })).status).not.toBe(503);
  const opened = await post({ path: '/organisatie/beheer/onderhoud', name: 'open' });
  expect([opened.status, opened.headers.get('location')]).toEqual([303, '/organisatie/beheer/onderhoud?bewaard']);
  expect(await within(async () => !(await pageSays('/', 'Tot 12 uur')))).toBeLessThan(2000);
  // The control: the same questions, open.
  const stillClosed: unknown[] = [];
  for (const form of refused.filter(({ path }) => path !== '/uitloggen')) if ((await post(form)).status === 503) stillClosed.push(form);
  for (const one of await writes()) if ((await codeOf(await ask(one))) === 'read-only') stillClosed.push(one);
  expect(stillClosed).toEqual([]);
  expect({ status: await comesBack(), seats: await seats() }).toEqual({ status: 200, seats: 1 });
});

test('what was opened and closed is in the journal, once each', async () => {
  await openForChanges(visit);
  const { rows } = await sql<{ what: string; isBy: boolean }>`
    select what, by_person is not null as "isBy" from journal where what in ('announced', 'announcement-ended', 'read-only-on', 'read-only-off') order by id`.execute(
    visit.db,
  );
  expect(rows).toEqual([
    { what: 'announced', isBy: false },
    { what: 'announcement-ended', isBy: false },
    { what: 'read-only-on', isBy: false },
    { what: 'read-only-off', isBy: true },
  ]);
});
