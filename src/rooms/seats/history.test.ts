import { expect, test } from 'vitest';
import { readDetails, saidOf, type Told } from './history.ts';

const line: Told = {
  id: '1',
  at: new Date('2026-11-10T09:00:00Z'),
  what: 'seat-held',
  who: 'deelnemer-1@example.org',
  by: 'deelnemer-1@example.org',
  reason: null,
  attendance: 'onSite',
  from: null,
  to: null,
};
const said = (more: Partial<Told>) => saidOf({ ...line, ...more }, 'nl');

test('what happened is said in a sentence', () => {
  expect(said({})).toBe('deelnemer-1@example.org kreeg een plaats in de zaal');
  expect(said({ what: 'seat-released' })).toBe('deelnemer-1@example.org gaf de plaats terug');
  expect(said({ what: 'seat-offered', who: null, attendance: null })).toBe('iemand kreeg een plaats aangeboden');
  expect(said({ what: 'places-changed', who: null, from: 10, to: null })).toBe('Plaatsen in de zaal: van 10 naar zonder grens');
});

test('what was done by hand is said to be', () => {
  expect(said({ what: 'seat-moved-up', reason: 'Spreker' })).toBe('deelnemer-1@example.org kreeg met de hand een plaats in de zaal');
  expect(said({ what: 'seat-released', reason: 'Dubbel' })).toBe('deelnemer-1@example.org is met de hand uit de sessie gehaald');
});

test('details are read for what they are, and nothing else', () => {
  expect(readDetails({ turn: 3, after: { attendance: 'online', standing: 'held' }, reason: 'Spreker' })).toEqual({
    reason: 'Spreker',
    attendance: 'online',
    from: null,
    to: null,
  });
  expect(readDetails({ attendance: 'onSite', from: 5, to: 9 })).toEqual({ reason: null, attendance: 'onSite', from: 5, to: 9 });
  expect(readDetails({ attendance: 'balcony', from: [], after: null, reason: 7 })).toEqual({ reason: null, attendance: null, from: null, to: null });
});
