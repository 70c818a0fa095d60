import { expect, test } from 'vitest';
import { wishesIn } from './reckon.ts';

test('who would take either way into a session wished it once', () => {
  const draw = { people: 2, wishStart: Int32Array.of(0, 3, 4), wishItem: Uint16Array.of(0, 1, 2, 2) };
  expect(wishesIn({ ...draw, session: Uint16Array.of(0, 0, 1) })).toBe(3);
  expect(wishesIn(draw)).toBe(4);
});
