// Live channels: what changes while somebody looks, as server-sent events or asked again and again, for a browser that is
// signed in, a program with a token, or whoever comes by.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readAddress } from '#ground/address.ts';
import { isFor } from '#ground/trace.server.ts';
import type { Language, Visit } from '#ground/visit.ts';
import { networkOf } from '#rooms/identity/network.ts';
import { session } from '#rooms/programme';
import type { Session } from '#rooms/programme/session.ts';
import { sentence } from '#words';
import { visitOfEither } from '../reception.server.ts';
import { keeper, stateOf, type Keeper } from './keeper.ts';

/** Who asks; null with a token that does not hold. Asked anew as long as a stream is open. */
export type Reception = (req: IncomingMessage, language: Language) => Promise<Visit | null>;
interface Asked {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly visit: Visit;
  readonly session: Session;
  readonly again: () => Promise<Visit | null>;
}
type Answer = (asked: Asked, streams: Keeper) => void;

/** Every address of a live channel, with what answers it. */
export const channels: Readonly<Record<string, Answer>> = {
  '/live/{code}/events': follow,
  '/live/{code}/changes': changes,
};

export interface Live {
  /** Answers whether the request was for a live channel. */
  readonly answer: (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;
  /** Sends every listener away, to come back to the next process. */
  readonly close: () => void;
  /** How many listen. */
  readonly count: () => number;
}

export function openLive(reception: Reception = visitOfEither, streams: Keeper = keeper()): Live {
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    const { path, language } = readAddress((req.url ?? '/').split('?', 1)[0]!);
    const [, code = '', name = ''] = /^\/live\/([^/]*)\/([^/]*)$/.exec(path) ?? [];
    const channel = channels[`/live/{code}/${name}`];
    if (!channel) return false;
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.writeHead(405, { allow: 'GET, HEAD', 'cache-control': 'no-store' }).end();
      return true;
    }
    isFor(`/live/{code}/${name}`);
    const visit = await reception(req, language);
    const found = visit && (await session(visit, code));
    if (!visit) refuse(res, language, 401, 'token-unknown');
    else if (!found) refuse(res, language, 404, 'session-unknown');
    else channel({ req, res, visit, session: found, again: () => reception(req, language) }, streams);
    return true;
  };
  return { answer, close: streams.close, count: streams.count };
}

/** More than this is not kept for a listener that does not take it. */
const mostWaiting = 64_000;

function follow({ req, res, visit, session, again }: Asked, streams: Keeper): void {
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
  if (req.method === 'HEAD') return void res.writeHead(200, headers).end();
  let isOpen = false;
  const stream = {
    code: session.code,
    network: networkOf(String(req.headers['x-innovember-address'] ?? req.socket.remoteAddress ?? '')),
    again,
    write: (text: string): boolean => {
      if (!isOpen) res.writeHead(200, headers);
      isOpen = true;
      res.write(text);
      return res.writableLength < mostWaiting;
    },
    end: () => void res.end(),
  };
  const lastId = String(req.headers['last-event-id'] ?? '');
  const leave = streams.open(stream, visit, session, lastId === '' ? null : lastId);
  if (leave) return void res.once('close', leave);
  res.setHeader('retry-after', '10');
  refuse(res, visit.language, 503, 'too-many-streams');
}

/** The same objects for who cannot keep a stream open. */
function changes({ req, res, session }: Asked): void {
  const since = new URLSearchParams((req.url ?? '').split('?')[1]).get('since');
  const told = stateOf(session);
  const body = JSON.stringify({ items: told.id === since ? [] : [told] });
  res
    .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(req.method === 'HEAD' ? undefined : body);
}

function refuse(res: ServerResponse, language: Language, status: 401 | 404 | 503, code: string): void {
  const body = {
    type: 'about:blank',
    status,
    title: sentence(language, `api.${status}`),
    detail: sentence(language, `refused.${code}`),
    code,
    errors: [],
  };
  res.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

const house = openLive();
export const live = house.answer;
export const endStreams = house.close;
export const streamsOpen = house.count;
