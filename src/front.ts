// One port for everything: what a request asks for, and what every answer carries.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP, type BlockList } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'kysely';
import { config } from '#ground/config.server.ts';
import { database, isAway } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { familyOf, networksOf } from '#ground/networks.server.ts';
import type { PagesCache } from '#ground/pages-cache.server.ts';
import { words } from '#words';
import { api } from './api/api.ts';
import { feeds } from './feeds/feeds.ts';
import { permissionsPolicy, workerPolicy } from './policy.ts';

/** Kit's own handler, or Vite's in development. */
export type Pages = (req: IncomingMessage, res: ServerResponse) => void;

export const commonHeaders: Readonly<Record<string, string>> = {
  // What shows no page may load nothing; pages say for themselves what they need.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': permissionsPolicy,
};

export function front(pages: Pages, cache: PagesCache = () => false) {
  return (req: IncomingMessage, res: ServerResponse): void => {
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
}

async function answer(req: IncomingMessage, res: ServerResponse, pages: Pages, cache: PagesCache): Promise<void> {
  const path = pathOf(req);
  if (isPage(path)) {
    const kept = cache(req, res);
    if (kept === true || (kept !== false && (await kept))) return;
  }
  for (const [name, value] of Object.entries(commonHeaders)) res.setHeader(name, value);
  if (path === '/service-worker.js') res.setHeader('content-security-policy', workerPolicy);
  if (path === '/livez') return plain(res, 200, 'ok');
  if (path === '/readyz') return ready(res);
  if (isFromElsewhere(req)) return plain(res, 403, words(path.startsWith('/en') ? 'en' : 'nl')('refused.from-elsewhere'));
  tellOrigin(req);
  if (path.startsWith('/api/')) return answerProgram(req, res);
  if (await feeds(req, res)) return;
  pages(req, res);
}

/** Pages have no dot in their last word; files do. */
const isPage = (path: string): boolean =>
  path.lastIndexOf('.') < path.lastIndexOf('/') + 1 && !path.startsWith('/api/') && path !== '/livez' && path !== '/readyz';

const answerProgram = getRequestListener(api.fetch, { overrideGlobalObjects: false });

/** Ready is: the database answers. */
async function ready(res: ServerResponse): Promise<void> {
  const answers = await sql`select 1`.execute(database()).then(
    () => true,
    () => false,
  );
  if (!answers) res.setHeader('retry-after', '2');
  plain(res, answers ? 200 : 503, answers ? 'ok' : 'the database does not answer');
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
  const row = [...String(headers['x-forwarded-for'] ?? '').split(','), socket.remoteAddress ?? ''].map((address) =>
    address.trim().replace(/^::ffff:/, ''),
  );
  while (row.length > 1 && isProxy(row.at(-1)!) && isIP(row.at(-2)!) !== 0) row.pop();
  return row.at(-1)!;
}

let proxies: BlockList | undefined;
function isProxy(address: string): boolean {
  proxies ??= networksOf(config().trustedProxies);
  return isIP(address) !== 0 && proxies.check(address, familyOf(address));
}

const pathOf = (req: IncomingMessage): string => (req.url ?? '/').split('?', 1)[0]!;

function plain(res: ServerResponse, status: number, text: string): void {
  res
    .writeHead(status, {
      ...commonHeaders,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    })
    .end(`${text}\n`);
}
