// The map names what there is, no more and no less. That everything answers as the table says is in walk.test.ts.
import { expect, test } from 'vitest';
import * as map from './map.ts';
import { api } from '../api/api.ts';
import { addresses } from '../feeds/feeds.ts';
import { channels } from '../live/live.ts';

const pageFiles = import.meta.glob('../routes/**/+page.svelte');
const loaders = import.meta.glob<{ actions?: Record<string, unknown> }>('../routes/**/+page.server.ts');
const servers = import.meta.glob<Record<string, unknown>>('../routes/**/+server.ts');
const routeOf = (path: string): string => path.replace(/^\.\.\/routes/, '').replace(/\/\+[^/]+$/, '') || '/';

/** Every route with what can be asked of it: GET, a form by its name, or another method. */
async function routes(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  const add = (path: string, asked: readonly string[]) => (all[routeOf(path)] = [...(all[routeOf(path)] ?? []), ...asked]);
  for (const path of Object.keys(pageFiles)) add(path, ['GET']);
  for (const [path, load] of Object.entries(loaders)) add(path, Object.keys((await load()).actions ?? {}));
  for (const [path, load] of Object.entries(servers))
    add(
      path,
      Object.keys(await load()).filter((name) => /^[A-Z]+$/.test(name)),
    );
  return all;
}

const sorted = (asked: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(asked)
    .map(([route, names]) => `${route} ${names.toSorted().join(' ')}`)
    .toSorted();

test('every page and every form stands in the map, and nothing else', async () => {
  const known = Object.fromEntries(Object.entries(map.pages).map(([route, asked]) => [route, Object.keys(asked)]));
  expect(sorted(known)).toEqual(sorted(await routes()));
});

test('every operation of the API stands in the map, and nothing else', async () => {
  const document = (await (await api.request('/api/v1/openapi.json')).json()) as { paths: Record<string, Record<string, { operationId?: string }>> };
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path).flatMap(({ operationId }) => operationId ?? []));
  expect(Object.keys(map.programs).toSorted()).toEqual(operations.toSorted());
});

test('every file for other programs and every live channel stands in the map, and nothing else', () => {
  expect(Object.keys(map.files).toSorted()).toEqual(Object.keys(addresses).toSorted());
  expect(Object.keys(map.channels).toSorted()).toEqual(Object.keys(channels).toSorted());
});
