// Against a provider that does what it is told, also what no honest one does; journeys/provider.test.ts asks a real one.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT, type JSONWebKeySet, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newSecret } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import { askProvider, endByProvider, enterFromProvider, grant, personOfCookie, publicKeys } from '../identity.server.ts';
import { enter } from '../sign-in.server.ts';

// The settings are read when the first file that needs them is.
const port = await vi.hoisted(async () => {
  const net = await import('node:net');
  const server = net.createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  const port = typeof at === 'object' && at ? at.port : 0;
  await new Promise((done) => server.close(done));
  Object.assign(process.env, {
    OIDC_ISSUER: `http://127.0.0.1:${port}`,
    OIDC_CLIENT_ID: 'innovember',
    OIDC_ACR: 'substantial,high',
    OIDC_INTERNAL_CLAIM: 'organisation_type=rijk',
    INTERNAL_DOMAINS: 'rijk.example',
    DATA_DIR: `/tmp/innovember-provider-${port}`,
  });
  return port;
});
const issuer = `http://127.0.0.1:${port}`;
const visit = testVisit({ now: new Date() });
const seconds = () => Math.floor(Date.now() / 1000);

// The provider

const key = await generateKeyPair('ES256');
const stranger = await generateKeyPair('ES256');
interface Saying {
  /** What the ID token says, changed. */
  readonly says?: Readonly<Record<string, unknown>>;
  readonly userInfo?: Readonly<Record<string, unknown>>;
  readonly signed?: 'by a stranger' | 'not at all';
  readonly token?: 'broken' | 'never';
}
let saying: Saying = {};
let asked = new URLSearchParams();
const used = new Set<string>();

async function idToken(): Promise<string> {
  const claims: JWTPayload = {
    ...{ iss: issuer, aud: 'innovember', sub: 'subject-1', sid: 'sid-1', acr: 'substantial', nonce: asked.get('nonce') ?? '' },
    ...{ iat: seconds(), exp: seconds() + 60, auth_time: seconds() - 60 },
    ...saying.says,
  };
  if (saying.signed === 'not at all') return new UnsecuredJWT(claims).encode();
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign((saying.signed === undefined ? key : stranger).privateKey);
}

/** Gives a token for a code: once, to whom has our key, and to the browser that asked for it. */
async function token(req: IncomingMessage): Promise<object> {
  const form = new URLSearchParams(await text(req));
  const keys = createLocalJWKSet((await publicKeys()) as JSONWebKeySet);
  const assertion = await jwtVerify(form.get('client_assertion') ?? '', keys, {
    ...{ issuer: 'innovember', subject: 'innovember', audience: issuer, requiredClaims: ['jti', 'exp'] },
  }).catch(() => null);
  if (assertion === null) return { error: 'invalid_client' };
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const code = form.get('code') ?? '';
  if (used.has(code) || challenge !== asked.get('code_challenge')) return { error: 'invalid_grant' };
  used.add(code);
  return { access_token: 'access-canary', token_type: 'Bearer', expires_in: 60, id_token: await idToken() };
}

