// Questions to the API, made from its own document: most are nearly right, because those come furthest.
import fc, { type Arbitrary } from 'fast-check';
import { broken, fitting, odd, strange, type Schema } from './schema.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: Schema;
}
export interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, unknown>>;
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
export interface Question {
  /** The path as the document writes it. */
  readonly described: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly as: string;
  /** A name in the query that the operation does not know. */
  readonly hasUnknown: boolean;
}

export interface World {
  /** By class: the token of somebody, or a broken one; absent: a visitor. */
  readonly tokens: Readonly<Record<string, string | null>>;
  /** By the name of a parameter: words that this installation knows. */
  readonly known: Readonly<Record<string, readonly string[]>>;
}

export function questions(document: Document, world: World): Arbitrary<Question> {
  const all = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => ({ path, method, one })));
  return fc.constantFrom(...all).chain(({ path, method, one }) => question(document, world, path, method.toUpperCase(), one));
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const mostly = <T>(right: Arbitrary<T>, wrong: Arbitrary<T>, weight = 9): Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: right }, { weight: 1, arbitrary: wrong });

function question(document: Document, { tokens, known }: World, described: string, method: string, operation: Described): Arbitrary<Question> {
  const find = (ref: string): Schema => document.components.schemas[ref.split('/').at(-1)!]!;
  const words = Object.values(known).flat();
  const { parameters = [], requestBody } = operation;
  const inQuery = parameters.filter((one) => one.in === 'query');
  const schema = requestBody?.content['application/json'].schema;
  const content = schema
    ? fc.oneof(
        { weight: 5, arbitrary: fitting(schema, find, words).map(written) },
        { weight: 4, arbitrary: broken(schema, find, words).map(written) },
        { weight: 1, arbitrary: fc.oneof(strange, fc.constantFrom('{', '[[[', '"\\ud800"', '{"a":1,"a":2}', 'x'.repeat(150_000), '\ufeff{}')) },
        { weight: 1, arbitrary: fc.constant(null) },
      )
    : mostly(fc.constant(null), odd.map(written));
  return fc
    .record({
      method: mostly(fc.constant(method), fc.constantFrom(...methods), 15),
      words: fc.record(Object.fromEntries(parameters.filter((one) => one.in === 'path').map(({ name }) => [name, word(known[name] ?? words)]))),
      query: fc.record(Object.fromEntries(inQuery.map(({ name, schema }) => [name, mostly(fitting(schema, find, words), odd, 4)])), {
        requiredKeys: [],
      }),
      unknown: mostly(fc.constant(null), strange, 12),
      tail: mostly(fc.constant(''), fc.constantFrom('/', '//', '/x', '.json', '%2f', ';a=b'), 30),
      body: content,
      type: mostly(
        fc.constant('application/json'),
        fc.constantFrom(
          'application/json; charset=utf-8',
          'application/json;',
          'APPLICATION/JSON',
          'text/plain',
          'application/json-patch+json',
          'multipart/form-data',
          '',
        ),
        12,
      ),
      accept: mostly(
        fc.constant('application/json'),
        fc.constantFrom('*/*', 'text/html', 'application/*', 'application/json;q=0.1, text/html', 'nonsense'),
        12,
      ),
      language: fc.constantFrom('nl', 'en', 'de', 'x'.repeat(500)),
      more: mostly(fc.constant({}), header, 6),
      as: fc.constantFrom(...Object.keys(tokens)),
      chunked: mostly(fc.constant(false), fc.constant(true), 60),
    })
    .map(({ method, words, query, unknown, tail, body, type, accept, language, more, as, chunked }) => {
      const path = described.replace(/\{(\w+)\}/g, (_, name: string) => words[name]!) + tail;
      const pairs = [...Object.entries(query), ...(unknown === null ? [] : [[unknown, 'x'] as const])];
      const search = pairs.map(([name, value]) => `${encoded(name)}=${encoded(typeof value === 'string' ? value : written(value))}`).join('&');
      const token = tokens[as];
      const hasUnknown = unknown !== null && !inQuery.some(({ name }) => name === unknown);
      const headers = {
        accept,
        'accept-language': language,
        ...(body !== null && {
          'content-type': type,
          ...(chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(Buffer.byteLength(body)) }),
        }),
        ...(token !== null && token !== undefined && { authorization: `Bearer ${token}` }),
        ...more,
      };
      // With something behind it, it is another address.
      return { described: tail === '' ? described : '', method, path: `/api/v1${path}${search && `?${search}`}`, headers, body, as, hasUnknown };
    });
}

const header: Arbitrary<Record<string, string>> = fc.constantFrom(
  { 'idempotency-key': 'fuzz' },
  { 'idempotency-key': '' },
  { 'idempotency-key': 'x'.repeat(500) },
  { 'if-match': '*' },
  { range: 'bytes=0-1' },
  { origin: 'https://elsewhere.example.org' },
  { 'sec-fetch-site': 'cross-site' },
  { authorization: 'Basic eDp5' },
  { authorization: 'Bearer' },
  { authorization: `Bearer ${'x'.repeat(4000)}` },
  { cookie: 'sign-in=nonsense' },
  { 'x-forwarded-for': 'nonsense' },
  { 'x-http-method-override': 'DELETE' },
  { 'content-encoding': 'gzip' },
);

const word = (known: readonly string[]): Arbitrary<string> => mostly(fc.constantFrom(...known), strange.map(encoded), 6);
/** Halves of signs cannot be encoded, and are sent as they would be by a careless program. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed()) || '%20';
const written = (value: unknown): string => JSON.stringify(value) ?? 'null';
