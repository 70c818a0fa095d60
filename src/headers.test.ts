// What every answer of the real server carries, asked from outside; and that no nonsense brings it down.
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '#ground/config.server.ts';
import { faultsOfAnswer, faultsOfPlain, faultsOfPolicy, faultsOfSecurityTxt } from './internet-nl.ts';

const site = 'https://innovember.example.org';
const dataDir = mkdtempSync(join(tmpdir(), 'innovember-headers-'));
chmodSync(dataDir, 0o711);
let port = 0;
let server: ChildProcess;
const whileStarting: Answer[] = [];

beforeAll(async () => {
  port = await freePort();
  server = spawn(process.execPath, [join(root, 'build/server/main.js')], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      PORT: String(port),
      DATA_DIR: dataDir,
      BASE_URL: site,
      TRUSTED_PROXIES: '127.0.0.0/8,::1',
      SECURITY_CONTACT: 'Veiligheid <veilig@example.org>',
      LOG_LEVEL: 'fatal',
    },
  });
  const ready = new Promise<void>((done, fail) => {
    server.stdout?.on('data', (part: Buffer) => String(part).includes('ready') && done());
    server.once('close', () => fail(new Error('the server did not start')));
  });
  for (let tries = 0; whileStarting.length === 0 && tries < 3_000; tries++) {
    const answers = await Promise.all(['/', '/livez', '/api/v1/editions'].map((path) => get(path))).catch(() => []);
    if (answers.length > 0) whileStarting.push(...answers);
    else await new Promise((done) => setTimeout(done, 10));
  }
  await ready;
}, 120_000);
afterAll(async () => {
  const ended = new Promise((done) => server.once('close', done));
  server.kill('SIGTERM');
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
});

interface Answer {
  readonly asked: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** What comes back for exactly these bytes; null when nothing does before the connection ends. */
function raw(bytes: string | Uint8Array, milliseconds = 5_000): Promise<{ answer: Answer | null; isClosed: boolean }> {
  return new Promise((done) => {
    const parts: Buffer[] = [];
    const socket = net.connect(port, '127.0.0.1');
    const end = (isClosed: boolean) => {
      socket.destroy();
      done({ answer: parse(Buffer.concat(parts).toString('latin1'), String(bytes).slice(0, 60)), isClosed });
    };
    socket.setTimeout(milliseconds, () => end(false));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => end(true));
    socket.on('close', () => end(true));
    socket.write(bytes);
  });
}

