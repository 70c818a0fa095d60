import { expect, test } from 'vitest';
import { scaled } from './scale.ts';

const of = (wishes: readonly (readonly [item: number, weight: number])[], session?: readonly number[]) =>
  [
    ...scaled({
      people: 1,
      wishStart: Int32Array.of(0, wishes.length),
      wishItem: Uint16Array.from(wishes, ([item]) => item),
      wishWeight: Float32Array.from(wishes, ([, weight]) => weight),
      ...(session && { session: Uint16Array.from(session) }),
    }),
  ].map((value) => Math.round(value * 1000) / 1000);

test('everybody has one to divide, whatever they shout', () => {
  expect([
    of([
      [0, 1],
      [1, 3],
    ]),
    of([
      [0, 100],
      [1, 300],
    ]),
    of([
      [0, 4],
      [1, NaN],
      [2, -1],
    ]),
  ]).toEqual([
    [0.25, 0.75],
    [0.25, 0.75],
    [1, 0, 0],
  ]);
});

test('who would take either way into a session has as much for the others as who would not', () => {
  const sessions = [0, 0, 1, 2];
  expect(
    of(
      [
        [0, 4],
        [1, 4],
        [2, 2],
        [3, 2],
      ],
      sessions,
    ),
  ).toEqual([0.5, 0.5, 0.25, 0.25]);
  expect(
    of(
      [
        [0, 2],
        [1, 4],
        [2, 2],
        [3, 2],
      ],
      sessions,
    ),
  ).toEqual([0.25, 0.5, 0.25, 0.25]);
  expect(
    of(
      [
        [0, 4],
        [2, 2],
        [3, 2],
      ],
      sessions,
    ),
  ).toEqual([0.5, 0.25, 0.25]);
});
