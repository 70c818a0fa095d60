import { expect, test } from 'vitest';
import { byHandIn, capacityIn, groupIn, wholeIn } from './typed.ts';

test('a whole number is read as people write it, within its bounds', () => {
  expect(['12', ' 12 ', '1.200', '1 200', '1,200', '0'].map((typed) => wholeIn(typed, 0, 100_000))).toEqual([12, 12, 1200, 1200, 1200, 0]);
  expect(['', '-1', '1.5', '1e3', '12a', '٣', '100001', '9999999999'].map((typed) => wholeIn(typed, 0, 100_000))).toEqual(
    Array.from({ length: 8 }, () => null),
  );
});

test('no number of places is without limit', () => {
  expect(['', '  ', '0', '40', 'veel'].map(capacityIn)).toEqual([{ capacity: null }, { capacity: null }, { capacity: 0 }, { capacity: 40 }, null]);
});

test('a change by hand has a reason of at most 200 characters', () => {
  expect(byHandIn({ act: 'onSite', reason: '  Spreker \n van de sessie ' })).toEqual({ act: 'onSite', reason: 'Spreker van de sessie' });
  expect(byHandIn({ act: 'remove', reason: 'x'.repeat(200) })).toEqual({ act: 'remove', reason: 'x'.repeat(200) });
  expect(byHandIn({ act: 'dance', reason: ' ' })).toEqual({ problems: { act: 'choice-missing', reason: 'reason-missing' } });
  expect(byHandIn({ act: 'online', reason: 'x'.repeat(201) })).toEqual({ problems: { reason: 'reason-too-long' } });
});

test('a share is for civil servants, for others, for one organisation or for each', () => {
  const groups = ['internal', 'external', 'organisation:*', 'organisation:svb'];
  expect(groups.map(groupIn)).toEqual(groups);
  expect(['', 'everybody', 'organisation:', 'organisation:SVB', 'organisation:a b'].map(groupIn)).toEqual([null, null, null, null, null]);
});
