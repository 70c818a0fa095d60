import { expect, test } from 'vitest';
import { mostShown, pickFrom, withFound, type Choosable } from './picking.ts';
import type { TypedPlan } from './plan-form.ts';

const at = (code: string, title: string, themes: readonly string[] = []): Choosable => ({
  code,
  title: { nl: title },
  start: null,
  themes,
  timeZone: 'UTC',
});
const all = [at('AAAAAA', 'Één loket', ['samen']), at('BBBBBB', 'Sneller inkopen', ['inkoop']), at('CCCCCC', 'Loket van morgen', ['inkoop'])];
const typed: TypedPlan = { opensAt: '', closesAt: '', which: 'all', sessions: [], wanted: '3', q: '', theme: '' };

test('words and a theme narrow the list; what was chosen stays chosen', () => {
  expect(pickFrom(all, { q: 'een LOKET', theme: '', sessions: ['BBBBBB'] }, 'nl')).toEqual({ found: 1, shown: [all[0]], beside: ['BBBBBB'] });
  expect(pickFrom(all, { q: '', theme: 'inkoop', sessions: ['BBBBBB'] }, 'nl')).toEqual({ found: 2, shown: [all[1], all[2]], beside: [] });
});

test('everything that was found is chosen at once, also what is not shown', () => {
  const many = Array.from({ length: mostShown + 20 }, (_, nth) => at(`S${String(nth).padStart(5, '0')}`, 'Loket'));
  expect(withFound(many, { ...typed, q: 'loket', sessions: ['ZZZZZZ'] }, 'nl')).toMatchObject({
    which: 'some',
    sessions: { length: mostShown + 21 },
  });
});
