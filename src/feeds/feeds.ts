// Files for programs of others: calendars, exchange, and what a site tells search engines and finders of leaks.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readAddress } from '#ground/address.ts';
import { hashOf } from '#ground/chance.server.ts';
import { isFor } from '#ground/trace.server.ts';
import type { Visit } from '#ground/visit.ts';
import { editionCalendar, myCalendar, personOfFeed, sessionCalendar } from '#rooms/calendar';
import { exported } from '#rooms/exchange';
import { providerName, publicKeys } from '#rooms/identity';
import { currentEdition, edition, session } from '#rooms/programme';
import { words } from '#words';
import { visitOfBrowser, visitor } from '../reception.server.ts';
import { atom } from './site/atom.ts';
import { robots, securityPolicy, securityTxt, sitemap } from './site/site.ts';

/** A file as it goes out. */
interface Feed {
  readonly type: string;
  readonly body: string;
  readonly name?: string;
  /** Somebody's own: no cache and no search engine keeps it. */
  readonly isPrivate?: boolean;
}

/** Calendar and exchange files; answers whether the request was for one. */
export async function feeds(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const [written = '/', query = ''] = (req.url ?? '/').split('?', 2);
  const { path, language } = readAddress(written);
  const feed = path === written || language === 'en' ? find(path) : null;
  if (feed === null) return false;
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { allow: 'GET, HEAD', 'cache-control': 'no-store' }).end();
    return true;
  }
  const asked = new URLSearchParams(query).get('taal');
  const visit = visitor(asked === 'nl' || asked === 'en' ? asked : language);
  const found = await feed(visit, req);
  if (typeof found === 'string') refuse(res, found);
  else send(req, res, found);
  return true;
}

type Make = (visit: Visit, req: IncomingMessage, one: string, other: string) => Promise<Feed | string>;

/** Every address of a file, with what makes it; a text instead of a file says why there is none. */
export const addresses: Readonly<Record<string, Make>> = {
  '/agenda/{edition}.ics': (visit, _, edition) => editionFeed(visit, without(edition, '.ics')),
  '/agenda/mijn/{secret}.ics': (visit, _, secret) => mineFeed(visit, without(secret, '.ics')),
  '/agenda/{edition}/{code}.ics': async ({ language }, req, edition, code) =>
    // A file beside a page is for who may see that page; feeds that calendars fetch by themselves know nobody.
    sessionFeed(await visitOfBrowser(req, language), edition, without(code, '.ics')),
  '/uitwisseling/{edition}/{file}': (visit, _, edition, file) => exchangeFeed(visit, edition, file),
  '/nieuws.atom': async (visit) => newsFeed(visit),
  '/sitemap.xml': async (visit) => ({ type: 'application/xml', body: await sitemap(visit) }),
  '/robots.txt': () => Promise.resolve({ type: 'text/plain', body: robots() }),
  '/.well-known/jwks.json': async (visit) =>
    providerName() === null
      ? words(visit.language)('refused.not-found')
      : { type: 'application/jwk-set+json', body: JSON.stringify(await publicKeys()) },
  '/.well-known/security.txt': (visit) => Promise.resolve({ type: 'text/plain', body: securityTxt(visit.now) }),
  '/.well-known/security-policy.txt': () => Promise.resolve({ type: 'text/plain', body: securityPolicy() }),
};

/** What an address asks for. What has a name that is asked badly is still ours, and answered so. */
function find(path: string): ((visit: Visit, req: IncomingMessage) => Promise<Feed | string>) | null {
  const parts = path.split('/');
  for (const [address, make] of Object.entries(addresses)) {
    const names = address.split('/');
    if (names.length !== parts.length || !names.every((name, at) => name.startsWith('{') || name === parts[at])) continue;
    const [one = '', other = ''] = parts.filter((_, at) => names[at]!.startsWith('{')).map(decoded);
    isFor(address);
    return (visit, req) => make(visit, req, one, other);
  }
  return null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

const without = (name: string, ending: string): string => (name.endsWith(ending) ? name.slice(0, -ending.length) : '');

async function mineFeed(visit: Visit, secret: string): Promise<Feed | string> {
  const person = /^[\w-]{43}$/.test(secret) ? await personOfFeed(visit, secret) : null;
  if (person === null) return words(visit.language)('calendar.gone');
  return { type: 'text/calendar', body: await myCalendar({ ...visit, language: person.language, person }), name: 'innovember.ics', isPrivate: true };
}

async function editionFeed(visit: Visit, slug: string): Promise<Feed | string> {
  const found = await edition(visit, slug);
  return found
    ? { type: 'text/calendar', body: await editionCalendar(visit, found), name: `${slug}.ics` }
    : words(visit.language)('refused.edition-unknown');
}

async function sessionFeed(visit: Visit, slug: string, code: string): Promise<Feed | string> {
  const found = await session(visit, code);
  const body = found?.edition === slug ? await sessionCalendar(visit, found) : null;
  if (!found || body === null) return words(visit.language)('calendar.no-session');
  return { type: 'text/calendar', body, name: `${code}.ics`, isPrivate: found.visibility === 'internal' };
}

async function newsFeed(visit: Visit): Promise<Feed | string> {
  const found = await currentEdition(visit);
  return found ? { type: 'application/atom+xml', body: await atom(visit, found) } : words(visit.language)('refused.edition-unknown');
}

async function exchangeFeed(visit: Visit, slug: string, file: string): Promise<Feed | string> {
  const format = file === 'schedule.json' ? 'json' : file === 'schedule.xml' ? 'xml' : file === 'sessies.csv' ? 'csv' : null;
  const found = format === null ? null : await edition(visit, slug);
  if (format === null || !found) return words(visit.language)(format === null ? 'refused.not-found' : 'refused.edition-unknown');
  const body = await exported(visit, found, format);
  return format === 'csv' ? { type: 'text/csv', body, name: `${slug}.csv` } : { type: `application/${format}`, body };
}

/** A reader who has this very file gets only that word. */
function send(req: IncomingMessage, res: ServerResponse, { type, body, name, isPrivate = false }: Feed): void {
  const etag = `"${hashOf(body).slice(0, 32)}"`;
  const headers = {
    etag,
    'cache-control': isPrivate ? 'private, no-cache' : 'no-cache',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...(!isPrivate && { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }),
    ...(isPrivate && { 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' }),
  };
  if (hasIt(req.headers['if-none-match'], etag)) return void res.writeHead(304, headers).end();
  const bytes = Buffer.from(body);
  res.writeHead(200, {
    ...headers,
    'content-type': `${type}; charset=utf-8`,
    'content-length': bytes.length,
    ...(name !== undefined && { 'content-disposition': `attachment; filename="${name}"` }),
  });
  res.end(req.method === 'HEAD' ? undefined : bytes);
}

const hasIt = (held: string | undefined, etag: string): boolean =>
  (held ?? '').split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));

function refuse(res: ServerResponse, sentence: string): void {
  res.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }).end(`${sentence}\n`);
}
