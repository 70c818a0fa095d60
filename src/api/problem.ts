import type { Context } from 'hono';
import { sentence } from '#words';
import type { Language } from '#ground/visit.ts';

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
  c.header('Content-Type', 'application/problem+json');
  return c.body(JSON.stringify({ type: 'about:blank', status, title, detail, code, errors }), status);
}
