import { expect, test } from 'vitest';
import { allSheets } from '#words';
import { chapters, daysOf, deeds, timeFor, weekOf } from './chapter.ts';

const edition = { startsOn: '2026-11-02', endsOn: '2026-11-27' };

test('weeks are counted from the first day, before it below zero', () => {
  const days = ['2026-08-10', '2026-11-01', '2026-11-02', '2026-11-08', '2026-11-09'];
  expect(days.map((day) => weekOf(edition, day))).toEqual([-12, -1, 0, 0, 1]);
});

test('a chapter has its own days, and what comes after counts from the last day', () => {
  const found = Object.fromEntries(chapters.map((chapter) => [chapter.slug, daysOf(chapter, edition)]));
  expect(found['oproep']).toEqual({ first: '2026-07-27', last: '2026-09-06' });
  expect(found['maand']).toEqual({ first: '2026-11-02', last: '2026-11-27' });
  expect(found['slotdag']).toEqual({ first: '2026-11-27', last: '2026-11-27' });
  expect(found['daarna']).toEqual({ first: '2026-12-04', last: '2026-12-25' });
  const at = (today: string) => chapters.filter((chapter) => timeFor(chapter, edition, today) === 'now').map(({ slug }) => slug);
  expect([at('2026-08-10'), at('2026-11-10'), at('2027-03-01')]).toEqual([['mensen', 'oproep'], ['maand'], []]);
});

test('every chapter and step has its words, and no words are left over', () => {
  const needed = chapters.flatMap(({ slug, steps }) => [
    `${slug}-title`,
    `${slug}-lead`,
    ...steps.flatMap((_, nth) => [`${slug}-${nth + 1}`, `${slug}-${nth + 1}-text`]),
  ]);
  const its = Object.keys(allSheets.nl['handbook']!).filter((name) => chapters.some(({ slug }) => name.startsWith(`${slug}-`)));
  expect(its.toSorted()).toEqual(needed.toSorted());
});

test('what can be seen to be done stands in exactly one step', () => {
  expect(chapters.flatMap(({ steps }) => steps.flatMap(({ deed }) => deed ?? [])).toSorted()).toEqual([...deeds].toSorted());
});

test('the handbook speaks plainly: twelve words a sentence at most on average, none above twenty', () => {
  for (const language of ['nl', 'en'] as const) {
    const texts = Object.values(allSheets[language]['handbook']!).filter((text): text is string => typeof text === 'string');
    const lengths = texts
      .flatMap((text) => text.split(/[.?!:](?:\s|$)/))
      .filter((one) => one.trim() !== '')
      .map((one) => one.trim().split(/\s+/).length);
    expect(lengths.reduce((sum, length) => sum + length, 0) / lengths.length).toBeLessThanOrEqual(12);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(20);
  }
});
