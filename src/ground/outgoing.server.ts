/**
 * The one way in which this house asks another host something, at an address that somebody gave. Whoever gives an address
 * must not reach what only this machine can reach: the address is parsed once, all that its name stands for is looked up
 * and judged, and the connection goes to exactly what was judged, whatever the name says a moment later.
 */
import { lookup as lookUp, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { config } from './config.server.ts';
import { familyOf, networksOf } from './networks.server.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { traceparent } from './trace.server.ts';

export interface Asking {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  /** Never a secret that is not meant for whoever owns that address. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds for everything together. */
  readonly timeout?: number;
  /** How large the answer may be. */
  readonly mostBytes?: number;
  /** How often an answer may point elsewhere; each place is judged again. None, unless said. */
  readonly redirects?: 0 | 1 | 2 | 3;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type NotAsked = Refusal<
  | 'address-not-web'
  | 'address-private'
  | 'address-unknown'
  | 'address-silent'
  | 'address-slow'
  | 'address-elsewhere'
  | 'answer-too-large'
  | 'answer-packed'
>;

/** How names are looked up and which places may be asked although they are private; tests give their own. */
export interface Surroundings {
  readonly allow: readonly string[];
  readonly lookup: (host: string) => Promise<readonly LookupAddress[]>;
}

const looked = promisify(lookUp);
const surroundings = (): Surroundings => ({ allow: config().outgoingAllow, lookup: (host) => looked(host, { all: true, order: 'verbatim' }) });

/** Asks, and gives what was answered, whatever its status; or says why nobody was asked or no answer came. */
export async function ask(address: string | URL, asking: Asking = {}, around = surroundings()): Promise<Answered | NotAsked> {
  const { timeout = 10_000, redirects = 0 } = asking;
  const signal = AbortSignal.timeout(timeout);
  const url = readUrl(address);
  if (!url) return { refused: 'address-not-web' };
  return follow(url, asking, redirects, signal, around);
}

async function follow(url: URL, asking: Asking, left: number, signal: AbortSignal, around: Surroundings): Promise<Answered | NotAsked> {
  const checked = await check(url, signal, around);
  if (isRefusal(checked)) return checked;
  const answered = await connect(url, checked, asking, signal);
  if (isRefusal(answered)) return answered;
  const next = answered.headers['location'];
  if ((asking.redirects ?? 0) === 0 || next === undefined || ![301, 302, 303, 307, 308].includes(answered.status)) return answered;
  const there = left > 0 && isReading(asking) ? readUrl(URL.parse(next, url)) : null;
  if (!there) return { refused: 'address-elsewhere' };
  // What was said to one host is not told to another.
  const headers = there.origin === url.origin ? asking.headers : undefined;
  return follow(there, { ...asking, headers: headers ?? {} }, left - 1, signal, around);
}

const isReading = ({ method = 'GET' }: Asking): boolean => method !== 'POST';

/** An address of the web without a name and password in it, or null. */
function readUrl(address: string | URL | null): URL | null {
  const url = typeof address === 'string' ? URL.parse(address) : address;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.hostname === '') return null;
  return url;
}

/** A bracketed IPv6 address and a name with a dot at its end, as the look-up writes them. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/** All that the name stands for: refused when any of it is not public, so that nobody can mix. */
async function check(url: URL, signal: AbortSignal, { allow, lookup }: Surroundings): Promise<readonly LookupAddress[] | NotAsked> {
  const host = hostOf(url);
  const family = isIP(host);
  const found = family === 0 ? await inTime(lookup(host), signal) : [{ address: host, family }];
  if (isRefusal(found)) return found;
  if (found.length === 0) return { refused: 'address-unknown' };
  const mayAsk = allowance(allow);
  if (found.every(({ address }) => mayAsk(host, address))) return found;
  if (!found.every(({ address }) => isPublic(address))) return { refused: 'address-private' };
  return url.protocol === 'https:' ? found : { refused: 'address-not-web' };
}

async function inTime(looking: Promise<readonly LookupAddress[]>, signal: AbortSignal): Promise<readonly LookupAddress[] | NotAsked> {
  const late = new Promise<NotAsked>((done) => signal.addEventListener('abort', () => done({ refused: 'address-slow' }), { once: true }));
  return Promise.race([looking.catch((): NotAsked => ({ refused: 'address-unknown' })), late]);
}

/** Asks over a connection to the addresses that were judged, and to nothing else. */
function connect(url: URL, addresses: readonly LookupAddress[], asking: Asking, signal: AbortSignal): Promise<Answered | NotAsked> {
  const { method = 'GET', headers = {}, body, mostBytes = 1_000_000 } = asking;
  const parent = traceparent();
  const pinned: LookupFunction = (_host, options, done) =>
    options.all ? done(null, [...addresses]) : done(null, addresses[0]!.address, addresses[0]!.family);
  return new Promise((done) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers: {
        'user-agent': `INNOvember (${config().baseUrl.origin})`,
        ...headers,
        ...(parent !== null && { traceparent: parent }),
        'accept-encoding': 'identity',
        ...lengthOf(body),
      },
      lookup: pinned,
      // A connection of its own: none that was made for another name or another judgement.
      agent: false,
      signal,
      maxHeaderSize: 16_384,
    });
    const end = (with_: Answered | NotAsked): void => {
      done(with_);
      request.destroy();
    };
    const isConnecting = setTimeout(() => end({ refused: 'address-silent' }), 5_000);
    request.once('socket', (socket) => socket.once('connect', () => clearTimeout(isConnecting)));
    request.once('close', () => clearTimeout(isConnecting));
    request.on('error', () => end({ refused: signal.aborted ? 'address-slow' : 'address-silent' }));
    request.once('response', (response) => {
      // What was asked for unpacked is not unpacked: a small parcel can hold a very large answer.
      if (![undefined, 'identity'].includes(response.headers['content-encoding'])) return end({ refused: 'answer-packed' });
      if (Number(response.headers['content-length'] ?? 0) > mostBytes && method !== 'HEAD') return end({ refused: 'answer-too-large' });
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        parts.push(part);
        if ((size += part.length) > mostBytes) end({ refused: 'answer-too-large' });
      });
      response.on('error', () => end({ refused: signal.aborted ? 'address-slow' : 'address-silent' }));
      response.once('end', () => end({ status: response.statusCode ?? 0, headers: headersOf(response), body: Buffer.concat(parts) }));
    });
    request.end(body);
  });
}

const lengthOf = (body: Asking['body']): Record<string, number> => (body === undefined ? {} : { 'content-length': Buffer.byteLength(body) });

/** Cookies that another host sets are nobody's here. */
function headersOf({ headers }: http.IncomingMessage): Record<string, string> {
  const { 'set-cookie': _none, ...rest } = headers;
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
}

/** What may be asked although it is private, and over plain http: a host by its name, an address or a network. */
function allowance(allow: readonly string[]): (host: string, address: string) => boolean {
  const networks = allow.filter((one) => isIP(one.split('/')[0]!) !== 0);
  const list = networksOf(networks);
  return (host, address) => allow.includes(host) || list.check(address, familyOf(address));
}

/** IANA's special-purpose addresses, and the one at which machines of a large cloud find their keeper. */
const special = networksOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]);
/** All of IPv6 that is handed out to the public; the forms that carry an IPv4 address lie outside it, or above. */
const global = networksOf(['2000::/3']);

/** Whether everybody on the internet reaches the same host there. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 0 || address.includes('%')) return false;
  return (family === 4 || global.check(address, 'ipv6')) && !special.check(address, familyOf(address));
}
