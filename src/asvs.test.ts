// docs/asvs.md names, for every requirement of ASVS 5.0 levels 1 and 2, the test that holds it, where it is written
// down, or why it does not apply. This looks whether those tests and places exist.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#ground/config.server.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const rows = [...read('docs/asvs.md').matchAll(/^\| (\d+\.\d+\.\d+) +\| (\d) +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, id = '', level = '', asks = '', answer = '']) => ({ id, level: Number(level), asks, answer }),
);
const tests = new Set(
  ['src', 'journeys', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts'))
      .flatMap((path) =>
        // Also the name of one that is told for each row of a table: test.each([...])('with %s ...', and on one line.
        [...read(join(folder, path)).matchAll(/(?:\b(?:test|journey)|^\]\)|^test\.each\(.*\))\(\s*(['"`])((?:(?!\1).)+)\1/gm)].map(
          ([, , name = '']) => name,
        ),
      ),
  ),
);
const headings = new Set([...read('docs/security.md').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => anchor(heading)));

test('every requirement of levels 1 and 2 has its row, once', () => {
  const count = (level: number) => rows.filter((row) => row.level === level).length;
  expect({ first: count(1), second: count(2), double: rows.length - new Set(rows.map(({ id }) => id)).size }).toEqual({
    first: 70,
    second: 183,
    double: 0,
  });
});

test('every row names a test that exists, a place where it is written down, or why it does not apply', () => {
  expect(rows.flatMap(({ id, answer }) => faultsOf(id, answer))).toEqual([]);
});

test('a test that does not exist, a place that is gone and an empty answer are found', () => {
  expect(faultsOf('1.1.1', '“no such fact”; [here](security.md#nowhere)')).toEqual([
    '1.1.1: no test is called “no such fact”',
    '1.1.1: docs/security.md has no part nowhere',
  ]);
  expect(faultsOf('1.1.2', 'yes')).toEqual(['1.1.2: says nothing']);
});

function faultsOf(id: string, answer: string): string[] {
  const named = [...answer.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name);
  const places = [...answer.matchAll(/\(security\.md#([^)]+)\)/g)].map(([, place = '']) => place);
  if (named.length + places.length === 0 && !answer.startsWith('Does not apply: ')) return [`${id}: says nothing`];
  return [
    ...named.filter((name) => !tests.has(name)).map((name) => `${id}: no test is called “${name}”`),
    ...places.filter((place) => !headings.has(place)).map((place) => `${id}: docs/security.md has no part ${place}`),
  ];
}

function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
