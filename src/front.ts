// One port for everything: what a request asks for, and what every answer carries.
import { STATUS_CODES, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { isIP, type BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { config } from '#ground/config.server.ts';
import { isAway } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { requests } from '#ground/measures.server.ts';
import { familyOf, networksOf } from '#ground/networks.server.ts';
import type { PagesCache } from '#ground/pages-cache.server.ts';
import { inTrace, trace } from '#ground/trace.server.ts';
import { words } from '#words';
import { api } from './api/api.ts';
import { feeds } from './feeds/feeds.ts';
import { live } from './live/live.ts';
import { mayReadMetrics, metrics, readiness } from './metrics.server.ts';
import { permissionsPolicy, workerPolicy } from './policy.ts';

/** Kit's own handler, or Vite's in development. */
export type Pages = (req: IncomingMessage, res: ServerResponse) => void;

export const commonHeaders: Readonly<Record<string, string>> = {
  // Pages say for themselves what they need. This is for what is none, and for the page of a fault, which has a style and a sign.
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': permissionsPolicy,
};

export function front(pages: Pages, cache: PagesCache = () => false) {
  const hear = (req: IncomingMessage, res: ServerResponse): void => {
    measure(req, res);
    answer(req, res, pages, cache).catch((fault: unknown) => {
      // The address of somebody's calendar is a secret, that of an auditor, and the pass that somebody shows at a door.
      const path = pathOf(req).replace(/(\/agenda\/mijn\/|\/loting\/controle\/|\/check-ins\/).*/, '$1...');
      if (isAway(fault)) log.warn({ fault, path }, 'the database was away');
      else log.error({ fault, path }, 'a request failed');
      if (res.headersSent) return void res.destroy();
      if (!isAway(fault)) return plain(res, 500, words('nl')('shell.broken'));
      res.setHeader('retry-after', '2');
      plain(res, 503, words('nl')('refused.away'));
    });
  };
  return (req: IncomingMessage, res: ServerResponse): void => inTrace(req.headers.traceparent, () => hear(req, res));
}

/** How long it took, by the route that was found to be for it: what nobody knows has no name of its own. */
function measure(req: IncomingMessage, res: ServerResponse): void {
  const done = requests.startTimer();
  const now = trace();
  const path = pathOf(req);
  const surface = path.startsWith('/api/') ? 'program' : isPage(path) ? 'page' : 'file';
  res.once('close', () => {
    const method = heard.includes(req.method ?? '') ? req.method! : 'other';
    done({
      surface,
      route: now?.route ?? (surface === 'page' && res.statusCode < 400 ? 'kept' : 'none'),
      method,
      status: res.writableEnded ? `${Math.trunc(res.statusCode / 100)}xx` : 'broken off',
    });
  });
}

async function answer(req: IncomingMessage, res: ServerResponse, pages: Pages, cache: PagesCache): Promise<void> {
  const path = pathOf(req);
  const no = whyNotHeard(req, path);
  if (no) return plain(res, ...no);
  if (isPage(path)) {
    const kept = cache(req, res);
    if (kept === true || (kept !== false && (await kept))) return;
  }
  for (const [name, value] of Object.entries(commonHeaders)) res.setHeader(name, value);
  if (path === '/service-worker.js') res.setHeader('content-security-policy', workerPolicy);
  if (path === '/livez') return plain(res, 200, 'ok');
  if (path === '/readyz') return ready(req, res);
  if (path === '/metrics') return tellMetrics(req, res);
  // Programs carry no cookie that another site could use: which sites may ask them is the API's to say.
  if (!path.startsWith('/api/') && isFromElsewhere(req))
    return plain(res, 403, words(path.startsWith('/en') ? 'en' : 'nl')('refused.from-elsewhere'));
  tellOrigin(req);
  if (path.startsWith('/api/')) return answerProgram(req, res);
  if (await feeds(req, res)) return;
  if (await live(req, res)) return;
  pages(req, res);
}

const heard = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** What no part of the house answers: another method, no host or two, or an address that came unencrypted to our proxy. */
function whyNotHeard(
  { method = '', url = '', headersDistinct, httpVersion, headers, socket }: IncomingMessage,
  path: string,
): [number, string, OutgoingHttpHeaders?] | null {
  if (!heard.includes(method)) return [405, 'This method is not known here.', { allow: heard.join(', ') }];
  const hosts = headersDistinct.host?.length ?? 0;
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) return [400, 'Say with one Host header which site this is for.'];
  const { protocol, origin } = config().baseUrl;
  const isPlain = headers['x-forwarded-proto'] === 'http' && isProxy(withoutMapping(socket.remoteAddress));
  if (!isPlain || protocol !== 'https:' || path === '/livez' || path === '/readyz') return null;
  if (method !== 'GET' && method !== 'HEAD') return [403, words('nl')('refused.not-encrypted')];
  return [308, origin, { location: `${origin}${url.startsWith('/') ? url : '/'}` }];
}

/** What is no request, or took too long to become one: Node would answer it without a header of ours. */
export function answerMalformed(fault: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || fault.code === 'ECONNRESET') return void socket.destroy();
  const status =
    ({ HPE_HEADER_OVERFLOW: 431, HPE_CHUNK_EXTENSIONS_OVERFLOW: 413, ERR_HTTP_REQUEST_TIMEOUT: 408 } as Record<string, number>)[fault.code ?? ''] ??
    400;
  hangUp(socket, status);
}

