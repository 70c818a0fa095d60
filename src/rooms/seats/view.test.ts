import { expect, test } from 'vitest';
import { deskViewIn, isId, rollViewIn, rollViews } from './view.ts';

test('a view that is not known is the first one', () => {
  expect([deskViewIn('wachtlijst'), deskViewIn(null), deskViewIn('onzin')]).toEqual(['wachtlijst', 'straks', 'straks']);
  expect(rollViews.map(rollViewIn)).toEqual(rollViews);
  expect([rollViewIn(null), rollViewIn('held')]).toEqual(['plaats', 'plaats']);
});

test('the number of a person has the form of one', () => {
  expect(isId('019a8c2e-7b1d-7c3e-9f00-0123456789ab')).toBe(true);
  expect(['', '019a8c2e', "019a8c2e-7b1d-7c3e-9f00-0123456789ab'", '019A8C2E-7B1D-7C3E-9F00-0123456789AB'].map(isId)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
