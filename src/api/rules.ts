// Our own rules for the document, after the Dutch API Design Rules 2.x: a document that breaks one is not published.
import spectral, { type RuleDefinition } from '@stoplight/spectral-core';
import { casing, falsy, pattern, truthy, schema, undefined as absent } from '@stoplight/spectral-functions';

const { createRulesetFunction, Spectral } = spectral;

const operation = '$.paths[*][get,put,post,patch,delete]';
const change = '$.paths[*][put,post,patch]';

/** Whether an object has all of these names; `in` is where in it they should stand. */
const has = createRulesetFunction<Record<string, unknown>, { readonly names: readonly string[] }>(
  { input: { type: 'object' }, options: { type: 'object', properties: { names: { type: 'array' } }, required: ['names'] } },
  (input, { names }) => names.filter((name) => !Object.hasOwn(input, name)).map((name) => ({ message: `has no ${name}` })),
);

/** What an operation answers to a question with something in it that may be wrong. */
const declares400 = createRulesetFunction<{ readonly parameters?: unknown; readonly requestBody?: unknown; readonly responses?: object }, null>(
  { input: { type: 'object' }, options: null },
  ({ parameters, requestBody, responses = {} }) =>
    (parameters !== undefined || requestBody !== undefined) && !Object.hasOwn(responses, '400') ? [{ message: 'declares no 400' }] : [],
);

/** Schemas of questions name every field that they know and refuse the rest. */
const knowsItsFields = createRulesetFunction<unknown, null>({ input: null, options: null }, (input) => unknowing(input, []));
function unknowing(found: unknown, path: readonly (string | number)[]): { message: string }[] {
  if (typeof found !== 'object' || found === null) return [];
  const isOpen = 'properties' in found && (!('additionalProperties' in found) || found.additionalProperties !== false);
  return [
    ...(isOpen ? [{ message: `takes unknown fields${path.length > 0 ? ` in ${path.join('.')}` : ''}` }] : []),
    ...Object.entries(found).flatMap(([name, inner]) => unknowing(inner, [...path, name])),
  ];
}

/** Path parameters and the names in the address are the same. */
const namesItsParameters = createRulesetFunction<
  Record<string, Record<string, { readonly parameters?: readonly { readonly in: string; readonly name: string }[] }>>,
  null
>({ input: { type: 'object' }, options: null }, (paths) =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.values(operations).flatMap((one) => {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
      const named = (one.parameters ?? []).filter((given) => given.in === 'path').map(({ name }) => name);
      return wanted.toSorted().join() === named.toSorted().join() ? [] : [{ message: `${path} names ${named.join(', ') || 'nothing'}` }];
    }),
  ),
);

const uniqueIds = createRulesetFunction<Record<string, Record<string, { readonly operationId?: string }>>, null>(
  { input: { type: 'object' }, options: null },
  (paths) => {
    const ids = Object.values(paths).flatMap((operations) => Object.values(operations).map(({ operationId }) => operationId));
    return ids.filter((id, nth) => ids.indexOf(id) !== nth).map((id) => ({ message: `${id} stands there twice` }));
  },
);

const rule = (description: string, given: string | string[], then: RuleDefinition['then']) => ({
  description,
  given,
  then,
  severity: 'error' as const,
  resolved: true,
});
const matches = (match: string) => ({ function: pattern, functionOptions: { match } });
const notMatching = (notMatch: string) => ({ function: pattern, functionOptions: { notMatch } });

