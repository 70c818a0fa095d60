// What people, organisers and the clock may do to a hall, for tests with fast-check.
import fc from 'fast-check';
import { attendances } from '#rooms/programme/session.ts';
import type { Beginning, Command } from './hall.testing.ts';
import { groupsOf } from './seat.ts';

const hour = 3_600_000;
const now = new Date('2026-11-10T09:00:00Z');
const after = (hours: number): Date => new Date(now.getTime() + hours * hour);

/** Few places for many people; the first two sessions are at the same time, the third comes later. */
export const people = [
  groupsOf({ isInternal: true, organisation: 'a' }),
  groupsOf({ isInternal: true, organisation: 'a' }),
  groupsOf({ isInternal: true, organisation: 'b' }),
  groupsOf({ isInternal: false, organisation: 'b' }),
  groupsOf({ isInternal: false, organisation: null }),
  groupsOf({ isInternal: true, organisation: null }),
];
const sessions = [
  { start: after(30), end: after(32) },
  { start: after(31), end: after(33) },
  { start: after(60), end: after(61) },
];

const capacity = fc.constantFrom(1, 2, 0, 3, 1, null, 2);
export const beginning: fc.Arbitrary<Beginning> = fc
  .record({
    acceptHours: fc.constantFrom(null, 4, null, 48),
    places: fc.tuple(...sessions.map(() => fc.tuple(capacity, capacity))),
  })
  .map(({ acceptHours, places }) => ({
    now,
    acceptHours,
    people,
    sessions: sessions.map((when, session) => ({ ...when, onSite: places[session]![0], online: places[session]![1] })),
  }));

const person = fc.nat({ max: people.length - 1 });
const session = fc.constantFrom(0, 1, 0, 1, 2);
const attendance = fc.constantFrom(...attendances);
const share = fc.record({
  group: fc.constantFrom('internal', 'external', 'organisation:a', 'organisation:b', 'organisation:*'),
  most: fc.nat({ max: 2 }),
});
const order = fc.shuffledSubarray(
  people.map((_, nth) => nth),
  { minLength: people.length },
);

const act = <What extends { readonly do: string }>(how: { [Key in keyof What]: fc.Arbitrary<What[Key]> }) =>
  fc.record<What>(how, { noNullPrototype: true });
const claim = act({
  do: fc.constant('claim'),
  person,
  session,
  attendance: fc.constantFrom(...attendances, ...attendances, null),
  as: fc.constantFrom('own', 'fit', 'surprise'),
});
/** What an organiser changes. */
const byHouse: readonly (readonly [number, fc.Arbitrary<Command>])[] = [
  [60, act({ do: fc.constant('places'), session, attendance, capacity })],
  [
    50,
    act({
      do: fc.constant('shares'),
      session,
      attendance,
      shares: fc.uniqueArray(share, { maxLength: 2, selector: ({ group }) => group }),
    }),
  ],
  [40, act({ do: fc.constant('place'), person, session, attendance })],
  [20, act({ do: fc.constant('remove'), person, session })],
];
/** What people, organisers and the clock do, as often as makes a history worth telling. */
const atDesks: readonly (readonly [number, fc.Arbitrary<Command>])[] = [
  [300, claim],
  [120, act({ do: fc.constant('release'), person, session })],
  [80, act({ do: fc.constant('accept'), person, session })],
  [60, act({ do: fc.constant('wait'), minutes: fc.constantFrom(1, 30, 120, 240, 241, 600) })],
  [40, fc.constant({ do: 'expire' })],
  ...byHouse,
  [30, act({ do: fc.constant('check in'), person, session })],
  [10, act({ do: fc.constant('undo check-in'), person, session })],
  [10, act({ do: fc.constant('absent'), session })],
  [3, act({ do: fc.constant('cancel'), session })],
];

const some = (weights: readonly (readonly [number, fc.Arbitrary<Command>])[]) =>
  fc.oneof(...weights.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const wish = act({ do: fc.constant('wish'), person, session, attendance, weight: fc.constantFrom(1, 2, 4) });
/** A wish window from its opening to what comes of the draw, with all that may happen meanwhile. */
const window = fc
  .tuple(
    act({ do: fc.constant('open window'), sessions: fc.subarray([0, 1, 2], { minLength: 1 }) }),
    fc.array(some([[600, wish], ...atDesks]), { maxLength: 12, size: 'max' }),
    act({ do: fc.constant('draw'), order }),
    fc.array(some([...byHouse, [20, claim]]), { maxLength: 2 }),
    some([
      [5, fc.constant({ do: 'confirm' })],
      [1, fc.constant({ do: 'call off' })],
      [1, claim],
    ]),
  )
  .map(([open, wishes, draw, meanwhile, end]): Command[] => [open, ...wishes, draw, ...meanwhile, end]);

/** Up to a hundred commands: one after the other, and now and then a whole wish window. */
export const history: fc.Arbitrary<Command[]> = fc
  .array(
    fc.oneof(
      { weight: 30, arbitrary: some(atDesks).map((command) => [command]) },
      { weight: 1, arbitrary: window },
      {
        weight: 1,
        arbitrary: some([
          [1, act({ do: fc.constant('open window'), sessions: fc.constant([0]) })],
          [1, wish],
          [1, fc.constant({ do: 'confirm' })],
          [2, fc.constant({ do: 'call off' })],
        ]).map((command) => [command]),
      },
    ),
    { maxLength: 100, size: 'max' },
  )
  .map((parts) => parts.flat().slice(0, 100));

/** What many may ask at the same moment; then as many come at once as there are in a list. */
export const rush: fc.Arbitrary<Command[][]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(
        some([
          [300, claim],
          [120, act({ do: fc.constant('release'), person, session })],
          [60, act({ do: fc.constant('accept'), person, session })],
          ...byHouse,
        ]),
        { minLength: 2, maxLength: 4 },
      ),
    },
    { weight: 1, arbitrary: some(atDesks).map((command) => [command]) },
  ),
  { maxLength: 25, size: 'max' },
);
