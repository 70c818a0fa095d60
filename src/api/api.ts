// /api/v1: what programs ask and tell. Schemas validate and document; the rooms decide.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { log } from '#ground/log.server.ts';
import { config } from '#ground/config.server.ts';
import { isAway, isOfClosedEdition } from '#ground/database.server.ts';
import type { Language, Visit } from '#ground/visit.ts';
import { mayWrite } from '#rooms/identity/scope.ts';
import { isReadOnly } from '#rooms/upkeep';
import { retryAfter } from '#rooms/upkeep/notice.ts';
import { visitWithToken } from '../reception.server.ts';
import { good, not } from './answers.ts';
import { cors } from './cors.ts';
import { documented } from './document.ts';
import { door } from './door.ts';
import { editions } from './editions.ts';
import { oneEffect } from './idempotency.ts';
import { limits } from './limits.ts';
import { me } from './me.ts';
import { invalid, known, nothingUnknown, type Operation } from './operations.ts';
import { sessionPlaces } from './places.ts';
import { languageOf, problem } from './problem.ts';
import { sessions } from './sessions.ts';
import { suggestions } from './suggestions.ts';
import { tokens } from './tokens.ts';
import { version } from './version.ts';
import { editionWebhooks } from './webhooks.ts';
import { wishWindows } from './wishes.ts';

export interface Env {
  readonly Variables: { readonly visit: Visit; readonly operation: Operation };
}
/** Makes the visit of a request; null when it carries a token that is not valid. */
export type Reception = (request: Request, language: Language) => Promise<Visit | null>;

export function openApi(reception: Reception, origin: () => string, origins: () => readonly string[] = () => []): OpenAPIHono<Env> {
  const api = new OpenAPIHono<Env>({ defaultHook: (result, c) => (result.success ? undefined : invalid(c)) }).basePath('/api/v1');
  api.use(headers);
  api.use(cors(origins));
  api.use(known(api));
  api.use(onlyJson);
  api.use(nothingUnknown);
  api.openapi(documentRoute, (c) => {
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cache-Control', 'public, max-age=300');
    return c.json(documented(api, origin()), 200) as never;
  });
  api.use(async (c, next) => {
    const visit = await reception(c.req.raw, languageOf(c));
    if (!visit) return unauthorised(c);
    if (visit.person && changes(c.req) && !mayWrite(visit.person)) return problem(c, languageOf(c), 403, 'token-read-only');
    c.set('visit', visit);
    if (changes(c.req) && (await isReadOnly(visit))) return closed(c);
    await next();
  });
  api.use(limits);
  api.use((c, next) => (changes(c.req) ? oneEffect(c, next) : next()));
  for (const add of [editions, sessions, suggestions, me, tokens, sessionPlaces, door, wishWindows, editionWebhooks]) add(api);
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer', description: 'npx innovember token EMAIL' });
  api.onError((fault, c) => {
    if (fault instanceof HTTPException && fault.status === 400) return problem(c, languageOf(c), 400, 'not-readable');
    if (isAway(fault)) return notNow(c, fault);
    if (isOfClosedEdition(fault)) return problem(c, languageOf(c), 409, 'edition-closed');
    log.error({ fault, request: c.var.visit?.request, path: toLog(c) }, 'an answer to a program failed');
    return problem(c, languageOf(c), 500, 'broken');
  });
  api.notFound((c) => problem(c, languageOf(c), 404, 'not-found'));
  return api;
}

/** Suggestions are asked by POST, and change nothing. */
const changes = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  !['GET', 'HEAD', 'OPTIONS'].includes(method) && !(method === 'POST' && /^\/api\/v1\/editions\/[^/]+\/suggestions$/.test(path));

const documentRoute = createRoute({
  method: 'get',
  path: '/openapi.json',
  operationId: 'getDocument',
  tags: ['document'],
  summary: 'This document: everything that can be asked, and every answer',
  responses: { 200: good('OpenAPI 3.1', z.looseObject({ openapi: z.string() })), ...not() },
});

// Before the answer is made, which then has them from the start: changing a finished one costs as much as making it.
const headers: MiddlewareHandler<Env> = async (c, next) => {
  c.header('API-Version', version);
  c.header('Cache-Control', 'no-store');
  c.header('Vary', 'Authorization, Accept-Language, Origin');
  c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('X-Frame-Options', 'DENY');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
  await next();
};

const withBody = new Set(['POST', 'PUT', 'PATCH']);
const isJson = /^application\/json\s*(;\s*[\w-]+=[^;]+)*$/i;
const mostBytes = 100_000;
const onlyJson: MiddlewareHandler<Env> = async (c, next) => {
  const accept = c.req.header('Accept');
  if (accept && !/application\/(json|\*|problem\+json|vnd\.oai\.openapi\+json)|\*\/\*/.test(accept))
    return problem(c, languageOf(c), 406, 'not-acceptable');
  const type = c.req.header('Content-Type');
  const length = c.req.header('Content-Length');
  // A question is small: one that does not say its length beforehand is not read at all.
  if (length === undefined && c.req.header('Transfer-Encoding') !== undefined) return problem(c, languageOf(c), 411, 'no-length');
  if (Number(length ?? 0) > mostBytes) return problem(c, languageOf(c), 413, 'too-large');
  const hasBody = Number(length ?? 0) > 0;
  // Many programs name the type of a content that they do not send.
  if (!hasBody && type !== undefined) c.req.raw.headers.delete('Content-Type');
  // Said here, so that nobody reads an empty body to the end to find out.
  if (!hasBody && withBody.has(c.req.method)) Object.defineProperty(c.req.raw, 'body', { value: null });
  if (withBody.has(c.req.method) && hasBody && !isJson.test(type ?? '')) return problem(c, languageOf(c), 415, 'not-json');
  if (hasBody) c.req.raw.headers.set('Content-Type', 'application/json');
  await next();
};

/** The pass that somebody shows at a door is theirs alone. */
const toLog = (c: Context): string => c.req.path.replace(/(\/check-ins\/).+/, '$1...');

/** The database is away for a moment: the same question may be asked again, and has one effect. */
function notNow(c: Context<Env>, fault: Error): Response {
  log.warn({ fault, path: toLog(c) }, 'the database was away');
  c.header('Retry-After', '2');
  return problem(c, languageOf(c), 503, 'away');
}

/** Everything can be read and nothing changed for a while. */
function closed(c: Context<Env>): Response {
  c.header('Retry-After', String(retryAfter));
  return problem(c, languageOf(c), 503, 'read-only');
}

function unauthorised(c: Context<Env>): Response {
  c.header('WWW-Authenticate', 'Bearer');
  return problem(c, languageOf(c), 401, 'token-unknown');
}

export const api = openApi(
  (request, language) => visitWithToken(language, request.headers.get('authorization')),
  () => config().baseUrl.origin,
  () => config().apiOrigins,
);
