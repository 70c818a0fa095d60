import type { Context } from 'hono';
import { sentence } from '#words';
import { log } from '#ground/log.server.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Language } from '#ground/visit.ts';
import type { Env } from './api.ts';

export interface FieldFault {
  readonly field: string;
  readonly code: string;
  readonly text: string;
}

type Status = 400 | 401 | 403 | 404 | 405 | 406 | 409 | 411 | 413 | 415 | 429 | 500 | 503;

/** An answer that says no, as RFC 9457 writes it, in the asker's language. */
export function problem(c: Context, language: Language, status: Status, code: string, errors: readonly FieldFault[] = []): Response {
  const title = sentence(language, `api.${status}`);
  const said = sentence(language, `refused.${code}`);
  const detail = said === `refused.${code}` ? title : said;
  if (status === 401 || status === 403) log.info({ why: code, route: c.req.routePath }, 'access was refused');
  c.header('Content-Type', 'application/problem+json');
  return c.body(JSON.stringify({ type: 'about:blank', status, title, detail, code, errors }), status);
}

// A refusal that is not named here is of a rule.
const statuses: Readonly<Record<string, 401 | 403 | 404>> = {
  'not-signed-in': 401,
  'not-leading': 403,
  'token-read-only': 403,
  'not-yours': 403,
  'edition-unknown': 404,
  'outcome-unknown': 404,
  'person-unknown': 404,
  'session-unknown': 404,
  'token-gone': 404,
  'webhook-gone': 404,
  'delivery-gone': 404,
  'window-unknown': 404,
  'wish-unknown': 404,
};

/** Dutch, unless somebody prefers English. */
export const languageOf = (c: Context): Language => (/^\s*en\b/i.test(c.req.header('Accept-Language') ?? '') ? 'en' : 'nl');

/** What the house refused, as a problem. */
export function refused(c: Context<Env>, { refused: name }: Refusal): Response {
  if (name === 'not-signed-in') c.header('WWW-Authenticate', 'Bearer');
  return problem(c, c.var.visit.language, statuses[name] ?? 409, name);
}
