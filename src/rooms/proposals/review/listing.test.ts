import { expect, test } from 'vitest';
import { filterIn, orderIn, passes, sorted, type Listed } from './listing.ts';

const one = (titleSaid: string, mean: number | null, more: Partial<Listed> = {}): Listed => ({
  ...{ titleSaid, themes: [], organisations: [], decision: null, asked: 2 },
  outcome: { count: mean === null ? 0 : 2, mean, spread: mean === null ? null : 5 - mean },
  ...more,
});
const names = (all: readonly Listed[]) => all.map(({ titleSaid }) => titleSaid).join('');

test('the best come first, or where the committee differs most; what nobody judged comes last', () => {
  const all = [one('a', null), one('b', 2), one('c', 4)];
  expect([names(sorted(all, 'cijfer')), names(sorted(all, 'verschil')), names(sorted(all, 'binnen')), names(sorted(all, 'titel'))]).toEqual([
    'cba',
    'bca',
    'abc',
    'abc',
  ]);
});

test('by theme and organisation, those without one last', () => {
  const all = [one('a', 1), one('b', 1, { themes: ['zorg'], organisations: ['x'] }), one('c', 1, { themes: ['data'], organisations: ['y'] })];
  expect([names(sorted(all, 'thema')), names(sorted(all, 'organisatie'))]).toEqual(['cba', 'bca']);
});

test('what is asked in an address is one of the ways there are', () => {
  expect([orderIn('titel'), orderIn('x'), filterIn('open'), filterIn(null)]).toEqual(['titel', 'cijfer', 'open', 'alles']);
  const decided = one('a', 1, { decision: 'accept' });
  expect([passes(decided, 'alles'), passes(decided, 'open'), passes(decided, 'accept'), passes(one('b', 1), 'open')]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});
