import { expect, test } from 'vitest';
import { isId } from './id.ts';

test('an id from outside has the form of one', () => {
  const words = [
    '019a8c2e-7b1d-7c3e-9f00-0123456789ab',
    '',
    '019a8c2e',
    "019a8c2e-7b1d-7c3e-9f00-0123456789ab'",
    '019A8C2E-7B1D-7C3E-9F00-0123456789AB',
  ];
  expect(words.map(isId)).toEqual([true, false, false, false, false]);
});
