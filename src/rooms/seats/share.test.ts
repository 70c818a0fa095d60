import { expect, test } from 'vitest';
import { shareSentence, withShare } from './share.ts';

const organisations = [{ slug: 'svb', name: { nl: 'Sociale Verzekeringsbank', en: 'Social Insurance Bank' } }];
const said = (group: string, most = 20) => [shareSentence({ group, most }, organisations, 'nl'), shareSentence({ group, most }, organisations, 'en')];

test('a share is a sentence that everybody understands', () => {
  expect(said('internal')).toEqual(['Hoogstens 20 plaatsen voor rijksambtenaren.', 'At most 20 places for civil servants.']);
  expect(said('external', 1)).toEqual([
    'Hoogstens 1 plaats voor mensen van buiten het Rijk.',
    'At most 1 place for people from outside the government.',
  ]);
  expect(said('organisation:*')).toEqual(['Hoogstens 20 plaatsen voor elke organisatie.', 'At most 20 places for each organisation.']);
  expect(said('organisation:svb')).toEqual(['Hoogstens 20 plaatsen voor Sociale Verzekeringsbank.', 'At most 20 places for Social Insurance Bank.']);
  expect(said('organisation:gone')[0]).toBe('Hoogstens 20 plaatsen voor gone.');
});

test('a group has one share: the last one', () => {
  const shares = [
    { group: 'internal', most: 5 },
    { group: 'external', most: 6 },
  ];
  expect(withShare(shares, { group: 'internal', most: 7 })).toEqual([
    { group: 'external', most: 6 },
    { group: 'internal', most: 7 },
  ]);
});
