import { expect, test } from 'vitest';
import { editionIn, newEdition, slugFrom, typedFrom, usualThemes } from './edition-form.ts';

const typed = { ...newEdition, nameNl: 'INNOvember 2027', startsOn: '2027-11-01', endsOn: '2027-11-30' };

test('what is typed well becomes an edition, and an edition is typed back the same', () => {
  const read = editionIn(typed);
  expect(read).toEqual({
    written: {
      name: { nl: 'INNOvember 2027' },
      startsOn: '2027-11-01',
      endsOn: '2027-11-30',
      timeZone: 'Europe/Amsterdam',
      languages: ['nl', 'en'],
      rules: { atLeast: 3, fits: 2, surprises: 1 },
    },
  });
  expect('written' in read && typedFrom(read.written)).toEqual(typed);
});

test('each field says what is not right', () => {
  const wrong = {
    nameNl: '!!',
    nameEn: '',
    startsOn: '2027-02-30',
    endsOn: '',
    timeZone: 'Mars/Noord',
    languages: [],
    atLeast: '0',
    fits: 'x',
    surprises: '9',
  };
  expect(editionIn(wrong)).toEqual({
    problems: {
      nameNl: 'edition-name-missing',
      startsOn: 'day-missing',
      endsOn: 'day-missing',
      timeZone: 'zone-unknown',
      languages: 'languages-missing',
      atLeast: 'rule-not-a-number',
      fits: 'rule-not-a-number',
      surprises: 'rule-not-a-number',
    },
  });
  expect(editionIn({ ...typed, endsOn: '2027-10-31' })).toEqual({ problems: { endsOn: 'day-before-first' } });
  expect(editionIn({ ...typed, endsOn: '2029-10-31' })).toEqual({ problems: { endsOn: 'edition-too-long' } });
  expect(editionIn({ ...typed, fits: '0', surprises: '0' })).toEqual({ problems: { fits: 'rules-propose-nothing' } });
});

test('every usual theme has a name in both languages and an address of its own', () => {
  expect(usualThemes.map((name) => [name['nl'], name['en']].filter(Boolean).length)).toEqual([2, 2, 2, 2, 2, 2]);
  expect(new Set(usualThemes.map(slugFrom)).size).toBe(6);
});
