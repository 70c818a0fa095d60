import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { begunIn, meet, piecesOf, settled } from './meanwhile.ts';

const form = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
const base = { title: 'Sneller inkopen', summary: 'Kort', themes: ['inkoop'] };

test('what only one of two changed is kept of both; what both changed is for a person to choose', () => {
  const theirs = { ...base, title: 'Slimmer inkopen', summary: 'Korter' };
  const mine = { ...base, title: 'Beter inkopen', themes: ['inkoop', 'data'] };
  expect(meet({ revision: 4, base, theirs, mine })).toEqual({
    fields: { title: 'Beter inkopen', summary: 'Korter', themes: ['inkoop', 'data'] },
    differences: [
      { name: 'title', base: 'Sneller inkopen', theirs: 'Slimmer inkopen', mine: 'Beter inkopen', isClash: true },
      { name: 'summary', base: 'Kort', theirs: 'Korter', mine: 'Kort', isClash: false },
    ],
    revision: 4,
    base: theirs,
  });
});

test('a form says what it began with; who changed that by hand gets nothing but their own form', () => {
  expect(begunIn(form({ revision: '3', begun: JSON.stringify(base) }))).toEqual({ revision: 3, base });
  for (const begun of ['', 'null', '[]', '{"title":7,"themes":[1]}', '{'])
    expect(begunIn(form({ revision: 'x', begun }))).toEqual({ revision: -1, base: {} });
});

test('where it was chosen, what the other saved takes the place of what was typed', () => {
  const typed = { ...base, title: 'Beter inkopen', summary: 'Lang' };
  const sent = form({
    begun: JSON.stringify({ ...base, title: 'Slimmer inkopen' }),
    'keep-title': 'theirs',
    'keep-summary': 'mine',
    'keep-other': 'theirs',
  });
  expect(settled(sent, typed)).toEqual({ ...typed, title: 'Slimmer inkopen' });
});

test('a difference is told by word', () => {
  expect(piecesOf('Sneller en beter inkopen', 'Slimmer en beter kopen')).toEqual([
    { is: 'gone', text: 'Sneller' },
    { is: 'new', text: 'Slimmer' },
    { is: 'same', text: ' en beter ' },
    { is: 'gone', text: 'inkopen' },
    { is: 'new', text: 'kopen' },
  ]);
  expect([piecesOf('', ''), piecesOf('', 'a'), piecesOf('a ', '')]).toEqual([[], [{ is: 'new', text: 'a' }], [{ is: 'gone', text: 'a ' }]]);
});

test('whatever two texts are, without what came the old one is left, and without what went the new one', () => {
  const text = fc.array(fc.constantFrom('een', 'twee', 'drie', ' ', '\n')).map((words) => words.join('').trim());
  fc.assert(
    fc.property(text, text, (before, after) => {
      const without = (is: string) =>
        piecesOf(before, after)
          .filter((piece) => piece.is !== is)
          .map((piece) => piece.text)
          .join('');
      expect([without('new'), without('gone')]).toEqual([before, after]);
    }),
  );
});