export const rules = {
  'openapi-3': rule('The document is OpenAPI 3', '$', { field: 'openapi', ...matches('^3\\.[01]\\.\\d+$') }),
  'version-is-semantic': rule('The version is semantic', '$.info', { field: 'version', ...matches('^\\d+\\.\\d+\\.\\d+$') }),
  'somebody-to-ask': rule('There is somebody to ask, by name, mail and address', '$.info.contact', {
    function: has,
    functionOptions: { names: ['name', 'email', 'url'] },
  }),
  'has-contact': rule('There is a contact', '$.info', { field: 'contact', function: truthy }),
  'has-licence': rule('There is a licence', '$.info', { field: 'license', function: truthy }),
  'two-languages': rule('The description is in Dutch and in English', '$.info', {
    field: 'description',
    ...matches('\\bprogramme of\\b[\\s\\S]*\\bprogramma van\\b'),
  }),
  'major-version-in-server': rule('The major version stands in the address of the server, and only there', '$.servers[*]', {
    field: 'url',
    ...matches('/v\\d+$'),
  }),
  'no-version-in-path': rule('No path has a version', '$.paths', { field: '@key', ...notMatching('/v\\d+(/|$)') }),
  'path-is-kebab': rule('Paths are kebab-case', '$.paths', {
    field: '@key',
    ...matches('^(/([a-z0-9]+(-[a-z0-9]+)*|\\{[a-z][A-Za-z0-9]*\\}|openapi\\.json))+$'),
  }),
  'no-slash-at-end': rule('No path ends in a slash', '$.paths', { field: '@key', ...notMatching('.+/$') }),
  'no-extension': rule('No path has the extension of a file, but the document itself', '$.paths', {
    field: '@key',
    ...notMatching('^(?!/openapi\\.json$).*\\.[a-z]+$'),
  }),
  'no-query-in-path': rule('No path has a query', '$.paths', { field: '@key', ...notMatching('\\?') }),
  'path-parameters-named': rule('What stands in the path is described, and nothing else', '$.paths', { function: namesItsParameters }),
  'parameter-is-camel': rule('Names in the query and the path are camelCase', '$.paths[*][*].parameters[?(@.in != "header")]', {
    field: 'name',
    ...matches('^\\$?[a-z][A-Za-z0-9]*$'),
  }),
  'parameter-has-schema': rule('Parameters have a schema', '$.paths[*][*].parameters[*]', { field: 'schema', function: truthy }),
  'field-is-camel': rule('Fields are camelCase', '$.components.schemas..properties', {
    field: '@key',
    function: casing,
    functionOptions: { type: 'camel' },
  }),
  'known-methods': rule('Only the methods of HTTP that have a meaning here', '$.paths[*]', {
    field: '@key',
    ...matches('^(get|put|post|patch|delete|parameters)$'),
  }),
  'has-id': rule('An operation has an id in camelCase', operation, [
    { field: 'operationId', function: truthy },
    { field: 'operationId', function: casing, functionOptions: { type: 'camel' } },
  ]),
  'one-id': rule('No two operations have one id', '$.paths', { function: uniqueIds }),
  'has-summary': rule('An operation says in English what it does', operation, { field: 'summary', function: truthy }),
  'has-description': rule('An operation says in Dutch what it does', operation, { field: 'description', function: truthy }),
  'has-tag': rule('An operation belongs somewhere', operation, { field: 'tags', function: truthy }),
  'has-security': rule('An operation says whether it asks for a token', operation, { field: 'security', function: truthy }),
  'declares-400': rule('What may be wrong has a 400', operation, { function: declares400 }),
  'change-declares-400': rule('What changes has a 400', `${change}.responses`, { function: has, functionOptions: { names: ['400'] } }),
  'change-declares-content': rule('What takes content says what it does not take', `${change}.responses`, {
    function: has,
    functionOptions: { names: ['411', '413', '415'] },
  }),
  'declares-anywhere': rule('Everybody may meet these', `${operation}.responses`, {
    function: has,
    functionOptions: { names: ['401', '406', '429', '500', '503'] },
  }),
  'no-422': rule('What is not valid is 400, never 422', `${operation}.responses`, { field: '422', function: absent }),
  'says-version': rule('Every answer has API-Version', `${operation}.responses[*]`, { field: 'headers.API-Version', function: truthy }),
  'no-is-a-problem': rule('A no is problem+json alone', `${operation}.responses[?(@property >= "400")].content`, {
    function: schema,
    functionOptions: { schema: { type: 'object', required: ['application/problem+json'], maxProperties: 1 } },
  }),
  'problem-is-whole': rule('A problem has all that ours has', '$.components.schemas.Problem.properties', {
    function: has,
    functionOptions: { names: ['type', 'status', 'title', 'detail', 'code', 'errors'] },
  }),
  'waits-are-said': rule('Who has to wait hears how long', `${operation}.responses[429,503]`, { field: 'headers.Retry-After', function: truthy }),
  'way-in-is-said': rule('Who has to sign in hears how', `${operation}.responses.401`, { field: 'headers.WWW-Authenticate', function: truthy }),
  'content-is-strict': rule('Content with unknown fields is refused', '$.paths[*][*].requestBody.content[*].schema', { function: knowsItsFields }),
  'content-is-json': rule('Content is JSON', '$.paths[*][*].requestBody.content', { field: '@key', ...matches('^application/json$') }),
  'list-has-next': rule(
    'A list has items and the address of the next page',
    '$.paths[*].get[?(@property === "operationId" && @.match(/^list/))]^.responses.200.content[*].schema.properties',
    { function: has, functionOptions: { names: ['items', 'next'] } },
  ),
  'nothing-sensitive-in-address': rule('No mail address, token or secret stands in an address', '$.paths[*][*].parameters[?(@.in != "header")]', {
    field: 'name',
    ...notMatching('^(email|password|secret|apiKey)$'),
  }),
  'no-get-with-content': rule('What reads or removes takes no content', '$.paths[*][get,delete]', { field: 'requestBody', function: falsy }),
};

export interface Fault {
  readonly rule: string;
  readonly where: string;
  readonly what: string;
}

/** What in a document breaks which rule. */
export async function faultsIn(document: object): Promise<Fault[]> {
  const reader = new Spectral();
  reader.setRuleset({ rules });
  const found = await reader.run(structuredClone(document) as Record<string, unknown>);
  return found.map(({ code, path, message }) => ({ rule: String(code), where: path.join('.'), what: message }));
}
