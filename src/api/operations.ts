// Which operation a question is for, and all that is wrong with it.
import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { isFor } from '#ground/trace.server.ts';
import { sentence } from '#words';
import type { Language } from '#ground/visit.ts';
import type { Env } from './api.ts';
import { languageOf, problem, type FieldFault } from './problem.ts';

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly address: RegExp;
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodObject | undefined;
  readonly headers: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
}

/** All operations, read from what was registered: there is no second list. */
const operationsOf = (api: OpenAPIHono<Env>): readonly Operation[] =>
  api.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { method, path, request } = definition.route;
    const content = request?.body?.content['application/json'];
    return {
      method: method.toUpperCase(),
      path,
      address: new RegExp(`^(/api/v1)?${path.replace('/api/v1', '').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
      params: schemaIn(request?.params),
      query: request?.query instanceof z.ZodObject ? request.query : undefined,
      headers: schemaIn(request?.headers),
      body: content && 'schema' in content ? schemaIn(content.schema) : undefined,
    };
  });
const schemaIn = (schema: unknown): z.ZodType | undefined => (schema instanceof z.ZodType ? schema : undefined);

/** An address that nobody knows is a 404, one that is asked in a way it does not know a 405 that says which ways it knows. */
export function known(api: OpenAPIHono<Env>): MiddlewareHandler<Env> {
  let all: readonly Operation[] | undefined;
  return async (c, next) => {
    all ??= operationsOf(api);
    const here = all.filter(({ address }) => address.test(c.req.path));
    if (here.length === 0) return problem(c, languageOf(c), 404, 'not-found');
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    const operation = here.find((one) => one.method === method);
    if (!operation) {
      const ways = here.map((one) => one.method);
      c.header('Allow', ['OPTIONS', ...(ways.includes('GET') ? ['HEAD'] : []), ...ways].toSorted().join(', '));
      return method === 'OPTIONS' ? c.body(null, 204) : problem(c, languageOf(c), 405, 'not-that-way');
    }
    c.set('operation', operation);
    isFor(operation.path);
    await next();
  };
}

/** A name in the query that the operation does not know is a mistake that would otherwise go unseen. */
export const nothingUnknown: MiddlewareHandler<Env> = async (c, next) => (unknownIn(c).length > 0 ? invalid(c) : next());

/** All faults of a question together, wherever in it they are. */
export async function invalid(c: Context<Env>): Promise<Response> {
  const { params, query, headers, body } = c.var.operation;
  const language = languageOf(c);
  const faults = [
    ...faultsIn(language, params, paramsOf(c)),
    ...faultsIn(language, query, queryOf(c)),
    ...unknownIn(c).map((field) => faultOf(language, field, 'unrecognized_keys')),
    ...faultsIn(language, headers, c.req.header()),
    ...(body && c.req.header('Content-Type') !== undefined ? await faultsInBody(c, language, body) : []),
  ];
  return problem(c, language, 400, 'invalid', faults);
}

const paramsOf = (c: Context<Env>): Record<string, string> =>
  Object.fromEntries(Object.entries(c.var.operation.address.exec(c.req.path)?.groups ?? {}).map(([name, word]) => [name, decoded(word)]));

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

/** A name that stands in the query twice has two values. */
const queryOf = (c: Context<Env>): Record<string, string | readonly string[]> =>
  Object.fromEntries(Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));

const unknownIn = (c: Context<Env>): readonly string[] => {
  const { query } = c.var.operation;
  return Object.keys(c.req.query()).filter((name) => !Object.hasOwn(query?.shape ?? {}, name));
};

async function faultsInBody(c: Context<Env>, language: Language, schema: z.ZodType): Promise<FieldFault[]> {
  const read = await c.req.json<unknown>().then(
    (body) => ({ body }),
    () => null,
  );
  return read ? faultsIn(language, schema, read.body) : [{ field: '', code: 'not-readable', text: sentence(language, 'refused.not-readable') }];
}

function faultsIn(language: Language, schema: z.ZodType | undefined, value: unknown): FieldFault[] {
  const read = schema?.safeParse(value);
  if (!read || read.success) return [];
  return read.error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    // A field that nobody knows is named itself, not where it stands.
    const fields = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
    return fields.map((field) => faultOf(language, field.join('.'), issue.code));
  });
}

const faultOf = (language: Language, field: string, code: string): FieldFault => ({ field, code, text: sentence(language, `api.fault-${code}`) });
