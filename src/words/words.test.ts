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
