import { expect, test } from 'vitest';
import { doneIn, stepIn } from './steps.ts';

test('a step can only be taken when it can be done', () => {
  expect([stepIn('bevestig', 'drawn'), stepIn('bevestig', 'open'), stepIn('sluit', 'open'), stepIn('weg', 'open'), stepIn(null, 'drawn')]).toEqual([
    'bevestig',
    null,
    'sluit',
    null,
    null,
  ]);
});

test('nothing else is told to be done than what can be', () => {
  expect([doneIn('bevestigd'), doneIn('<b>')]).toEqual(['bevestigd', null]);
});
