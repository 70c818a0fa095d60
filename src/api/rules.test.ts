// The document that programs get meets every rule; and of each rule a document that breaks it is found.
import { expect, test } from 'vitest';
import { testVisit } from '#ground/testing.server.ts';
import { openApi } from './api.ts';
import { faultsIn, rules } from './rules.ts';

const api = openApi(
  () => Promise.resolve(testVisit()),
  () => 'https://innovember.example.org',
);
// Each rule is broken by hand somewhere in the document: spelling out its type would be as long as the document.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const read = async (): Promise<any> => (await api.request('/api/v1/openapi.json')).json();

test('the document of the API breaks no rule', async () => {
  expect(await faultsIn(await read())).toEqual([]);
});

test('every operation says in Dutch what it does, and nothing is said of what is not there', async () => {
  const { dutch } = await import('./dutch.ts');
  const { paths } = await read();
  const ids = Object.values<Record<string, { operationId: string }>>(paths).flatMap((one) =>
    Object.values(one).map(({ operationId }) => operationId),
  );
  expect(Object.keys(dutch).toSorted()).toEqual(ids.toSorted());
});

const one = '/editions/{edition}/sessions';
const chosen = '/me/programme/{code}';
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const broken: Record<keyof typeof rules, (document: any) => void> = {
  'openapi-3': (d) => (d.openapi = '2.0.0'),
  'version-is-semantic': (d) => (d.info.version = '1'),
  'somebody-to-ask': (d) => delete d.info.contact.email,
  'has-contact': (d) => delete d.info.contact,
  'has-licence': (d) => delete d.info.license,
  'two-languages': (d) => (d.info.description = 'The programme of this month'),
  'major-version-in-server': (d) => (d.servers[0].url = 'https://innovember.example.org/api'),
  'no-version-in-path': (d) => (d.paths['/v2/editions'] = d.paths['/editions']),
  'path-is-kebab': (d) => (d.paths['/wishWindows'] = d.paths['/editions']),
  'no-slash-at-end': (d) => (d.paths['/editions/'] = d.paths['/editions']),
  'no-extension': (d) => (d.paths['/editions.json'] = d.paths['/editions']),
  'no-query-in-path': (d) => (d.paths['/editions?all'] = d.paths['/editions']),
  'path-parameters-named': (d) => (d.paths['/editions/{slug}'] = d.paths['/editions/{edition}']),
  'parameter-is-camel': (d) => d.paths[one].get.parameters.push({ in: 'query', name: 'sort_by', schema: { type: 'string' } }),
  'parameter-has-schema': (d) => d.paths[one].get.parameters.push({ in: 'query', name: 'sort' }),
  'field-is-camel': (d) => (d.components.schemas.Edition.properties.starts_on = { type: 'string' }),
  'known-methods': (d) => (d.paths[one].trace = d.paths[one].get),
  'has-id': (d) => delete d.paths[one].get.operationId,
  'one-id': (d) => (d.paths[one].get.operationId = 'getMe'),
  'has-summary': (d) => delete d.paths[one].get.summary,
  'has-description': (d) => (d.paths[one].get.description = ''),
  'has-tag': (d) => delete d.paths[one].get.tags,
  'has-security': (d) => delete d.paths[one].get.security,
  'declares-400': (d) => delete d.paths[one].get.responses['400'],
  'change-declares-400': (d) => delete d.paths[chosen].put.responses['400'],
  'change-declares-content': (d) => delete d.paths[chosen].put.responses['415'],
  'declares-anywhere': (d) => delete d.paths[one].get.responses['429'],
  'no-422': (d) => (d.paths[one].get.responses['422'] = d.paths[one].get.responses['400']),
  'says-version': (d) => delete d.paths[one].get.responses['200'].headers,
  'no-is-a-problem': (d) => (d.components.responses['400'].content = { 'application/json': {} }),
  'problem-is-whole': (d) => delete d.components.schemas.Problem.properties.code,
  'waits-are-said': (d) => delete d.components.responses['429'].headers['Retry-After'],
  'way-in-is-said': (d) => delete d.components.responses['401'].headers['WWW-Authenticate'],
  'content-is-strict': (d) => delete d.paths[chosen].put.requestBody.content['application/json'].schema.additionalProperties,
  'content-is-json': (d) => (d.paths[chosen].put.requestBody.content['text/plain'] = {}),
  'list-has-next': (d) => delete d.paths[one].get.responses['200'].content['application/json'].schema.properties.next,
  'nothing-sensitive-in-address': (d) => d.paths[one].get.parameters.push({ in: 'query', name: 'email', schema: { type: 'string' } }),
  'no-get-with-content': (d) => (d.paths[one].get.requestBody = d.paths[chosen].put.requestBody),
};

for (const [name, breakIt] of Object.entries(broken))
  test(`a document that breaks '${name}' is found`, async () => {
    const document = await read();
    // A small one is read as well, and sooner.
    document.paths = Object.fromEntries(['/editions', '/editions/{edition}', '/me', one, chosen].map((path) => [path, document.paths[path]]));
    breakIt(document);
    expect((await faultsIn(document)).map(({ rule }) => rule)).toContain(name);
  });
