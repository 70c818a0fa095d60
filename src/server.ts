// The server: pages, programs and feeds on one port, and the worker beside them.
import http from 'node:http';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import { config, type Config } from '#ground/config.server.ts';
import { log } from '#ground/log.server.ts';
import { pagesCache, type PagesCache } from '#ground/pages-cache.server.ts';
import { inviteFirst } from '#rooms/identity';
import { keepsSecure } from '#rooms/identity/cookie.ts';
import { limits } from '#rooms/library/material.ts';
import { loadExamples } from '#rooms/exchange';
import { addressOf, answerMalformed, commonHeaders, front, refuseConnect, refuseExpectation, type Pages } from './front.ts';
import { openHouse, visitOfHouse, type House } from './house.server.ts';
import { endStreams } from './live/live.ts';
import { startWorker, type Worker } from './worker.ts';

type Answer = (req: http.IncomingMessage, res: http.ServerResponse) => void;

// Node calls the front of the house, which changes once: from 'not open yet' to the real one.
const open: { answer: Answer } = { answer: notOpenYet };
const server = http.createServer(
  // The front says itself that a request has no host, with the headers that every answer has.
  { requestTimeout: 120_000, headersTimeout: 15_000, keepAliveTimeout: 10_000, maxHeaderSize: 16_384, requireHostHeader: false },
  (req, res) => open.answer(req, res),
);
server.on('clientError', answerMalformed);
server.on('connect', refuseConnect);
server.on('checkExpectation', refuseExpectation);
const held: { house?: House; worker?: Worker } = {};
let isLeaving = false;

process.on('unhandledRejection', (fault) => log.error({ fault }, 'something failed that nobody waited for'));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void leave(0));

try {
  await begin(config());
} catch (fault) {
  log.debug({ fault }, 'the start failed');
  console.error(fault instanceof Error ? fault.message : String(fault));
  await leave(1);
}

async function begin(settings: Config): Promise<void> {
  if (!keepsSecure(settings.baseUrl))
    log.warn(
      { baseUrl: settings.baseUrl.origin },
      'BASE_URL is plain http: whoever listens on the way can take over a sign-in; use https outside a closed network',
    );
  await listen(settings);
  if (settings.databaseUrl === null) log.info({ dataDir: settings.dataDir }, 'everything is kept here');
  held.house = await openHouse(settings);
  if (held.house.applied.length > 0) log.info({ applied: held.house.applied }, 'the database is up to date');
  if (settings.demo) await loadExamples(visitOfHouse(held.house.db, 'start'));
  const { pages, cache } = await pagesAndCache(settings);
  held.worker = await startWorker(held.house);
  open.answer = front(pages, cache);
  await fetchFirstPage(settings);
  console.log(`INNOvember is ready: ${settings.baseUrl.origin}`);
  // Past the log: who reads that must not become administrator.
  const code = await inviteFirst(visitOfHouse(held.house.db, 'start'));
  if (code !== null) console.error(`Nobody is administrator yet. Become it at ${settings.baseUrl.origin}/inloggen/beheerder with this code: ${code}`);
}

function listen({ port, host }: Config): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (fault: NodeJS.ErrnoException) => fail(new Error(whyNotListening(fault, port, host))));
    server.listen({ port, host }, done);
  });
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, port: number, host = ''): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken, perhaps by another INNOvember. Stop that one, or choose another port: PORT=${port + 1} npm start`;
  if (code === 'EACCES') return `This user may not listen on port ${port}. Choose another, such as PORT=3000.`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Correct HOST or leave it out.`;
  return message;
}

function notOpenYet({ url }: http.IncomingMessage, res: http.ServerResponse): void {
  const alive = url === '/livez';
  res.writeHead(alive ? 200 : 503, {
    ...commonHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': '2',
  });
  res.end(alive ? 'ok\n' : 'INNOvember is starting. INNOvember wordt gestart.\n');
}

/** Kit reads how visitors reach the site when its handler is loaded, so that happens only now. */
async function pagesAndCache({ baseUrl }: Config): Promise<{ pages: Pages; cache: PagesCache }> {
  Object.assign(process.env, {
    PROTOCOL_HEADER: 'x-innovember-protocol',
    HOST_HEADER: 'x-innovember-host',
    ADDRESS_HEADER: 'x-innovember-address',
    BODY_SIZE_LIMIT: '256K',
  });
  const { handler }: { handler: (req: http.IncomingMessage, res: http.ServerResponse, next: () => void) => void } = await built('./handler.js');
  const { server: kit }: { server: { respond: (request: Request, options: object) => Promise<Response> } } = await built('../adapter-node.js');
  const notFound = (res: http.ServerResponse) => void res.writeHead(404).end();
  // Kit takes forms up to 256 kB. Where files come in, it is asked without its own door, which knows one limit for all.
  const withFile = async (req: http.IncomingMessage, res: http.ServerResponse): Promise<void> => {
    const request = getRequest({ request: req, response: res, base: baseUrl.origin, bodySizeLimit: limits.bytes + 100_000 });
    setResponse(res, await kit.respond(request, { getClientAddress: () => addressOf(req) }));
  };
  return {
    pages: (req, res) =>
      bringsFile(req) ? void withFile(req, res).catch((fault: unknown) => failed(fault, res)) : handler(req, res, () => notFound(res)),
    cache: pagesCache({
      headers: commonHeaders,
      render: (path, req) => kit.respond(new Request(`${baseUrl.origin}${path}`), { getClientAddress: () => addressOf(req) }),
    }),
  };
}

/** A host adds a file to a session. */
function bringsFile({ method, url = '' }: http.IncomingMessage): boolean {
  return method === 'POST' && /\/organisatie\/sessies\/[^/]+\/materiaal\?\/erbij$/.test(url);
}

function failed(fault: unknown, res: http.ServerResponse): void {
  log.error({ fault }, 'a file could not be taken in');
  if (res.headersSent) res.destroy();
  else res.writeHead(500).end();
}

function built(path: string) {
  return import(/* @vite-ignore */ new URL(path, import.meta.url).href);
}

async function fetchFirstPage({ port, host }: Config): Promise<void> {
  const at = host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  // Not fetch: that refuses a number of ports which a server may well have.
  const status = await new Promise<number>((done, fail) =>
    http.get(`http://${at}:${port}/`, (answer) => answer.resume().once('end', () => done(answer.statusCode ?? 500))).once('error', fail),
  );
  if (status >= 500) throw new Error('The first page does not work. The log above says why.');
}

/** Takes in nobody new, lets everybody finish, and closes the house behind them. */
async function leave(code: number): Promise<void> {
  if (isLeaving) return;
  isLeaving = true;
  setTimeout(() => process.exit(code || 1), 29_000).unref();
  endStreams();
  await Promise.all([closeServer(), held.worker?.stop()]);
  await held.house?.close();
  process.exit(code);
}

function closeServer(): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 25_000).unref();
  });
}