function parse(text: string, asked: string): Answer | null {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  if (status === 0) return null;
  const pairs = lines.map((line): [string, string] => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  return {
    asked,
    status,
    headers: Object.fromEntries(pairs.filter(([name]) => name !== 'set-cookie')),
    cookies: pairs.filter(([name]) => name === 'set-cookie').map(([, value]) => value),
    body: rest.join('\r\n\r\n'),
  };
}

/** As our proxy asks: it came in encrypted. */
async function ask(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = ''): Promise<Answer> {
  const all = { host: 'innovember.example.org', 'x-forwarded-proto': 'https', accept: 'text/html', connection: 'close', ...headers };
  const length = body === '' ? [] : [`content-length: ${Buffer.byteLength(body)}`];
  const lines = [...Object.entries(all).map(([name, value]) => `${name}: ${value}`), ...length];
  const { answer } = await raw(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`, 20_000);
  if (!answer) throw new Error(`${method} ${path}: no answer`);
  return { ...answer, asked: `${method} ${path}` };
}
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => ask('GET', path, headers);
const form = (path: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
  ask('POST', path, { 'content-type': 'application/x-www-form-urlencoded', origin: site, ...headers }, body);

const exactly = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
};
/** What an answer lacks of what every answer must have. */
function faultsOf({ asked, status, headers, body }: Answer): string[] {
  const policy = headers['content-security-policy'] ?? '';
  const isPage = (headers['content-type'] ?? '').startsWith('text/html') && body !== '';
  const faults = [
    ...Object.entries(exactly).flatMap(([name, value]) => (headers[name] === value ? [] : [`${name}: ${headers[name]}`])),
    ...(['same-origin', 'no-referrer'].includes(headers['referrer-policy'] ?? '') ? [] : ['referrer-policy']),
    ...(['same-origin', 'cross-origin'].includes(headers['cross-origin-resource-policy'] ?? '') ? [] : ['cross-origin-resource-policy']),
    ...(/camera=\(\).*geolocation=\(\).*microphone=\(\)/.test(headers['permissions-policy'] ?? '') ? [] : ['permissions-policy']),
    ...(policy.startsWith("default-src 'none'") && policy.includes("frame-ancestors 'none'") && !/unsafe-|\*|http:/.test(policy)
      ? []
      : [`policy: ${policy}`]),
    ...(isPage ? [...faultsOfPolicy(policy, new URL(site)), ...faultsOfPage(body, policy)] : []),
    ...(headers['x-powered-by'] !== undefined || headers['server'] !== undefined ? ['says what it is made of'] : []),
  ];
  return faults.map((fault) => `${asked} (${status}): ${fault}`);
}

/** What a page has inline that its policy does not name, and Trusted Types. */
function faultsOfPage(html: string, policy: string): string[] {
  const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  const isInline = (tag: string): boolean =>
    (/^<script/i.test(tag) && !/\ssrc=|type="application\/ld\+json"/.test(tag) && !(nonce !== undefined && tag.includes(`nonce="${nonce}"`))) ||
    (/^<style/i.test(tag) && !(nonce !== undefined && tag.includes(`nonce="${nonce}"`))) ||
    /\s(?:style|on[a-z]+)=/i.test(tag.replace(/"[^"]*"/g, '""'));
  return [
    // Where no script may run at all, there is none to trust.
    ...(!policy.includes('script-src') || (policy.includes("require-trusted-types-for 'script'") && policy.includes('trusted-types '))
      ? []
      : ['no Trusted Types']),
    ...tags.filter(isInline).map((tag) => `inline: ${tag}`),
    ...[...html.matchAll(/\s(?:src|srcset|action|poster)="(?:https?:)?\/\/(?!innovember\.example\.org)[^"]*"/g)].map(
      ([found]) => `elsewhere: ${found}`,
    ),
  ];
}

test('every answer carries every header, whatever was asked', async () => {
  const start = await get('/');
  const asset = /\/_app\/immutable\/[^"]+\.css/.exec(start.body)?.[0] ?? '';
  const session = /\/programma\/[0-9A-Z]{6}/.exec((await get('/programma')).body)?.[0] ?? '';
  const edition = /\/agenda\/([\w-]+)\.ics/.exec(start.body + (await get('/programma')).body)?.[1] ?? '';
  const answers = await Promise.all([
    ...[
      '/',
      '/en',
      '/programma',
      session,
      `/en${session}`,
      '/aanmelden/1-vraag',
      '/inloggen',
      '/privacy',
      '/toegankelijkheid',
      '/edities',
      '/wachtlijst',
    ].map((path) => get(path)),
    ...['/mijn-programma', '/organisatie', '/organisatie/sessies', '/programma/', '/aanmelden'].map((path) => get(path)),
    ...[
      '/nergens',
      '/programma/NERGENS',
      '/_app/nergens.js',
      '/agenda/nergens.ics',
      '/%00',
      '/%',
      '//elsewhere.example.org/',
      '/..%2f..%2fetc%2fpasswd',
      `/${'a'.repeat(8_000)}`,
    ].map((path) => get(path)),
    ...[
      asset,
      '/favicon.ico',
      '/zone.js',
      '/service-worker.js',
      '/robots.txt',
      '/sitemap.xml',
      '/.well-known/security.txt',
      '/.well-known/security-policy.txt',
    ].map((path) => get(path)),
    ...[
      `/agenda/${edition}.ics`,
      `/uitwisseling/${edition}/schedule.json`,
      `/uitwisseling/${edition}/schedule.xml`,
      `/agenda/mijn/${'a'.repeat(43)}.ics`,
    ].map((path) => get(path)),
    ...['/livez', '/readyz', '/metrics', '/api/v1/editions', '/api/v1/openapi.json', '/api/v1/nergens', '/api/v1/me', '/api/v1/sessions/%00'].map(
      (path) => get(path),
    ),
    ...['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'PROPFIND'].flatMap((method) =>
      ['/', '/api/v1/editions', '/robots.txt', asset, '/livez'].map((path) => ask(method, path)),
    ),
    get('/', { cookie: 'anything=1' }),
    get('/', { 'if-none-match': start.headers['etag'] ?? '' }),
    get('/robots.txt', { 'if-none-match': '*' }),
    get('/', { expect: 'the-impossible' }),
    get('/', { accept: 'application/json' }),
    form('/inloggen?/ask', 'email=deelnemer-1@example.org'),
    form('/inloggen?/ask', 'email=nobody'),
    form('/inloggen?/nergens', 'a=b'),
    form('/inloggen?/ask', 'a=b', { origin: 'https://elsewhere.example.org' }),
    form('/inloggen?/ask', `email=${'x'.repeat(300_000)}`),
    form('/inloggen?/ask', 'a=b', { 'content-type': 'multipart/form-data; boundary=x' }),
    form('/uitloggen', ''),
    ask('POST', '/api/v1/editions', { 'content-type': 'application/json' }, '{'),
    get('/', { authorization: 'Bearer nonsense' }),
    get('/api/v1/me', { authorization: 'Bearer nonsense' }),
    get('/', { 'x-forwarded-proto': 'http' }),
    form('/inloggen?/ask', 'a=b', { 'x-forwarded-proto': 'http' }),
  ]);
  expect(new Set(answers.map(({ status }) => status)).size).toBeGreaterThan(10);
  expect(answers.filter(({ status }) => status >= 500).map(({ asked, status }) => `${asked}: ${status}`)).toEqual([]);
  expect(answers.flatMap(faultsOf)).toEqual([]);
}, 60_000);

test('so do the answers while it starts', () => {
  expect(whileStarting.map(({ status }) => status)).toEqual([503, 200, 503]);
  expect(whileStarting.flatMap(faultsOf)).toEqual([]);
});

test('and those to what is no request', async () => {
  const requests: readonly (readonly [string, number])[] = [
    ['nonsense\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', 400],
    ['GET / HTTP/9.9\r\nHost: a\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['CONNECT elsewhere.example.org:443 HTTP/1.1\r\nHost: elsewhere.example.org\r\n\r\n', 405],
    ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd', 400],
    ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n', 400],
    ['POST /inloggen HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n', 400],
    ['GET / HTTP/1.1\nHost: a\n\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\nx : y\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\nx: a\0b\r\n\r\n', 400],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ];
  const answers = await Promise.all(requests.map(async ([bytes]) => (await raw(bytes, 1_500)).answer));
  expect(answers.map((answer, nth) => [requests[nth]![0].slice(0, 60), answer?.status])).toEqual(
    requests.map(([bytes, status]) => [bytes.slice(0, 60), status]),
  );
  expect(answers.flatMap((answer) => (answer ? faultsOf(answer) : ['nothing']))).toEqual([]);
});

test('an answer that lacks one of them is found', async () => {
  const good = await get('/inloggen');
  expect(faultsOf(good)).toEqual([]);
  const names = [...Object.keys(exactly), 'referrer-policy', 'permissions-policy', 'cross-origin-resource-policy', 'content-security-policy'];
  for (const name of names) expect([name, faultsOf({ ...good, headers: { ...good.headers, [name]: '' } }).length > 0]).toEqual([name, true]);
  const loose = good.headers['content-security-policy']!.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'");
  expect(faultsOf({ ...good, headers: { ...good.headers, 'content-security-policy': loose } }).length).toBeGreaterThan(0);
  for (const more of [
    '<p style="color:red">',
    '<script>alert(1)</script>',
    '<img onerror="x()">',
    '<script src="https://cdn.example.org/a.js"></script>',
  ])
    expect([more, faultsOf({ ...good, body: good.body + more }).length > 0]).toEqual([more, true]);
});

test('internet.nl finds no fault in the answers at the root, over http, and in security.txt', async () => {
  const url = new URL(`${site}/`);
  for (const encoding of ['gzip, br', 'identity']) expect(faultsOfAnswer({ url, ...(await get('/', { 'accept-encoding': encoding })) })).toEqual([]);
  for (const path of ['/', '/programma?q=a', '//elsewhere.example.org/'])
    expect(
      faultsOfPlain({ url: new URL(path, 'http://innovember.example.org'), ...(await get(path, { 'x-forwarded-proto': 'http' })) }).filter(
        (fault) => path[1] !== '/' || !fault.includes('innovember'),
      ),
    ).toEqual([]);
  expect((await get('//elsewhere.example.org/', { 'x-forwarded-proto': 'http' })).headers['location']).toBe(`${site}//elsewhere.example.org/`);
  expect((await get('/livez', { 'x-forwarded-proto': 'http' })).status).toBe(200);
  const told = await get('/.well-known/security.txt');
  expect(faultsOfSecurityTxt({ url: new URL('/.well-known/security.txt', site), ...told, now: new Date() })).toEqual([]);
  expect(told.body).toContain('Contact: mailto:veilig@example.org\n');
  expect(told.body).toContain(`Policy: ${site}/.well-known/security-policy.txt\n`);
  expect((await get('/.well-known/security-policy.txt')).status).toBe(200);
});

test('what is for somebody is kept by nobody, and its cookies go nowhere else', async () => {
  const asked = await form('/inloggen?/ask', 'email=deelnemer-2@example.org');
  const answers = [
    asked,
    await get('/', { cookie: 'a=b' }),
    await get('/mijn-programma', { cookie: 'a=b' }),
    await get('/inloggen'),
    await get('/nergens', { cookie: 'a=b' }),
  ];
  expect(answers.map(({ asked, headers }) => [asked, headers['cache-control'], /\bcookie\b/i.test(headers['vary'] ?? '')])).toEqual(
    answers.map(({ asked }) => [asked, 'private, no-store', true]),
  );
  expect(asked.cookies.length).toBeGreaterThan(0);
  for (const cookie of asked.cookies)
    expect([
      /^__Host-[\w-]+=/.test(cookie),
      ...['HttpOnly', 'Secure', 'Path=/'].map((word) => cookie.split('; ').includes(word)),
      /; SameSite=(Lax|Strict)/i.test(cookie),
      cookie.includes('Domain'),
    ]).toEqual([true, true, true, true, true, false]);
});

test("what carries somebody's own is never packed, so that its size tells nothing", async () => {
  const own = await get('/mijn-programma', { cookie: 'a=b', 'accept-encoding': 'gzip, br' });
  expect(own.headers['content-encoding']).toBe(undefined);
  expect((await get('/inloggen', { cookie: 'a=b', 'accept-encoding': 'gzip, br' })).headers['content-encoding']).toBe(undefined);
});

test('three hundred malformed requests: each is answered or hung up on, none is our fault, and the server stays well', async () => {
  const piece = fc.constantFrom(
    '\r\n',
    '\n',
    '\r',
    ' ',
    ':',
    '\0',
    '%',
    '/',
    '..',
    '\xff',
    'Host: a',
    'Content-Length: 5',
    'Content-Length: -1',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip',
    'Connection: upgrade',
    'Upgrade: websocket',
    'Expect: 100-continue',
    'Range: bytes=0-9999999999',
    'Cookie: __Host-sign-in=\xff',
    'Accept-Encoding: \x7f',
    'X-Forwarded-For: ,,,',
    'If-None-Match: "',
    '0',
    'ffffffffffffffff',
    '5;a=b',
  );
  const line = fc.oneof(
    piece,
    fc.string({ maxLength: 12 }),
    fc.tuple(piece, piece).map((parts) => parts.join('')),
  );
  const first = fc.tuple(
    fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'get', 'G\tET', 'PATCH', 'LINK'),
    fc.constantFrom('/', '*', 'http://a/', '/programma?', '/api/v1/editions', '/%ff%fe', '/\xe9', '//', '?', '/inloggen?/ask', '/agenda/%.ics', ''),
    fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2', ''),
  );
  const request = fc
    .tuple(first, fc.array(line, { maxLength: 6 }), fc.string({ maxLength: 30 }))
    .map(([start, lines, body]) =>
      Buffer.from(`${start.join(' ')}\r\n${['Host: a', ...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`, 'latin1'),
    );
  const all = fc.sample(request, { numRuns: 300, seed: 20261123 });
  const bad: string[] = [];
  const counts = { answered: 0, hungUp: 0, waiting: 0 };
  for (let at = 0; at < all.length; at += 20)
    await Promise.all(
      all.slice(at, at + 20).map(async (bytes) => {
        const { answer, isClosed } = await raw(bytes, 1_500);
        counts[answer ? 'answered' : isClosed ? 'hungUp' : 'waiting']++;
        if (answer && answer.status >= 500) bad.push(`${answer.status}: ${JSON.stringify(bytes.toString('latin1'))}`);
        if (answer && answer.status > 101) bad.push(...faultsOf(answer));
      }),
    );
  expect(bad).toEqual([]);
  // Who promises more than they send is waited for, at most two minutes.
  expect(counts.answered).toBeGreaterThan(200);
  expect((await get('/readyz')).status).toBe(200);
  expect((await get('/')).status).toBe(200);
}, 90_000);

