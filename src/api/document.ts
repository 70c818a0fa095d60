// The document that programs read: what the routes say, and what holds for all of them.
import { type OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from './api.ts';
import { dutch } from './dutch.ts';
import { version } from './version.ts';

type Registered = ReturnType<OpenAPIHono<Env>['getOpenAPI31Document']>;
type Operation = NonNullable<NonNullable<Registered['paths']>[string]['get']>;

export function documented(api: OpenAPIHono<Env>, origin: string): Registered {
  const read = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'INNOvember',
      version,
      description,
      contact: { name: 'INNOvember', email: 'innovember@example.org', url: 'https://example.org/innovember' },
      license: { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/nl/' },
    },
    servers: [{ url: `${origin}/api/v1` }],
    tags: tags.map(([name, description]) => ({ name, description })),
  });
  const paths = Object.fromEntries(
    Object.entries(read.paths ?? {}).map(([path, operations]) => [
      path.replace(/^\/api\/v1/, ''),
      Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, whole(method, operation as Operation)])),
    ]),
  );
  return { ...read, paths, components: { ...read.components, headers, responses } };
}

const description = `The programme of INNOvember for programs: editions, sessions, suggestions, the own programme and wishes, and for who runs sessions the places and the door. Names are English because the vocabulary of schema.org is; docs/words.md maps them.

Het programma van INNOvember voor programma's: edities, sessies, voorstellen, het eigen programma en wensen, en voor wie sessies organiseert de plaatsen en de deur. De namen zijn Engels, omdat de woordenlijst van schema.org dat is; docs/words.md legt ze uit. De omschrijving van elke operatie is in het Nederlands.`;

const tags = [
  ['document', 'The description of this API'],
  ['editions', 'A month of sessions'],
  ['organisations', 'Who hosts sessions'],
  ['sessions', 'Items of a programme'],
  ['suggestions', 'A programme made to measure'],
  ['me', 'The own programme'],
  ['tokens', 'By which programs ask'],
  ['wishes', 'Wishes and their draw'],
  ['places', 'Places of a session, for who runs it'],
  ['door', 'Who comes in, for who runs it'],
  ['webhooks', 'Programs that are told what happened'],
] as const;

const text = (description: string, example: string) => ({ description, schema: { type: 'string' as const, example } });
const headers = {
  'API-Version': text('The version of this API', version),
  'Retry-After': text('How many seconds to wait', '2'),
  'WWW-Authenticate': text('How to sign in', 'Bearer'),
};
const said = (name: keyof typeof headers) => ({ $ref: `#/components/headers/${name}` });
const no = (description: string, more: Record<string, unknown> = {}) => ({
  description,
  headers: { 'API-Version': said('API-Version'), ...more },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
/** What any question may meet. */
const responses = {
  400: no('Something in the question is not right: all faults at once'),
  401: no('Sign in with a token that holds', { 'WWW-Authenticate': said('WWW-Authenticate') }),
  403: no('Not your role, or not with this token'),
  406: no('Answers are JSON only'),
  409: no('Refused by a rule'),
  411: no('Say how long the content is'),
  413: no('Too long'),
  415: no('Send JSON'),
  429: no('Too often: wait', { 'Retry-After': said('Retry-After') }),
  500: no('A fault of ours'),
  503: no('Not available for a moment: try again', { 'Retry-After': said('Retry-After') }),
};
type Common = keyof typeof responses;
const anywhere: readonly Common[] = [400, 401, 406, 411, 413, 429, 500, 503];
const ofChanges: readonly Common[] = [403, 415];

/** An operation with every answer it can give, its sentence in Dutch, and the token that it may be asked with. */
function whole(method: string, operation: Operation): Operation {
  const { operationId = '', parameters = [], security = [{}, { token: [] }] } = operation;
  const withBody = ['post', 'put', 'patch'].includes(method);
  const isKeyed = method === 'post' && operationId !== 'suggest';
  const common = [...anywhere, ...(withBody ? ofChanges : method === 'delete' ? [403 as const] : []), ...(isKeyed ? [409 as const] : [])];
  const own = Object.entries(operation.responses ?? {}).map(([status, answer]) => [
    status,
    'content' in answer && 'application/problem+json' in answer.content && !(status in responses)
      ? { ...answer, headers: { 'API-Version': said('API-Version') } }
      : answer,
  ]);
  const shared = [...new Set([...common, ...own.map(([status]) => Number(status))])].filter((status) => status in responses);
  const hasKey = parameters.some((one) => 'name' in one && one.name.toLowerCase() === 'idempotency-key');
  return {
    ...operation,
    description: dutch[operationId] ?? '',
    security,
    ...((parameters.length > 0 || isKeyed) && { parameters: isKeyed && !hasKey ? [...parameters, idempotencyKey] : parameters }),
    responses: {
      ...Object.fromEntries(own),
      ...Object.fromEntries(shared.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
    },
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description: 'Sent again within a day with the same key and content: the first answer, and no second effect',
  schema: { type: 'string' as const, minLength: 1, maxLength: 200 },
};
