import { expect, test } from 'vitest';
import { readCode } from './code.ts';

test('a code is read as it was typed or pasted', () => {
  expect(['123456', ' 123 456\n', '123-456', '1 2 3 4 5 6', '123\u00a0456', '123\u200b456', '１２３４５６'].map(readCode)).toEqual(
    Array(7).fill('123456'),
  );
  expect(['', '12345', '1234567', '12345a', '٠١٢٣٤٥'].map(readCode)).toEqual(Array(5).fill(null));
});
