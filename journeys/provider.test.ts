// Signing in with a provider: a real one, in this process, and a real browser between the two.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Provider } from 'oidc-provider';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, openSite, type Site } from './browser.ts';

let site: Site;
let server: Server;
let answer: (req: IncomingMessage, res: ServerResponse) => void = (_, res) => void res.writeHead(502).end();
/** Who sits at the provider's own sign-in, and how strongly they proved it there. */
let who = { sub: 'subject-1', email: 'deelnemer-1@rijk.example', email_verified: true, acr: 'substantial' };

beforeAll(async () => {
  server = createServer((req, res) => answer(req, res));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  const issuer = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`;
  Object.assign(process.env, {
    ...{ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'innovember', OIDC_NAME: 'Rijk', OIDC_ACR: 'substantial,high' },
    INTERNAL_DOMAINS: 'rijk.example',
  });
  site = await openSite();
  // Down until here: the site started without it.
  const { privateKey } = await generateKeyPair('PS256', { extractable: true });
  const provider = providerFor(issuer, site.url, { ...(await exportJWK(privateKey)), alg: 'PS256', use: 'sig' });
  const callback = provider.callback();
  standing = (req, res) => void (req.url?.startsWith('/interaction/') ? interact(provider, req, res) : callback(req, res));
}, 120_000);
afterAll(async () => {
  await site?.close();
  server.closeAllConnections();
  server.close();
});
let standing = answer;

function providerFor(issuer: string, ours: string, key: JWK): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: 'innovember',
        redirect_uris: [`${ours}/inloggen/terug`, `${ours}/en/inloggen/terug`],
        post_logout_redirect_uris: [`${ours}/uitloggen`, `${ours}/en/uitloggen`],
        ...{ token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'PS256', jwks_uri: `${ours}/.well-known/jwks.json` },
        ...{ backchannel_logout_uri: `${ours}/inloggen/uitgelogd`, backchannel_logout_session_required: true },
        ...{ response_types: ['code'], grant_types: ['authorization_code'], id_token_signed_response_alg: 'PS256', require_auth_time: true },
      },
    ],
    acrValues: ['low', 'substantial', 'high'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    enabledJWA: { clientAuthSigningAlgValues: ['PS256'], idTokenSigningAlgValues: ['PS256'] },
    features: {
      ...{ devInteractions: { enabled: false }, claimsParameter: { enabled: true }, backchannelLogout: { enabled: true } },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = `<!doctype html><html lang="nl"><title>Uitloggen</title>${form}<button form="op.logoutForm" name="logout" value="yes">Ja</button></html>`;
        },
      },
    },
    pkce: { required: () => true },
    // Its own asks no machine that is its neighbour.
    fetch: (address, options) => fetch(address, Object.assign({}, options, { dispatcher: undefined })),
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, email: who.email, email_verified: who.email_verified }) }),
    jwks: { keys: [{ ...key, kty: 'RSA' }] },
    cookies: { keys: ['only for this test'] },
  });
}

/** Whoever sits there signs in at once and lets us know who they are. */
async function interact(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(req, res);
  const grant = new provider.Grant({ accountId: who.sub, clientId: String(params['client_id']) });
  grant.addOIDCScope('openid email');
  await provider.interactionFinished(req, res, { login: { accountId: who.sub, acr: who.acr }, consent: { grantId: await grant.save() } });
}

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 120_000 }, run);
const isAt = (page: Page, title: string) => page.getByRole('heading', { level: 1, name: title }).waitFor();
const toProvider = (page: Page) => page.getByRole('link', { name: 'Rijk' }).click();
const signInOf = async (page: Page) => (await page.context().cookies()).find(({ name }) => name === '__Host-sign-in')?.value;

journey('a provider that is away is said in one sentence, and other ways stay', async () => {
  const page = await site.visitor({ viewport: { width: 320, height: 800 } });
  await page.goto('/inloggen');
  await toProvider(page);
  await isAt(page, 'Inloggen is niet gelukt');
  expect(await page.getByRole('alert').innerText()).toBe(
    'We krijgen nu geen antwoord van de inlogdienst van je organisatie. Log in op een andere manier, of probeer het later nog eens.',
  );
  await isAccessible(page);
  expect((await page.request.get('/inloggen/provider')).status()).toBeLessThan(500);
  await page.getByRole('link', { name: 'Kies een andere manier' }).click();
  await page.getByLabel('Je mailadres').waitFor();
});

for (const javaScriptEnabled of [false, true]) {
  journey(`somebody comes in by the provider and leaves both, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
    answer = standing;
    const page = await site.visitor({ javaScriptEnabled });
    await page.goto('/inloggen?naar=%2Fprogramma%3Fx%3D1');
    await toProvider(page);
    await page.waitForURL(`${site.url}/programma?x=1`);
    await page.goto('/inloggen');
    await page.getByText('deelnemer-1@rijk.example').first().waitFor();
    const [row] = await site.db.selectFrom('sign_ins').select(['way', 'level', 'provider_sign_in']).where('ended_at', 'is', null).execute();
    expect({ ...row, provider_sign_in: typeof row?.provider_sign_in }).toEqual({ way: 'provider', level: 'substantial', provider_sign_in: 'string' });
    expect(
      await site.db.selectFrom('people').select(['email', 'is_internal', 'internal_by']).where('email', 'like', '%@rijk.example').execute(),
    ).toEqual([{ email: 'deelnemer-1@rijk.example', is_internal: true, internal_by: 'domain' }]);
    await page.getByRole('main').getByRole('button', { name: 'Uitloggen' }).click();
    await page.getByRole('button', { name: 'Ja' }).click();
    await page.waitForURL(/\/uitloggen/);
    await isAt(page, 'Je bent uitgelogd');
    expect(await signInOf(page)).toBeUndefined();
  });
}

