import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allSheets, type Sentence } from './words.ts';

const wordsOf = (sheet: Record<string, Sentence>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(sheet).map(([name, sentence]) => [
      name,
      [...new Set((typeof sentence === 'string' ? sentence : sentence.one + sentence.other).match(/\{\w+\}/g) ?? [])].sort(),
    ]),
  );

test('Dutch and English have the same sentences with the same values in them', () => {
  for (const [room, sheet] of Object.entries(allSheets.nl)) {
    expect({ room, words: wordsOf(allSheets.en[room]!) }).toEqual({ room, words: wordsOf(sheet) });
  }
});

const source = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => readFileSync(join(import.meta.dirname, '..', path), 'utf8'))
  .join('\n');
// `programme.format-${format}` says every word that begins so; `refused.${name}` the whole sheet.
const begun = [...source.matchAll(/`(\w+\.[\w-]*)\$\{/g)].map((found) => found[1]!);
const isSaid = (word: string): boolean => source.includes(`'${word}'`) || begun.some((start) => word.startsWith(start));

test('no sentence is kept that nobody says', () => {
  const kept = Object.entries(allSheets.nl).flatMap(([room, sheet]) => Object.keys(sheet).map((name) => `${room}.${name}`));
  expect(kept.filter((word) => !isSaid(word))).toEqual([]);
  expect(['programme.nobody-says-this', 'nowhere.at-all'].filter(isSaid)).toEqual([]);
});
