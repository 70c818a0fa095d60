import { expect, test } from 'vitest';
import { isOlderThan } from './months.ts';

test('an audit is old after thirty-six months, not before', () => {
  expect(isOlderThan('2023-11-23', 36, new Date('2026-11-22T23:00:00Z'))).toBe(false);
  expect(isOlderThan('2023-11-23', 36, new Date('2026-11-24T00:00:00Z'))).toBe(true);
});
