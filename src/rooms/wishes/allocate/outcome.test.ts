import { expect, test } from 'vitest';
import { faults } from './faults.ts';
import type { Instance } from './instance.ts';
import { outcome } from './outcome.ts';

/** Three people, four items of one place; items 0 and 1 clash; one place of item 3 for group 1. */
const draw: Instance = {
  people: 3,
  items: 4,
  capacity: Int32Array.of(1, 1, 1, 2),
  wishStart: Int32Array.of(0, 4, 7, 8),
  wishItem: Uint16Array.of(0, 1, 2, 3, 0, 2, 3, 3),
  wishWeight: Float32Array.of(4, 3, 2, 1, 2, 1, 1, 8),
  wanted: Uint8Array.of(3, 2, 1),
  has: Uint8Array.of(0, 1, 0),
  clashStart: Int32Array.of(0, 1, 2, 2, 2),
  clashItem: Uint16Array.of(1, 0),
  groupStart: Int32Array.of(0, 1, 1, 2),
  group: Uint16Array.of(1, 1),
  shares: [{ item: 3, group: 1, most: 1 }],
};

test('the report says what everybody got of what they could have had, and who envies whom', () => {
  // The first has 0 and 3, the second 2, the third nothing.
  const { value, best, ...rest } = outcome(draw, { given: Uint8Array.of(1, 0, 0, 1, 0, 1, 0, 0), bound: 9 });
  expect([...value].map(rounded)).toEqual([0.5, 0.25, 0]);
  expect([...best].map(rounded)).toEqual([0.7, 0.75, 1]);
  expect({ ...rest, total: rounded(rest.total) }).toEqual({
    total: 0.75,
    bound: 9,
    worstOff: 0,
    firstPercentile: 0,
    withThree: 0,
    belowThree: 2,
    withNothing: 1,
    sessions: [1, 0, 2],
    // The second and the third would rather have what the first has, each for one session of it.
    envy: { pairs: 6, isSample: false, envious: 2, breaches: 0 },
  });
});

test('envy that no one session explains is a breach of EF1', () => {
  const wide = { ...draw, shares: [], wanted: Uint8Array.of(3, 3, 1), has: new Uint8Array(3) };
  const all = outcome(wide, { given: Uint8Array.of(1, 0, 1, 1, 0, 0, 0, 0), bound: 9 });
  expect(all.envy).toEqual({ pairs: 6, isSample: false, envious: 2, breaches: 1 });
});

test('of more than five hundred people a sample is looked at', () => {
  const many: Instance = {
    ...draw,
    people: 3000,
    wishStart: new Int32Array(3001),
    wishItem: new Uint16Array(0),
    wishWeight: new Float32Array(0),
    wanted: new Uint8Array(3000),
    has: new Uint8Array(3000),
    groupStart: new Int32Array(3001),
  };
  const { envy, worstOff } = outcome(many, { given: new Uint8Array(0), bound: 0 });
  expect({ ...envy, pairs: envy.pairs > 190_000 && envy.pairs <= 200_000, worstOff }).toEqual({
    pairs: true,
    isSample: true,
    envious: 0,
    breaches: 0,
    worstOff: 1,
  });
});

test('every rule that is broken is found', () => {
  const given = (...wishes: number[]): Uint8Array => Uint8Array.from({ length: 8 }, (_, wish) => (wishes.includes(wish) ? 1 : 0));
  expect(faults(draw, given(0, 2, 7))).toEqual([]);
  expect(faults(draw, given(0, 1))).toEqual(['clash']);
  expect(faults(draw, given(0, 4))).toEqual(['over-capacity']);
  expect(faults(draw, given(3, 7))).toEqual(['over-share']);
  expect(faults({ ...draw, wanted: Uint8Array.of(1, 2, 1) }, given(0, 2))).toEqual(['more-than-wanted']);
});

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
