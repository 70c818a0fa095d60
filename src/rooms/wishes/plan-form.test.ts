import { expect, test } from 'vitest';
import { fieldOf, planIn, typedPlan } from './plan-form.ts';

const formOf = (fields: readonly (readonly [string, string])[]): FormData => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
};

test('a plan is read by the wall clock of the edition', () => {
  const typed = typedPlan(
    formOf([
      ['opensAt', '2026-11-03T09:00'],
      ['closesAt', '2026-11-10T17:00'],
      ['which', 'some'],
      ['sessions', 'ABC123'],
      ['sessions', 'ABC123'],
      ['sessions', 'not a code'],
      ['wanted', ' 3 '],
    ]),
  );
  expect(planIn(typed, 'Europe/Amsterdam')).toEqual({
    plan: { opensAt: new Date('2026-11-03T08:00:00Z'), closesAt: new Date('2026-11-10T16:00:00Z'), wanted: 3, sessions: ['ABC123'] },
  });
});

test('for all sessions none is named; who also chose some is asked which of the two', () => {
  const fields = [
    ['opensAt', '2026-11-03T09:00'],
    ['closesAt', '2026-11-10T17:00'],
    ['wanted', '3'],
  ] as const;
  expect([
    planIn(typedPlan(formOf(fields)), 'Europe/Amsterdam'),
    planIn(typedPlan(formOf([...fields, ['sessions', 'ABC123']])), 'Europe/Amsterdam'),
  ]).toMatchObject([{ plan: { sessions: null } }, { problems: { sessions: 'sessions-or-all' } }]);
});

test('everything that is not right is said at once', () => {
  const typed = typedPlan(
    formOf([
      ['opensAt', 'morgen'],
      ['which', 'some'],
      ['wanted', '21'],
    ]),
  );
  expect(planIn(typed, 'Europe/Amsterdam')).toEqual({
    problems: { opensAt: 'moment-missing', closesAt: 'moment-missing', wanted: 'wanted-not-a-number', sessions: 'sessions-missing' },
  });
});

test('a refusal of a plan belongs to a field', () => {
  const refusals = [
    'closes-before-opening',
    'closes-in-the-past',
    'wanted-too-many',
    'no-sessions',
    'starts-before-closing',
    'in-other-window',
    'window-open',
  ];
  expect(refusals.map(fieldOf)).toEqual(['closesAt', 'closesAt', 'wanted', 'sessions', 'closesAt', 'sessions', 'opensAt']);
});
