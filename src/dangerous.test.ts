// What is dangerous by nature stands in named places and nowhere else (docs/security.md, Parts of others).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const versions = z.record(z.string(), z.string()).optional();
const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ integrity: z.string().optional(), dependencies: versions, devDependencies: versions, optionalDependencies: versions }),
  ),
});

const src = import.meta.dirname;
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !/\.test\.ts$|\.testing/.test(path))
  .map((path) => ({ path, code: readFileSync(join(src, path), 'utf8') }));
const where = (what: RegExp, among = files): string[] => among.filter(({ code }) => what.test(code)).map(({ path }) => path);

test('no statement is put together from text, but for the plans of the queue', () => {
  expect(where(/\bsql\.raw\b/)).toEqual(['ground/migrations.server.ts']);
});

test('text never becomes code', () => {
  expect(where(/\beval\(|new Function\(|setTimeout\(\s*['"`]|node:vm/)).toEqual([]);
});

test('mark-up that is not escaped stands on the pages of a session and of news alone', () => {
  expect(where(/\{@html/).toSorted()).toEqual([
    'rooms/newsroom/StoryText.svelte',
    'routes/nieuws/[slug]/+page.svelte',
    'routes/programma/[code]/+page.svelte',
  ]);
});

test('a browser keeps something only for the door, which works without a connection', () => {
  expect(where(/\b(localStorage|sessionStorage|indexedDB|caches)\b/).toSorted()).toEqual([
    'rooms/seats/door/phone.browser.ts',
    'service-worker/index.ts',
  ]);
});

test('every part of others is pinned to one version, comes from the registry and has its hash', () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(src, '..', name), 'utf8'));
  const { packages } = lock.parse(read('package-lock.json'));
  const { '': own, ...others } = packages;
  const wanted = Object.values({ ...own?.dependencies, ...own?.devDependencies, ...own?.optionalDependencies });
  expect(wanted.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  expect(Object.entries(others).flatMap(([path, { integrity = '' }]) => (integrity.startsWith('sha512-') ? [] : [path]))).toEqual([]);
});

test('each of these is found where it stands', () => {
  const bad = [{ path: 'bad.ts', code: "sql.raw(typed); eval(typed); localStorage.setItem('a', typed)" }];
  for (const what of [/\bsql\.raw\b/, /\beval\(/, /\blocalStorage\b/]) expect(where(what, bad)).toEqual(['bad.ts']);
});
