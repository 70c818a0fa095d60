import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { hashOf, newSecret } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import { askCode, codeAsked, codeToSend, forgetCode, personOfCookie, signIn, signOut, wipeCode } from './identity.server.ts';
import { tryCode } from './queries.server.ts';

// Before anything reads the settings.
vi.hoisted(() => (process.env['INTERNAL_DOMAINS'] = 'rijk.example'));

const later = (minutes: number): Visit => testVisit({ now: new Date(testNow.getTime() + minutes * 60_000) });
const visit = testVisit();

/** A browser that asked for a code, and the code its letter says. */
async function asked(email: string, at = visit, browser = newSecret()) {
  const answer = await askCode(at, email, browser);
  if (isRefusal(answer)) throw new Error(answer.refused);
  return { browser, code: await codeOf(browser) };
}
async function codeOf(browser: string): Promise<string> {
  const row = await visit.db
    .selectFrom('sign_in_codes')
    .select('code_to_send')
    .where('browser_hash', '=', hashOf(browser))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.code_to_send ?? '';
}
const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');
const sideBySide = async <T>(work: (index: number) => Promise<T>, times: number): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)));

test('the right code in the browser that asked lets in, and makes the account', async () => {
  const { browser, code } = await asked(' Nieuw@Example.org');
  expect(await visit.db.selectFrom('people').select('id').where('email', '=', 'nieuw@example.org').execute()).toEqual([]);
  const answer = await signIn(visit, ` ${code.slice(0, 3)} ${code.slice(3)}`, browser);
  if (isRefusal(answer)) throw new Error(answer.refused);
  expect(answer.person).toMatchObject({ email: 'nieuw@example.org', isInternal: false, organisation: null, roles: [] });
  expect(answer.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect((await lines(visit, { person: answer.person.id })).map(({ what, byPerson }) => [what, byPerson])).toEqual([['sign-in', answer.person.id]]);
});

test('a code does nothing in another browser', async () => {
  const { code, browser } = await asked('een@example.org');
  expect(await signIn(visit, code, newSecret())).toEqual({ refused: 'code-none' });
  const other = await asked('twee@example.org');
  expect(await signIn(visit, code === other.code ? wrong(code) : code, other.browser)).toEqual({ refused: 'code-wrong' });
  expect(await signIn(visit, code, browser)).toHaveProperty('token');
});

test('a code lets in once, also when it is sent ten times at the same moment', async () => {
  const { browser, code } = await asked('eenmaal@example.org');
  const answers = await sideBySide(() => signIn(visit, code, browser), 10);
  expect(answers.filter((answer) => 'token' in answer)).toHaveLength(1);
  expect(await signIn(visit, code, browser)).toEqual({ refused: 'code-none' });
  expect(await visit.db.selectFrom('people').select('email').where('email', '=', 'eenmaal@example.org').execute()).toHaveLength(1);
});

test('a code is valid for ten minutes', async () => {
  const { browser, code } = await asked('laat@example.org');
  expect(await codeAsked(later(9.9), browser)).toEqual({ email: 'laat@example.org', state: 'open' });
  expect(await codeAsked(later(10), browser)).toEqual({ email: 'laat@example.org', state: 'expired' });
  expect(await signIn(later(10), code, browser)).toEqual({ refused: 'code-expired' });
});

test('after five wrong guesses the right code does nothing any more', async () => {
  const { browser, code } = await asked('raden@example.org');
  const answers: unknown[] = [];
  for (let guess = 0; guess < 5; guess++) answers.push(await signIn(visit, wrong(code), browser));
  expect(answers).toEqual([...Array(4).fill({ refused: 'code-wrong' }), { refused: 'code-tried' }]);
  expect(await signIn(visit, code, browser)).toEqual({ refused: 'code-tried' });
  expect(await codeAsked(visit, browser)).toEqual({ email: 'raden@example.org', state: 'tried' });
});

test('guesses side by side are not more than five either', async () => {
  const { browser } = await asked('samen@example.org');
  const tries = await sideBySide((guess) => tryCode(visit.db, hashOf(browser), hashOf(`guess ${guess}`), visit.now), 40);
  expect(tries.filter((tried) => tried !== null)).toHaveLength(5);
});

test('negative control: without the limit there would be more, also past the check in the database', async () => {
  const { browser } = await asked('zonder@example.org');
  await sql`alter table sign_in_codes drop constraint sign_in_codes_tries_check`.execute(visit.db);
  const tries = await sideBySide((guess) => tryCode(visit.db, hashOf(browser), hashOf(`guess ${guess}`), visit.now, 1000), 40);
  expect(tries.filter((tried) => tried !== null)).toHaveLength(40);
});

test('something that is no code is not counted as a guess', async () => {
  const { browser, code } = await asked('typfout@example.org');
  for (let guess = 0; guess < 9; guess++) expect(await signIn(visit, '12345', browser)).toEqual({ refused: 'code-malformed' });
  expect(await signIn(visit, code, browser)).toHaveProperty('token');
});

test('only the newest code of a browser counts, and an older letter is not sent any more', async () => {
  const browser = newSecret();
  const first = await asked('nieuwste@example.org', visit, browser);
  const [old] = await visit.db.selectFrom('sign_in_codes').select('id').where('browser_hash', '=', hashOf(browser)).execute();
  expect(await codeToSend(visit, old!.id)).toMatchObject({ email: 'nieuwste@example.org', code: first.code });
  const second = await asked('nieuwste@example.org', later(1), browser);
  expect(await codeToSend(visit, old!.id)).toBe(null);
  if (first.code !== second.code) expect(await signIn(later(1), first.code, browser)).toEqual({ refused: 'code-wrong' });
  expect(await signIn(later(1), second.code, browser)).toHaveProperty('token');
});

test('the digits stand in the database until they are wiped; the hash gives them away to nobody', async () => {
  const { browser, code } = await asked('hash@example.org');
  const row = await visit.db.selectFrom('sign_in_codes').selectAll().where('browser_hash', '=', hashOf(browser)).executeTakeFirstOrThrow();
  expect(row.code_hash).toMatch(/^[0-9a-f]{64}$/);
  expect([hashOf(code), hashOf(`${row.id}:${code}`), hashOf(`${row.id}:${hashOf(code)}`)]).not.toContain(row.code_hash);
  await wipeCode(visit, row.id);
  expect(await codeOf(browser)).toBe('');
  expect(await codeToSend(visit, row.id)).toBe(null);
  expect(JSON.stringify(await visit.db.selectFrom('journal').selectAll().execute())).not.toMatch(new RegExp(`"${code}"|hash@example`));
  expect(await signIn(visit, code, browser)).toHaveProperty('token');
});

test('who wants another address starts again', async () => {
  const { browser, code } = await asked('ander@example.org');
  await forgetCode(visit, browser);
  expect(await codeAsked(visit, browser)).toBe(null);
  expect(await signIn(visit, code, browser)).toEqual({ refused: 'code-none' });
});

test('an address gets ten codes an hour and twenty a day, also when they are asked for side by side', async () => {
  const askSideBySide = async (at: Visit) => {
    const answers = await sideBySide(() => askCode(at, 'druk@example.org', newSecret()), 15);
    return { given: answers.filter((answer) => !isRefusal(answer)).length, refused: answers.find(isRefusal) };
  };
  expect(await askSideBySide(visit)).toEqual({ given: 10, refused: { refused: 'too-often', retryAfter: 3600 } });
  expect(await askSideBySide(later(30))).toEqual({ given: 0, refused: { refused: 'too-often', retryAfter: 1800 } });
  expect(await askSideBySide(later(61))).toEqual({ given: 10, refused: { refused: 'too-often', retryAfter: 24 * 3600 - 61 * 60 } });
  expect(await askSideBySide(later(24 * 60))).toMatchObject({ given: 10 });
});

test('one browser gets six codes in ten minutes, one place five for the same address an hour', async () => {
  const browser = newSecret();
  const byBrowser = [];
  for (let time = 0; time < 7; time++) byBrowser.push(isRefusal(await askCode(visit, `browser-${time}@example.org`, browser)));
  expect(byBrowser).toEqual([...Array(6).fill(false), true]);
  const byPlace = [];
  for (let time = 0; time < 6; time++) byPlace.push(isRefusal(await askCode(visit, 'plaats@example.org', newSecret(), `2001:db8::${time}`)));
  expect(byPlace).toEqual([...Array(5).fill(false), true]);
  expect(isRefusal(await askCode(visit, 'plaats@example.org', newSecret(), '192.0.2.1'))).toBe(false);
});

test('a known and an unknown address get the same answer and cause the same statements', async () => {
  const person = await testPerson();
  const statementsOf = async (email: string) => {
    const seen: string[] = [];
    const db = visit.db.withPlugin({
      transformQuery: ({ node }) => {
        seen.push(node.kind);
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const answer = await askCode({ ...visit, db }, email, newSecret());
    return { kinds: seen, fields: Object.keys(answer) };
  };
  const known = await statementsOf(person.email);
  expect(known.kinds.length).toBeGreaterThan(3);
  expect(await statementsOf('niemand@example.org')).toEqual(known);
});

test('a mail domain of the government makes internal at sign-in, one that looks like it does not', async () => {
  const isInternal = async (email: string) => {
    const { browser, code } = await asked(email);
    const answer = await signIn(visit, code, browser);
    return 'person' in answer && answer.person.isInternal;
  };
  expect(await Promise.all(['a@rijk.example', 'a@dienst.rijk.example', 'a@neprijk.example'].map(isInternal))).toEqual([true, true, false]);
});

test('a sign-in holds for thirty days when it is used, until it is ended; every sign-in has a token of its own', async () => {
  const enter = async () => {
    const { browser, code } = await asked('blijver@example.org');
    const answer = await signIn(visit, code, browser);
    if (isRefusal(answer)) throw new Error(answer.refused);
    return answer;
  };
  const [phone, desk] = [await enter(), await enter()];
  expect(phone.token).not.toBe(desk.token);
  const day = 24 * 60;
  expect(await personOfCookie(later(14 * day - 1), phone.token)).toEqual(phone.person);
  expect(await personOfCookie(later(14 * day), desk.token)).toBe(null);
  expect(await personOfCookie(later(28 * day - 2), phone.token)).toEqual(phone.person);
  expect(await personOfCookie(later(30 * day - 1), phone.token)).toEqual(phone.person);
  expect(await personOfCookie(later(30 * day), phone.token)).toBe(null);
  await signOut(visit, phone.token);
  await signOut(visit, phone.token);
  expect(await personOfCookie(visit, phone.token)).toBe(null);
  expect(await personOfCookie(visit, desk.token)).toEqual(desk.person);
  expect(await personOfCookie(visit, hashOf(desk.token))).toBe(null);
  expect((await lines(visit, { person: phone.person.id })).map(({ what }) => what)).toEqual(['sign-in', 'sign-in', 'sign-out']);
});

test('a sign-in that has ended is forgotten at the next one', async () => {
  const enter = async (at: Visit) => {
    const { browser, code } = await asked('wisselaar@example.org', at);
    const answer = await signIn(at, code, browser);
    if (isRefusal(answer)) throw new Error(answer.refused);
    return answer;
  };
  const [first, second] = [await enter(visit), await enter(visit)];
  await signOut(visit, first.token);
  const third = await enter(later(1));
  const kept = await visit.db.selectFrom('sign_ins').select('token_hash').where('person_id', '=', third.person.id).orderBy('id').execute();
  expect(kept.map(({ token_hash }) => token_hash)).toEqual([hashOf(second.token), hashOf(third.token)]);
});

test('addresses nobody came in with are forgotten after a day', async () => {
  const { browser } = await asked('vergeten@example.org');
  await asked('volgende@example.org', later(24 * 60 + 1));
  expect(await visit.db.selectFrom('sign_in_codes').select('id').where('browser_hash', '=', hashOf(browser)).execute()).toEqual([]);
});
