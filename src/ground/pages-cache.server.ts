/**
 * Whole answers for visitors who are nobody in particular: at most one second old, made once however many ask, sent
 * without touching the database or the pages. Only what is marked public is kept; whoever brings a cookie passes by.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { setResponse } from '@sveltejs/kit/node';

export const publicMark = 'x-innovember-public';

interface Options {
  /** Makes the answer to a plain GET of a path with its query; the request is of the first who asks. */
  readonly render: (path: string, req: IncomingMessage) => Promise<Response>;
  /** Headers that go with every answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly clock?: () => number;
  readonly maxEntries?: number;
  readonly maxBytes?: number;
}

type Encoding = 'br' | 'gzip' | 'identity';
interface Answer {
  readonly etag: string;
  readonly body: Buffer;
  readonly headers: OutgoingHttpHeaders;
  readonly packed: Map<Encoding, Packed | Promise<Packed>>;
}
interface Packed {
  readonly bytes: Buffer;
  readonly headers: OutgoingHttpHeaders;
}
interface Entry {
  readonly answer: Answer;
  /** When the making of the answer began. */
  readonly madeAt: number;
}

/** Answers a request when it can, and says whether it did. */
export type PagesCache = (req: IncomingMessage, res: ServerResponse) => Promise<boolean> | boolean;

export function pagesCache({ render, headers, clock = () => performance.now(), maxEntries = 1000, maxBytes = 64e6 }: Options): PagesCache {
  const entries = new Map<string, Entry>();
  const making = new Map<string, Promise<Response | null>>();
  let bytes = 0;

  return (req, res) => {
    const path = req.url ?? '/';
    if (!mayShare(req, path)) return false;
    const entry = entries.get(path);
    const age = entry ? clock() - entry.madeAt : Infinity;
    if (!entry || age > 1000) return making.has(path) ? follow(req, res, path) : lead(req, res, path);
    if (age > 500 && !making.has(path)) make(req, path).catch(() => {}); // before anybody has to wait for it
    return send(req, res, entry.answer);
  };

  async function lead(req: IncomingMessage, res: ServerResponse, path: string): Promise<boolean> {
    const other = await make(req, path);
    if (other) return passOn(res, other);
    const made = entries.get(path);
    return made ? send(req, res, made.answer) : false;
  }

  /** When the answer turns out not to be for everybody, each follower goes its own way. */
  async function follow(req: IncomingMessage, res: ServerResponse, path: string): Promise<boolean> {
    const other = await making.get(path);
    const made = entries.get(path);
    return other === null && made ? send(req, res, made.answer) : false;
  }

  /** Null when the answer was kept, else the answer that may not be shared. */
  function make(req: IncomingMessage, path: string): Promise<Response | null> {
    const made = fill(req, path).finally(() => making.delete(path));
    making.set(path, made);
    return made;
  }

  async function fill(req: IncomingMessage, path: string): Promise<Response | null> {
    const madeAt = clock();
    const response = await render(path, req);
    const earlier = forget(path);
    if (!isPublic(response)) return response;
    const body = Buffer.from(await response.arrayBuffer());
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const answer =
      earlier?.etag === etag
        ? earlier
        : { etag, body, headers: headersOf(response, etag, headers), packed: new Map<Encoding, Packed | Promise<Packed>>() };
    entries.set(path, { answer, madeAt });
    bytes += weight(body);
    for (const [oldest] of entries) {
      if (entries.size <= maxEntries && bytes <= maxBytes) break;
      forget(oldest);
    }
    return null;
  }

  function forget(path: string): Answer | undefined {
    const entry = entries.get(path);
    if (!entry) return undefined;
    entries.delete(path);
    bytes -= weight(entry.answer.body);
    return entry.answer;
  }

  function passOn(res: ServerResponse, response: Response): true {
    for (const [name, value] of Object.entries(headers)) if (!response.headers.has(name)) res.setHeader(name, value);
    void setResponse(res, response);
    return true;
  }
}

// The body itself and, at worst, two compressed ones.
const weight = (body: Buffer): number => 1000 + body.length * 2;

const longestPath = 300;
const mayShare = (req: IncomingMessage, path: string): boolean =>
  (req.method === 'GET' || req.method === 'HEAD') &&
  path.startsWith('/') &&
  req.headers.cookie === undefined &&
  req.headers.authorization === undefined &&
  path.length <= longestPath;

const isPublic = (response: Response): boolean =>
  response.status === 200 && response.headers.has(publicMark) && !response.headers.has('set-cookie') && response.body !== null;

function headersOf(response: Response, etag: string, common: Readonly<Record<string, string>>): OutgoingHttpHeaders {
  const notPassedOn = [publicMark, 'x-sveltekit-page', 'content-length', 'etag'];
  const own = Object.fromEntries([...response.headers].filter(([name]) => !notPassedOn.includes(name)));
  return { ...common, ...own, 'cache-control': 'no-cache', vary: 'Cookie, Accept-Encoding', etag };
}

function send(req: IncomingMessage, res: ServerResponse, answer: Answer): true | Promise<true> {
  if (req.headers['if-none-match']?.includes(answer.etag)) {
    res.writeHead(304, answer.headers).end();
    return true;
  }
  const encoding = encodingFor(req.headers['accept-encoding']);
  const packed = answer.packed.get(encoding) ?? pack(answer, encoding);
  return packed instanceof Promise ? packed.then((packed) => write(req, res, packed)) : write(req, res, packed);
}

function write(req: IncomingMessage, res: ServerResponse, { bytes, headers }: Packed): true {
  res.writeHead(200, headers).end(req.method === 'HEAD' ? undefined : bytes);
  return true;
}

function encodingFor(accepted: string | string[] | undefined): Encoding {
  const text = String(accepted ?? '');
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(text)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(text) ? 'gzip' : 'identity';
}

/** Compresses once; whoever asks meanwhile waits for the same. */
function pack(answer: Answer, encoding: Encoding): Promise<Packed> {
  const packing = compress(answer.body, encoding).then((bytes) => {
    const packed: Packed = {
      bytes,
      headers: { ...answer.headers, 'content-length': bytes.length, ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }) },
    };
    answer.packed.set(encoding, packed);
    return packed;
  });
  answer.packed.set(encoding, packing);
  return packing;
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
async function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'br') return brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });
  return encoding === 'gzip' ? zip(body, { level: 6 }) : body;
}
