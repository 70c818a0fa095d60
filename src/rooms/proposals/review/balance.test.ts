import fc from 'fast-check';
import { expect, test } from 'vitest';
import { perOrganisation, perTheme, type Weighed } from './balance.ts';

const one = (theme: string | null, organisation: string | null, decision: Weighed['decision'] = null): Weighed => ({ theme, organisation, decision });

test('before anything is accepted nothing is thin or many', () => {
  expect(perTheme([one('a', 'x')], ['a', 'b'])).toEqual([
    { of: 'a', proposed: 1, accepted: 0, share: 0, wished: 0.5, mark: null },
    { of: 'b', proposed: 0, accepted: 0, share: 0, wished: 0.5, mark: null },
  ]);
});

test('a theme with less than half of its even share is thin', () => {
  const all = [one('a', 'x', 'accept'), one('a', 'y', 'accept'), one('b', 'z', 'waitlist'), one(null, 'z', 'decline')];
  expect(perTheme(all, ['a', 'b']).map(({ of, accepted, mark }) => ({ of, accepted, mark }))).toEqual([
    { of: 'a', accepted: 2, mark: null },
    { of: 'b', accepted: 0, mark: 'thin' },
    { of: null, accepted: 0, mark: null },
  ]);
});

test('a wished share is the measure where there is one: a theme that nobody wants is not thin', () => {
  const all = [one('a', 'x', 'accept')];
  expect(perTheme(all, ['a', 'b'], { a: 1, b: 0 }).map(({ wished, mark }) => ({ wished, mark }))).toEqual([
    { wished: 1, mark: null },
    { wished: 0, mark: null },
  ]);
});

test('an organisation with three or more, and more than twice an even share, has many; none is thin', () => {
  const all = [...Array.from({ length: 4 }, () => one('a', 'big', 'accept')), one('a', 'small', 'accept'), one('a', 'none'), one('a', 'other')];
  expect(perOrganisation(all).map(({ of, accepted, mark }) => [of, accepted, mark])).toEqual([
    ['big', 4, 'many'],
    ['small', 1, null],
    ['none', 0, null],
    ['other', 0, null],
  ]);
});

test('shares add up to one as soon as something is accepted', () => {
  const weighed = fc.record({
    theme: fc.constantFrom('a', 'b', 'c'),
    organisation: fc.option(fc.constantFrom('x', 'y', 'z')),
    decision: fc.constantFrom('accept' as const, 'decline' as const, null),
  });
  fc.assert(
    fc.property(fc.array(weighed), (all) => {
      const accepted = all.filter(({ decision }) => decision === 'accept').length;
      for (const shares of [perTheme(all, ['a', 'b', 'c']), perOrganisation(all)])
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(accepted === 0 ? 0 : 1);
    }),
  );
});
