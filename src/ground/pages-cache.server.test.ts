import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { pagesCache, publicMark } from './pages-cache.server.ts';

const shared = (text: string, more: Record<string, string> = {}) =>
  new Response(text, { headers: { 'content-type': 'text/html', [publicMark]: 'yes', ...more } });
const servers: http.Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

/** A house with a cache in front: counts how often pages are made, and lets a test set the clock. */
async function house(page: (path: string) => Response | Promise<Response>, limits: { maxEntries?: number; maxBytes?: number } = {}) {
  const at = { time: 0, made: 0 };
  const render = async (path: string) => (at.made++, page(path));
  const cache = pagesCache({ render, headers: { 'x-content-type-options': 'nosniff' }, clock: () => at.time, ...limits });
  const answer = async (req: http.IncomingMessage, res: http.ServerResponse) => void ((await cache(req, res)) || res.end('own answer'));
  const server = http.createServer((req, res) => void answer(req, res).catch(() => res.writeHead(500).end()));
  await new Promise<void>((done) => server.listen(0, done));
  servers.push(server);
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }>((done) =>
      http
        .request({ port: (server.address() as AddressInfo).port, path, headers, method }, (res) => {
          const parts: Buffer[] = [];
          res
            .on('data', (part: Buffer) => parts.push(part))
            .on('end', () => done({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(parts) }));
        })
        .end(),
    );
  return { at, ask };
}
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

test('a public page is made once in a second', async () => {
  const { at, ask } = await house(() => shared(`page ${at.made}`));
  expect((await ask('/')).body.toString()).toBe('page 1');
  at.time = 400;
  expect((await ask('/')).body.toString()).toBe('page 1');
  at.time = 1001;
  expect((await ask('/')).body.toString()).toBe('page 2');
});

test('after half a second the next one is made before anybody waits for it', async () => {
  const { at, ask } = await house(() => shared(`page ${at.made}`));
  await ask('/');
  at.time = 600;
  expect((await ask('/')).body.toString()).toBe('page 1');
  await pause(20);
  expect((await ask('/')).body.toString()).toBe('page 2');
});

test('many who ask at once make it once', async () => {
  const { at, ask } = await house(async () => (await pause(30), shared('page')));
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/')));
  expect(new Set(answers.map(({ body }) => body.toString()))).toEqual(new Set(['page']));
  expect(at.made).toBe(1);
});

test('whoever brings a cookie or a token passes by', async () => {
  const { ask } = await house(() => shared('for all'));
  await ask('/');
  expect((await ask('/', { cookie: 'a=b' })).body.toString()).toBe('own answer');
  expect((await ask('/', { authorization: 'Bearer x' })).body.toString()).toBe('own answer');
  expect((await ask('/', {}, 'POST')).body.toString()).toBe('own answer');
});

test.each([
  ['has no mark', () => new Response('secret')],
  ['sets a cookie', () => shared('secret', { 'set-cookie': 'a=b' })],
  ['is not found', () => new Response('secret', { status: 404, headers: { [publicMark]: 'yes' } })],
])('an answer that %s is never kept', async (_, page) => {
  const { at, ask } = await house(page);
  await ask('/');
  await ask('/');
  expect(at.made).toBe(2);
});

test('followers of an answer that may not be shared each go their own way', async () => {
  const { ask } = await house(async () => (await pause(30), new Response('of the first', { headers: { 'set-cookie': 'draft=1' } })));
  const bodies = (await Promise.all([ask('/'), ask('/'), ask('/')])).map(({ body }) => body.toString()).sort();
  expect(bodies).toEqual(['of the first', 'own answer', 'own answer']);
});

test('it is sent as the browser reads it, with its headers, and without the mark', async () => {
  const text = 'programma '.repeat(100);
  const { ask } = await house(() => shared(text));
  const br = await ask('/', { 'accept-encoding': 'gzip, br' });
  expect(brotliDecompressSync(br.body).toString()).toBe(text);
  expect(br.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'no-cache',
    vary: 'Cookie, Accept-Encoding',
    'x-content-type-options': 'nosniff',
  });
  expect(br.headers).not.toHaveProperty(publicMark);
  expect(gunzipSync((await ask('/', { 'accept-encoding': 'gzip, br;q=0' })).body).toString()).toBe(text);
  expect((await ask('/')).body.toString()).toBe(text);
  expect((await ask('/', {}, 'HEAD')).body.length).toBe(0);
  expect((await ask('/', { 'if-none-match': String(br.headers.etag) })).status).toBe(304);
});

test('a stream of different queries does not fill the memory', async () => {
  const { at, ask } = await house((path) => shared(path), { maxEntries: 10 });
  for (let i = 0; i < 30; i++) await ask(`/?q=${i}`);
  expect(at.made).toBe(30);
  await ask('/?q=29');
  expect(at.made).toBe(30);
  await ask('/?q=1');
  expect(at.made).toBe(31);
  expect((await ask(`/?q=${'x'.repeat(400)}`)).body.toString()).toBe('own answer');
});

test('when making fails, the next one tries again', async () => {
  const { at, ask } = await house(() => (at.made === 1 ? Promise.reject(new Error('broken')) : shared('page')));
  expect((await ask('/')).status).toBe(500);
  expect((await ask('/')).body.toString()).toBe('page');
});
