import { expect, test } from 'vitest';
import { weightOf, waysOf } from './wish.ts';

test('a must weighs as much as two wants, a want as much as two maybes', () => {
  expect(weightOf).toEqual({ must: 4, want: 2, maybe: 1 });
});

test('a wish is good for the ways that there are, the room first', () => {
  expect([
    waysOf({ attendance: null }, { onSite: 5, online: null }),
    waysOf({ attendance: null }, { onSite: 0, online: 5 }),
    waysOf({ attendance: 'online' }, { onSite: 5, online: 5 }),
    waysOf({ attendance: 'online' }, { onSite: 5, online: 0 }),
  ]).toEqual([['onSite', 'online'], ['online'], ['online'], []]);
});
