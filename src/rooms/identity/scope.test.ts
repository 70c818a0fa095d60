import { expect, test } from 'vitest';
import { mayWrite } from './scope.ts';

test('a token for reading alone changes nothing; without scopes it may what its person may', () => {
  expect([{}, { scopes: [] }, { scopes: ['read', 'write'] }, { scopes: ['write'] }, { scopes: ['read'] }].map(mayWrite)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});