/** A connection to another host through us: there is none. */
export const refuseConnect = (_req: IncomingMessage, socket: Duplex): void => hangUp(socket, 405);

/** What is expected of us beyond an answer, we do not do. */
export const refuseExpectation = (_req: IncomingMessage, res: ServerResponse): void => plain(res, 417, STATUS_CODES[417]!);

function hangUp(socket: Duplex, status: number): void {
  const lines = Object.entries({ ...commonHeaders, ...plainHeaders, connection: 'close', 'content-length': '0' }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n`);
}

/** Pages have no dot in their last word; files do. */
const isPage = (path: string): boolean =>
  path.lastIndexOf('.') < path.lastIndexOf('/') + 1 && !/^\/(api\/|(en\/)?live\/|livez$|readyz$|metrics$)/.test(path);

const answerProgram = getRequestListener(api.fetch, { overrideGlobalObjects: false });

/** Whether we can serve; what is wrong is told to who may read the metrics. */
async function ready(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { isReady, parts } = await readiness();
  if (!isReady) res.setHeader('retry-after', '2');
  const status = isReady ? 200 : 503;
  if (!mayReadMetrics(req.headers.authorization)) return plain(res, status, isReady ? 'ok' : 'not ready');
  plain(res, status, JSON.stringify(parts), { 'content-type': 'application/json' });
}

/** Without a token in the settings there are no metrics. */
async function tellMetrics({ headers, method }: IncomingMessage, res: ServerResponse): Promise<void> {
  if (config().metricsToken === null) return plain(res, 404, words('nl')('shell.notFound'));
  if (!mayReadMetrics(headers.authorization)) return plain(res, 401, '401', { 'www-authenticate': 'Bearer' });
  const { type, text } = await metrics();
  plain(res, 200, method === 'HEAD' ? '' : text.trimEnd(), { 'content-type': type });
}

/**
 * Whether another site makes this browser send a change in somebody's name. Browsers say so themselves; older ones and
 * plain http give the origin. Who says neither is a program, which has no cookie unless its owner gave it one.
 */
function isFromElsewhere({ method = 'GET', headers }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && headers.origin !== config().baseUrl.origin;
}

/** The pages learn from private headers how visitors reach the site and where they come from; nobody else can set these. */
function tellOrigin(req: IncomingMessage): void {
  const { protocol, host } = config().baseUrl;
  req.headers['x-innovember-protocol'] = protocol.slice(0, -1);
  req.headers['x-innovember-host'] = host;
  req.headers['x-innovember-address'] = addressOf(req);
}

/** The address of the visitor: the last one in the row that is not a proxy of ours. */
export function addressOf({ socket, headers }: IncomingMessage): string {
  const row = [...String(headers['x-forwarded-for'] ?? '').split(','), socket.remoteAddress].map(withoutMapping);
  while (row.length > 1 && isProxy(row.at(-1)!) && isIP(row.at(-2)!) !== 0) row.pop();
  return row.at(-1)!;
}

const withoutMapping = (address = ''): string => address.trim().replace(/^::ffff:/, '');

let proxies: BlockList | undefined;
function isProxy(address: string): boolean {
  proxies ??= networksOf(config().trustedProxies);
  return isIP(address) !== 0 && proxies.check(address, familyOf(address));
}

const pathOf = (req: IncomingMessage): string => (req.url ?? '/').split('?', 1)[0]!;

const plainHeaders = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

function plain(res: ServerResponse, status: number, text: string, more: OutgoingHttpHeaders = {}): void {
  res.writeHead(status, { ...commonHeaders, ...plainHeaders, ...more }).end(`${text}\n`);
}