journey('who leaves at the provider is out here within five seconds', async () => {
  const page = await site.visitor();
  await page.goto('/en/inloggen/provider');
  await page.waitForURL(`${site.url}/en/mijn-programma`);
  const held = () => page.request.get('/api/v1/me').then((answer) => answer.status());
  await page.goto('/inloggen');
  await isAt(page, 'Je bent ingelogd');
  expect(await held()).toBe(401); // a cookie is for pages, never for programs
  const provider = await page.context().newPage();
  await provider.goto(`${process.env['OIDC_ISSUER']}/session/end`);
  await provider.getByRole('button', { name: 'Ja' }).click();
  await provider.waitForLoadState();
  const last = performance.now() + 5000;
  while (performance.now() < last && (await page.request.get('/inloggen').then((answer) => answer.text())).includes('Je bent ingelogd'));
  await page.reload();
  await page.getByLabel('Je mailadres').waitFor();
  const ended = await site.db.selectFrom('journal').select('details').where('what', '=', 'sign-out').orderBy('id', 'desc').limit(1).execute();
  expect(ended).toMatchObject([{ details: { by: 'provider' } }]);
});

/** The address at which the provider sends a browser back to us, before it went there. */
async function wayBackOf(page: Page): Promise<string> {
  let url = `${site.url}/inloggen/provider`;
  while (!url.includes('/inloggen/terug?')) {
    const answer = await page.request.get(url, { maxRedirects: 0 });
    url = new URL(answer.headers()['location'] ?? 'nowhere:', url).href;
  }
  return url;
}

journey('too low a level, an address that is not verified, and another browser are refused in plain words', async () => {
  const honest = who;
  const refusedAs = async (said: Partial<typeof who>) => {
    who = { ...honest, ...said };
    const page = await site.visitor();
    await page.goto('/inloggen/provider');
    const text = await page.getByRole('alert').innerText();
    who = honest;
    return text.split('.')[0];
  };
  expect(await refusedAs({ sub: 'subject-2', acr: 'low' })).toMatch(/niet sterk genoeg|niet doorgelaten/);
  expect(await refusedAs({ sub: 'subject-3', email: 'deelnemer-3@rijk.example', email_verified: false })).toBe(
    'De inlogdienst zegt niet zeker welk mailadres van jou is',
  );
  const [page, other] = [await site.visitor(), await site.visitor()];
  const back = await wayBackOf(page);
  await other.goto(back);
  expect(await other.getByRole('alert').innerText()).toBe(
    'Dit inloggen hoort niet bij deze browser, duurde te lang of is al gebruikt. Begin opnieuw.',
  );
  await page.goto(back);
  await page.waitForURL(`${site.url}/mijn-programma`);
});

journey('a provider that goes away later takes no sign-in with it', async () => {
  const page = await site.visitor();
  await page.goto('/inloggen/provider');
  await page.waitForURL(`${site.url}/mijn-programma`);
  answer = (_, res) => void res.writeHead(502).end();
  await page.goto('/inloggen');
  await isAt(page, 'Je bent ingelogd');
  const other = await site.visitor();
  await other.goto('/inloggen/provider').catch(() => undefined);
  expect((await other.request.get('/livez')).status()).toBe(200);
  await page.getByRole('main').getByRole('button', { name: 'Uitloggen' }).click();
  await page.waitForTimeout(500);
  expect(await signInOf(page)).toBeUndefined();
});