async function answer(req: IncomingMessage): Promise<object | 'broken' | 'never'> {
  switch (req.url) {
    case '/.well-known/openid-configuration':
      return {
        issuer,
        ...{ authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/me` },
        ...{ jwks_uri: `${issuer}/keys`, end_session_endpoint: `${issuer}/end`, response_types_supported: ['code'] },
        ...{ subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['ES256'] },
        authorization_response_iss_parameter_supported: true,
      };
    case '/keys':
      return { keys: [{ ...(await exportJWK(key.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] };
    case '/me':
      return { sub: 'subject-1', email: 'deelnemer-1@example.org', email_verified: true, ...saying.userInfo };
    default:
      return saying.token ?? token(req);
  }
}
const provider = createServer((req, res) => {
  void answer(req).then((said) => {
    if (said === 'never') return;
    const status = said === 'broken' ? 502 : 'error' in (said as object) ? 400 : 200;
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
});
beforeAll(() => new Promise<void>((done) => void provider.listen(port, '127.0.0.1', done)));
afterAll(() => (provider.closeAllConnections(), provider.close()));
beforeEach(async () => {
  saying = {};
  await visit.db.deleteFrom('people').execute();
});

// A visitor

let codes = 0;
async function started(at: Visit = visit) {
  const browser = newSecret();
  const there = await askProvider(at, browser, '/programma', '192.0.2.1');
  if (isRefusal(there)) throw new Error(there.refused);
  asked = there.searchParams;
  const back = new URL('http://localhost:3000/inloggen/terug');
  back.search = new URLSearchParams({ code: `code-${++codes}`, state: asked.get('state') ?? '', iss: issuer }).toString();
  return { browser, there, back };
}
async function came(said: Saying = {}, at: Visit = visit) {
  const { browser, back } = await started(at);
  saying = said;
  return enterFromProvider(at, browser, back, 'Firefox/Linux');
}
const cameAs = (sub: string, email: string, at: Visit = visit) => came({ says: { sub }, userInfo: { sub, email } }, at);
const outcome = (entered: Awaited<ReturnType<typeof came>>) => (isRefusal(entered) ? entered.refused : entered.person.email);

test('what is asked: a code, for one browser and one moment, at the levels that are enough', async () => {
  const { there } = await started();
  expect({ ...Object.fromEntries(there.searchParams), state: '', nonce: '', code_challenge: '' }).toEqual({
    ...{ client_id: 'innovember', response_type: 'code', scope: 'openid email', redirect_uri: 'http://localhost:3000/inloggen/terug' },
    ...{ state: '', nonce: '', code_challenge: '', code_challenge_method: 'S256', ui_locales: 'nl', max_age: '43200' },
    ...{ acr_values: 'substantial high', claims: '{"id_token":{"acr":{"essential":true,"values":["substantial","high"]}}}' },
  });
  const strengths = ['state', 'nonce', 'code_challenge'].map((name) => Buffer.from(there.searchParams.get(name) ?? '', 'base64url').length * 8);
  expect(strengths).toEqual([256, 256, 256]);
});

test('who comes back is let in, with an account, their level and the sign-in of the provider', async () => {
  const entered = await came();
  if (isRefusal(entered)) throw new Error(entered.refused);
  expect({ email: entered.person.email, way: entered.person.way, next: entered.next }).toEqual({
    ...{ email: 'deelnemer-1@example.org', way: 'provider', next: '/programma' },
  });
  expect(
    await visit.db.selectFrom('sign_ins').select(['way', 'level', 'provider_sign_in', 'device']).where('person_id', '=', entered.person.id).execute(),
  ).toEqual([{ way: 'provider', level: 'substantial', provider_sign_in: 'sid-1', device: 'Firefox/Linux' }]);
  expect((await lines(visit, { person: entered.person.id })).map(({ what }) => what).toSorted()).toEqual(['provider-linked', 'sign-in']);
});

test.each<[string, Saying, string]>([
  ['the nonce of another moment', { says: { nonce: 'another' } }, 'provider-not-trusted'],
  ['no nonce', { says: { nonce: undefined } }, 'provider-not-trusted'],
  ['another issuer', { says: { iss: 'https://elsewhere.example' } }, 'provider-not-trusted'],
  ['another audience', { says: { aud: 'somebody-else' } }, 'provider-not-trusted'],
  ['an audience beside us', { says: { aud: ['innovember', 'somebody-else'] } }, 'provider-not-trusted'],
  ['a token that is over', { says: { exp: 1_700_000_000 } }, 'provider-not-trusted'],
  ['a token without an end', { says: { exp: undefined } }, 'provider-not-trusted'],
  ['a token without a beginning', { says: { iat: undefined } }, 'provider-not-trusted'],
  ['a token from later', { says: { nbf: 4_000_000_000 } }, 'provider-not-trusted'],
  ['a proof of yesterday', { says: { auth_time: seconds() - 90_000 } }, 'provider-not-trusted'],
  ['no moment of proof', { says: { auth_time: undefined } }, 'provider-not-trusted'],
  ['a signature by a stranger', { signed: 'by a stranger' }, 'provider-not-trusted'],
  ['no signature', { signed: 'not at all' }, 'provider-not-trusted'],
  ['somebody else in the answer beside it', { userInfo: { sub: 'subject-2' } }, 'provider-not-trusted'],
  ['a lower level', { says: { acr: 'low' } }, 'provider-level'],
  ['no level', { says: { acr: undefined } }, 'provider-level'],
  ['an address that is not verified', { userInfo: { email_verified: false } }, 'provider-email'],
  ['an address that is "verified"', { userInfo: { email_verified: 'true' } }, 'provider-email'],
  ['no address', { userInfo: { email: undefined } }, 'provider-email'],
  ['a broken answer', { token: 'broken' }, 'provider-away'],
])('with %s nobody is let in', async (_, said, refused) => {
  expect(outcome(await came(said))).toBe(refused);
  expect(await visit.db.selectFrom('sign_ins').select('id').execute()).toEqual([]);
  expect(outcome(await came())).toBe('deelnemer-1@example.org');
});

test('a higher level than asked is enough too', async () => {
  expect(outcome(await came({ says: { acr: 'high' } }))).toBe('deelnemer-1@example.org');
});

test('a provider that says nothing is waited for five seconds', async () => {
  const before = performance.now();
  expect(outcome(await came({ token: 'never' }))).toBe('provider-away');
  expect(performance.now() - before).toBeLessThan(7000);
});

test('another browser, another state, a second time or eleven minutes later: it does not fit', async () => {
  const { browser, back } = await started();
  const other = new URL(back);
  other.searchParams.set('state', newSecret());
  expect(outcome(await enterFromProvider(visit, newSecret(), back))).toBe('provider-late');
  expect(outcome(await enterFromProvider(visit, '', back))).toBe('provider-late');
  expect(outcome(await enterFromProvider(visit, browser, other))).toBe('provider-late');
  expect(outcome(await enterFromProvider({ ...visit, now: new Date(visit.now.getTime() + 11 * 60_000) }, browser, back))).toBe('provider-late');
  expect(outcome(await enterFromProvider(visit, browser, back))).toBe('deelnemer-1@example.org');
  expect(outcome(await enterFromProvider(visit, browser, back))).toBe('provider-late');
});

test('a code that was used, in a sign-in of one’s own, is worth nothing', async () => {
  const first = await started();
  expect(outcome(await enterFromProvider(visit, first.browser, first.back))).toBe('deelnemer-1@example.org');
  const second = await started();
  second.back.searchParams.set('code', first.back.searchParams.get('code')!);
  expect(outcome(await enterFromProvider(visit, second.browser, second.back))).toBe('provider-not-trusted');
});

test('an answer that says it comes from another provider, or from none, is not asked about', async () => {
  for (const iss of ['https://elsewhere.example', null]) {
    const { browser, back } = await started();
    if (iss === null) back.searchParams.delete('iss');
    else back.searchParams.set('iss', iss);
    expect(outcome(await enterFromProvider(visit, browser, back))).toBe('provider-not-trusted');
    expect(used.has(back.searchParams.get('code')!)).toBe(false);
  }
});

test('a provider that says no is heard', async () => {
  const { browser, back } = await started();
  back.searchParams.delete('code');
  back.searchParams.set('error', 'access_denied');
  expect(outcome(await enterFromProvider(visit, browser, back))).toBe('provider-said-no');
});

test('somebody is a civil servant when the provider says so, and no longer when it does not', async () => {
  const internal = async (type: unknown) => {
    const entered = await came({ userInfo: { organisation_type: type } });
    return !isRefusal(entered) && entered.person.isInternal;
  };
  expect([await internal('rijk'), await internal('bedrijf'), await internal(['zbo', 'rijk']), await internal(undefined)]).toEqual([
    ...[true, false, true, false],
  ]);
});

test('one account of the provider is one person, also when their address there changes', async () => {
  const first = await cameAs('subject-1', 'deelnemer-1@example.org');
  const later = await cameAs('subject-1', 'deelnemer-2@example.org');
  if (isRefusal(first) || isRefusal(later)) throw new Error('refused');
  expect(later.person.id).toBe(first.person.id);
});

// Taking over

test('an account without anything to take over is found by its verified address', async () => {
  const person = await testPerson({ email: 'deelnemer-1@example.org' });
  const entered = await came();
  expect(isRefusal(entered) ? entered.refused : entered.person.id).toBe(person.id);
});

test('roles, a passkey or another account of the provider are not taken over by an address', async () => {
  const admin = await testPerson({ email: 'beheerder@example.org' });
  await grant({ ...visit, person: null }, 'beheerder@example.org', { role: 'admin', scope: '' });
  expect(outcome(await cameAs('attacker', 'beheerder@example.org'))).toBe('provider-confirm');

  const holder = await testPerson({ email: 'sleutel@rijk.example' });
  await visit.db
    .insertInto('passkeys')
    .values({
      id: holder.id,
      person_id: holder.id,
      credential: 'c',
      public_key: Buffer.from(''),
      name: 'sleutel',
      created_at: visit.now,
      usable_at: visit.now,
    })
    .execute();
  expect(outcome(await cameAs('attacker', 'sleutel@rijk.example'))).toBe('provider-confirm');

  await cameAs('subject-1', 'deelnemer-1@example.org');
  expect(outcome(await cameAs('attacker', 'deelnemer-1@example.org'))).toBe('provider-confirm');

  // A sign-in as somebody else confirms nothing; one's own does.
  expect(outcome(await cameAs('attacker', 'beheerder@example.org', { ...visit, person: holder }))).toBe('provider-confirm');
  expect(await visit.db.selectFrom('provider_accounts').select('subject').execute()).toEqual([{ subject: 'subject-1' }]);
  // For a role it must be more than a code: who reads the mail has that, and perhaps the verified address too.
  expect(outcome(await cameAs('attacker', 'beheerder@example.org', { ...visit, person: { ...admin, way: 'code' } }))).toBe('provider-confirm');
  expect(outcome(await cameAs('own', 'beheerder@example.org', { ...visit, person: { ...admin, way: 'passkey' } }))).toBe('beheerder@example.org');
});

test('a role that was given to an address of the own domains is there for whom the provider says has it', async () => {
  await testPerson({ email: 'gastheer@rijk.example' });
  await grant({ ...visit, person: null }, 'gastheer@rijk.example', { role: 'admin', scope: '' });
  const entered = await cameAs('subject-9', 'gastheer@rijk.example');
  expect(isRefusal(entered) ? entered.refused : entered.person.roles).toEqual([{ role: 'admin', scope: '' }]);
});

// Leaving

const leaving = 'http://schemas.openid.net/event/backchannel-logout';
const logoutToken = (claims: Record<string, unknown> = {}, { typ = 'logout+jwt', by = key } = {}) =>
  new SignJWT({
    ...{ iss: issuer, aud: 'innovember', sid: 'sid-1', jti: newSecret(), iat: seconds(), exp: seconds() + 60, events: { [leaving]: {} } },
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'one', typ })
    .sign(by.privateKey);

test('what the provider says of leaving ends that sign-in at once, and no other', async () => {
  const here = await came();
  const elsewhere = await came({ says: { sid: 'sid-2' } });
  if (isRefusal(here) || isRefusal(elsewhere)) throw new Error('refused');
  const byPasskey = await atOnce(visit, (visit) => enter(visit, here.person, { way: 'passkey' }));
  if (isRefusal(byPasskey)) throw new Error(byPasskey.refused);
  const holds = async () => {
    const people = await Promise.all([here, elsewhere, byPasskey].map(({ token }) => personOfCookie(visit, token)));
    return people.map((person) => person !== null);
  };
  expect(await holds()).toEqual([true, true, true]);
  const first = await logoutToken();
  expect(await endByProvider(visit, first)).toBe(true);
  expect(await holds()).toEqual([false, true, true]);
  expect(await endByProvider(visit, first)).toBe(false);
  expect(await endByProvider(visit, await logoutToken({ sid: undefined, sub: 'subject-1' }))).toBe(true);
  expect(await holds()).toEqual([false, false, true]);
});

test.each<[string, Record<string, unknown>, { typ?: string; by?: typeof key }?]>([
  ['another issuer', { iss: 'https://elsewhere.example' }],
  ['another audience', { aud: 'somebody-else' }],
  ['too long ago', { iat: seconds() - 3600 }],
  ['over', { exp: seconds() - 3600 }],
  ['without a number', { jti: undefined }],
  ['without what happened', { events: undefined }],
  ['with something else that happened', { events: { 'https://example.org/other': {} } }],
  ['with a nonce, as an ID token has', { nonce: 'n' }],
  ['about nobody', { sid: undefined }],
  ['about somebody else', { sub: 'subject-2' }],
  ['as a token of another kind', {}, { typ: 'at+jwt' }],
  ['signed by a stranger', {}, { by: stranger }],
])('a word of leaving %s ends nothing', async (_, claims, how) => {
  const here = await came();
  if (isRefusal(here)) throw new Error(here.refused);
  await endByProvider(visit, await logoutToken(claims, how));
  expect(await personOfCookie(visit, here.token)).not.toBeNull();
  await endByProvider(visit, await logoutToken());
  expect(await personOfCookie(visit, here.token)).toBeNull();
});

// What is kept

test('our private key is ours alone, and no token of the provider is kept anywhere', async () => {
  await came();
  const path = `/tmp/innovember-provider-${port}/provider-key.json`;
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const { d } = JSON.parse(readFileSync(path, 'utf8')) as { d: string };
  const { keys } = await publicKeys();
  expect(keys.map((one) => Object.keys(one).toSorted())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  expect(JSON.stringify(keys)).not.toContain(d);
  for (const table of ['sign_ins', 'challenges', 'journal', 'people'] as const)
    expect(JSON.stringify(await visit.db.selectFrom(table).selectAll().execute())).not.toMatch(/access-canary|eyJ[\w-]+\.[\w-]+\./);
});
