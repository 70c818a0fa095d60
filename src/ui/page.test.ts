import { expect, test } from 'vitest';
import { pageAt } from './page.ts';

test('a page that is not there is the nearest one that is', () => {
  expect([pageAt(120, '3', 50), pageAt(120, '9', 50), pageAt(120, 'x', 50), pageAt(0, '-2', 50)]).toEqual([
    { number: 3, from: 100, until: 120, count: 120 },
    { number: 3, from: 100, until: 120, count: 120 },
    { number: 1, from: 0, until: 50, count: 120 },
    { number: 1, from: 0, until: 0, count: 0 },
  ]);
});
