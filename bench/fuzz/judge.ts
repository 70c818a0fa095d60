// Whether an answer is one that the document promises.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Document, Question } from './question.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly milliseconds: number;
}

const slowest = 10_000;

/** A judge: null when an answer is right, else what is wrong with it. */
export function judge(document: Document): (question: Question, answer: Answer) => string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const fits = (pointer: string, value: unknown): string | null => {
    const check = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` });
    compiled.set(pointer, check);
    return check(value) ? null : ajv.errorsText(check.errors);
  };

  return (question, { status, headers, text, milliseconds }) => {
    const method = question.method === 'HEAD' ? 'get' : question.method.toLowerCase();
    const operation = document.paths[question.described]?.[method];
    if (status >= 500) return `${status}: ${text.slice(0, 200)}`;
    if (milliseconds > slowest) return `took ${Math.round(milliseconds)} ms`;
    // Too long to be read at all: nobody knows yet whom it is for.
    if (status === 431) return null;
    if (headers['api-version'] === undefined) return `${status} without API-Version`;
    if (headers['x-content-type-options'] !== 'nosniff') return `${status} without nosniff`;
    if (question.described === '') return status >= 400 ? wrongProblem(text, question.method) : null;
    if (status === 405) return headers['allow'] === undefined ? '405 without Allow' : wrongProblem(text, question.method);
    if (status === 429 || status === 401)
      if (headers[status === 401 ? 'www-authenticate' : 'retry-after'] === undefined) return `${status} does not say how to go on`;
    if (question.method === 'OPTIONS') return [204, 404].includes(status) ? null : `OPTIONS gives ${status}`;
    if (operation && question.hasUnknown && status < 300) return `${status}, though the query holds a name that nobody knows`;
    // What is not an address of the document any more, by what was put into it, is not there.
    if (status === 404 && !(operation && '404' in operation.responses)) return wrongProblem(text, question.method);
    if (!operation) return `${status} on a method that is not there`;
    if (!(String(status) in operation.responses)) return `${status} is not in the document`;
    if (question.method === 'HEAD') return text === '' ? null : 'HEAD with content';
    if (status === 204) return text === '' ? null : '204 with content';
    if (status >= 400) return wrongProblem(text, question.method);
    if (!String(headers['content-type']).startsWith('application/json')) return `${status} as ${String(headers['content-type'])}`;
    const at = ['paths', question.described, method, 'responses', String(status), 'content', 'application/json', 'schema'].map(escaped).join('/');
    return fits(`/${at}`, JSON.parse(text));
  };

  function wrongProblem(text: string, method: string): string | null {
    if (method === 'HEAD') return text === '' ? null : 'HEAD with content';
    try {
      return fits('/components/schemas/Problem', JSON.parse(text));
    } catch {
      return `not a problem: ${text.slice(0, 200)}`;
    }
  }
}

const escaped = (word: string): string => encodeURIComponent(word.replaceAll('~', '~0').replaceAll('/', '~1'));
