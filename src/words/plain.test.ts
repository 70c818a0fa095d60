import { expect, test } from 'vitest';
import { languages } from '#ground/visit.ts';
import { allSheets } from './words.ts';
import { countOf, longIn, meanOf, meanWords, officialeseIn, sentencesIn } from './plain.ts';

const said = (language: (typeof languages)[number]): { readonly word: string; readonly text: string }[] =>
  Object.entries(allSheets[language]).flatMap(([room, sheet]) =>
    Object.entries(sheet).flatMap(([name, sentence]) =>
      (typeof sentence === 'string' ? [sentence] : [sentence.one, sentence.other]).map((text) => ({ word: `${room}.${name}`, text })),
    ),
  );

for (const language of languages) {
  const all = said(language);

  test(`${language}: a sentence has twelve words at most, taken together`, () => {
    const mean = meanOf(all.map(({ text }) => text));
    console.log(`plain language ${language}: ${all.length} texts, mean ${mean.toFixed(2)} words a sentence`);
    expect(mean).toBeLessThanOrEqual(meanWords);
  });

  test(`${language}: no sentence is longer than twenty-five words`, () => {
    expect(all.flatMap(({ word, text }) => longIn(text).map((sentence) => `${word} (${countOf(sentence)}): ${sentence}`))).toEqual([]);
  });

  test(`${language}: nothing is said in officialese`, () => {
    expect(all.flatMap(({ word, text }) => officialeseIn(text, language).map((found) => `${word}: ${found}`))).toEqual([]);
  });
}

test('negative control: officialese and a long sentence are found', () => {
  expect(officialeseIn('Teneinde dit te doen dient te worden gebeld, middels een telefoon.', 'nl')).toEqual(['teneinde', 'dient te', 'middels']);
  expect(officialeseIn('Pursuant to this, you shall utilise it.', 'en')).toEqual(['pursuant to', 'utilise']);
  expect(longIn(`${'woord '.repeat(26)}. Kort.`)).toHaveLength(1);
  expect(sentencesIn('Een zin. Nog een?\nEn een regel: klaar')).toEqual(['Een zin.', 'Nog een?', 'En een regel:', 'klaar']);
  expect(countOf('Om 13.30 uur in {place}, e-mail.')).toBe(6);
});
