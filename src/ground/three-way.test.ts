import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeThreeWays } from './three-way.ts';

const base = { title: { nl: 'Inkoop', en: 'Buying' }, place: 'Zaal 1', summary: 'Kort' };

test('what only one of two people changed is kept of both', () => {
  expect(mergeThreeWays(base, { ...base, place: 'Zaal 2' }, { ...base, summary: 'Langer' })).toEqual({
    fields: { ...base, place: 'Zaal 2', summary: 'Langer' },
    clashes: [],
  });
});

test('what both changed is for people to choose, and what was typed last is not lost', () => {
  expect(mergeThreeWays(base, { ...base, place: 'Zaal 2' }, { ...base, place: 'Zaal 3' })).toEqual({
    fields: { ...base, place: 'Zaal 3' },
    clashes: ['place'],
  });
});

test('the same change by both, and the same text in another order, are no clash', () => {
  const theirs = { ...base, place: 'Zaal 2', title: { en: 'Buying', nl: 'Inkoop' } };
  expect(mergeThreeWays(base, theirs, { ...base, place: 'Zaal 2' })).toEqual({ fields: theirs, clashes: [] });
});

test('nobody loses a word: every change of either is in the result or named as a clash', () => {
  const fields = fc.record({ a: fc.integer({ max: 2, min: 0 }), b: fc.integer({ max: 2, min: 0 }), c: fc.string({ maxLength: 1 }) });
  fc.assert(
    fc.property(fields, fields, fields, (base, theirs, mine) => {
      const merged = mergeThreeWays(base, theirs, mine);
      for (const name of ['a', 'b', 'c'] as const) {
        if (mine[name] !== base[name]) expect(merged.fields[name]).toBe(mine[name]);
        if (theirs[name] !== base[name] && !merged.clashes.includes(name)) expect(merged.fields[name]).toBe(theirs[name]);
      }
    }),
  );
});