test('what is hidden behind another request is never answered as one of its own', async () => {
  const hidden = 'GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n';
  for (const head of [
    `Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked`,
    'Transfer-Encoding: chunked, identity',
    'Transfer-Encoding : chunked',
    'Transfer-Encoding: chunked\r\nTransfer-Encoding: x',
    'Content-Length: 0\r\nContent-Length: 5',
    'Content-Length: +0',
    'Content-Length: 0x0',
  ]) {
    const { answer } = await raw(`POST /livez HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n0\r\n\r\n${hidden}`, 1_500);
    expect([head, answer?.status, answer?.body.includes('User-agent')]).toEqual([head, 400, false]);
  }
});

test('and when the database is gone', async () => {
  const pid = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  const answers: Answer[] = [];
  for (let round = 0; round < 40 && !answers.some(({ status, asked }) => status === 503 && asked === 'GET /mijn-programma'); round++)
    answers.push(
      ...(await Promise.all([
        ...['/mijn-programma', '/programma?q=a', '/nergens', '/api/v1/editions', '/readyz', '/sitemap.xml'].map((path) =>
          get(path, { cookie: `__Host-sign-in=${'a'.repeat(43)}` }),
        ),
        form('/inloggen?/ask', 'email=deelnemer-3@example.org'),
      ])),
    );
  expect(answers.filter(({ status }) => status === 503).length).toBeGreaterThan(2);
  expect(answers.filter(({ status }) => status >= 500 && status !== 503).map(({ asked, status }) => `${asked}: ${status}`)).toEqual([]);
  expect(answers.flatMap(faultsOf)).toEqual([]);
  let last = answers[0];
  for (let tries = 0; tries < 100 && last?.status !== 200; tries++) {
    await new Promise((done) => setTimeout(done, 100));
    last = await get('/readyz');
  }
  expect(last?.status).toBe(200);
}, 60_000);

const freePort = () =>
  new Promise<number>((done) => {
    const server = net.createServer().listen(0, () => {
      const at = server.address();
      server.close(() => done(typeof at === 'object' && at ? at.port : 0));
    });
  });
