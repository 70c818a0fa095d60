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

const act = <Do extends Command['do'], Rest>(what: Do, rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> }) =>
  fc.record<{ do: Do } & Rest>({ do: fc.constant(what), ...rest } as never, { noNullPrototype: true });

/** What happens at a desk by itself, often what happens often. */
export const atDesks: fc.WeightedArbitrary<Command>[] = [
  {
    weight: 30,
    arbitrary: act('claim', { person, session, attendance: fc.constantFrom(...attendances, ...attendances, null), as: fc.constant('own' as const) }),
  },
  { weight: 12, arbitrary: act('release', { person, session }) },
  { weight: 8, arbitrary: act('accept', { person, session }) },
  { weight: 6, arbitrary: act('wait', { minutes: fc.constantFrom(1, 30, 120, 240, 241, 600) }) },
  { weight: 4, arbitrary: fc.constant({ do: 'expire' }) },
  { weight: 6, arbitrary: act('places', { session, attendance, capacity }) },
  { weight: 5, arbitrary: act('shares', { session, attendance, shares: fc.uniqueArray(share, { maxLength: 2, selector: ({ group }) => group }) }) },
  { weight: 4, arbitrary: act('place', { person, session, attendance }) },
  { weight: 2, arbitrary: act('remove', { person, session }) },
  { weight: 3, arbitrary: act('check in', { person, session }) },
  { weight: 1, arbitrary: act('undo check-in', { person, session }) },
  { weight: 1, arbitrary: act('absent', { session }) },
  { weight: 0.3, arbitrary: act('cancel', { session }) },
].map(({ weight, arbitrary }) => ({ weight: weight * 10, arbitrary: arbitrary as fc.Arbitrary<Command> }));

/** Wishes, the draw, and what comes of it. */
const aboutWishes: fc.WeightedArbitrary<Command>[] = [
  { weight: 20, arbitrary: act('open window', { sessions: fc.subarray([0, 1, 2], { minLength: 1 }) }) as fc.Arbitrary<Command> },
  { weight: 120, arbitrary: act('wish', { person, session, attendance, weight: fc.constantFrom(1, 2, 4) }) as fc.Arbitrary<Command> },
  { weight: 20, arbitrary: act('draw', { order }) as fc.Arbitrary<Command> },
  { weight: 20, arbitrary: fc.constant<Command>({ do: 'confirm' }) },
  { weight: 6, arbitrary: fc.constant<Command>({ do: 'call off' }) },
];

export const history = fc.array(fc.oneof(...atDesks, ...aboutWishes), { maxLength: 100, size: 'max' });
