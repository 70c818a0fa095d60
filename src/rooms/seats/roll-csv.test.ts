import { expect, test } from 'vitest';
import { rollCsv, type CsvRow } from './roll-csv.ts';

const row: CsvRow = {
  name: null,
  email: 'deelnemer-1@example.org',
  organisation: 'Waterschap "De Stroom"; afdeling\nInnovatie',
  standing: 'waiting',
  attendance: 'onSite',
  waitsFor: null,
  position: 3,
  claimedAt: new Date('2026-11-10T09:00:00Z'),
  checkedInAt: null,
};

test('a roll is a table that a spreadsheet in the language reads', () => {
  expect(rollCsv([row], 'nl')).toBe(
    '\uFEFF"Naam";"Mailadres";"Organisatie";"Stand";"Doet mee";"Wacht op";"Nummer in de rij";"Sinds";"Binnen om"\r\n' +
      '"";"deelnemer-1@example.org";"Waterschap ""De Stroom""; afdeling\nInnovatie";"wachtlijst";"in de zaal";"";"3";"2026-11-10T09:00:00.000Z";""\r\n',
  );
  expect(rollCsv([], 'en')).toBe(
    '\uFEFF"Name","Mail address","Organisation","Standing","Takes part","Waits for","Number in line","Since","Came at"\r\n',
  );
});

test('what looks like a formula is shown and never run', () => {
  const names = ['=1+1', '+31', '-2', '@sum(A1)', '\t=1', ' =cmd()', '|calc', '%0A', 'Anders=goed'];
  const firsts = rollCsv(
    names.map((name) => ({ ...row, name, organisation: null })),
    'en',
  )
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split('","')[0]!.slice(1));
  expect(firsts).toEqual(names.map((name) => (name === 'Anders=goed' ? name : `'${name}`)));
});
