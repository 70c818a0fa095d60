import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cookies } from './cookies.ts';

const src = join(import.meta.dirname, '../..');
const source = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.test.ts') && !path.includes('privacy/cookies'))
  .map((path) => readFileSync(join(src, path), 'utf8'))
  .join('\n');

test('every cookie that is set stands on the page about privacy, with how long it stays', () => {
  const set = [...source.matchAll(/\bkeeping\('([\w-]+)'/g)].map((found) => `__Host-${found[1]}`);
  const listed = cookies(new URL('https://example.org'));
  expect(listed.map(({ name }) => name).toSorted()).toEqual([...new Set(set)].toSorted());
  expect(listed.find(({ what }) => what === 'choice')?.seconds).toBe(1800);
});

test('nobody makes a cookie another way', () => {
  expect(source.match(/document\.cookie|setCookie\(|\.set\('(__Host-)?[a-z-]+', [^)]*maxAge/g)).toEqual(null);
});
