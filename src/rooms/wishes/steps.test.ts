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

test('what was done is told until something else happened', () => {
  expect([doneIn('bevestigd', 'confirmed'), doneIn('gesloten', 'drawing'), doneIn('gesloten', 'drawn'), doneIn('<b>', 'open')]).toEqual([
    'bevestigd',
    'gesloten',
    null,
    null,
  ]);
});
