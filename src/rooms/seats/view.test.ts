import { expect, test } from 'vitest';
import { deskViewIn, rollViewIn, rollViews } from './view.ts';

test('a view that is not known is the first one', () => {
  expect([deskViewIn('wachtlijst'), deskViewIn(null), deskViewIn('onzin')]).toEqual(['wachtlijst', 'straks', 'straks']);
  expect(rollViews.map(rollViewIn)).toEqual(rollViews);
  expect([rollViewIn(null), rollViewIn('held')]).toEqual(['plaats', 'plaats']);
});
