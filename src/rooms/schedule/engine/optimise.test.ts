import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attendable } from './attendable.ts';
import { none } from './evenness.ts';
import { copyOf, emptyPlacement, faults, type Instance, type Placement } from './instance.ts';
import { byBits, byMarks, groupsOf } from './interest.ts';
import { greedy, optimise, triesOf, type Found } from './optimise.ts';
import { upperBound } from './bound.ts';
import { interestOf, months, slotsOf } from './testing.ts';

const spent = triesOf(4096);

/** Faults of who may not move are theirs: those the optimiser leaves. */
const faultsOfMoved = (instance: Instance, placement: Placement) =>
  faults(instance, placement).filter(({ sessions }) => sessions.some((session) => !instance.sessions[session]!.isPinned));

test('whatever it starts from, no rule is broken by a session that may move, and who is pinned stays', () => {
  fc.assert(
    fc.property(months, fc.nat(), ({ instance, placement }, seed) => {
      const found = optimise(instance, placement, { seed, spent });
      expect(faultsOfMoved(instance, found.placement)).toEqual([]);
      expect(
        instance.sessions.flatMap(({ isPinned }, session) => (isPinned ? [[found.placement.slot[session], found.placement.venue[session]]] : [])),
      ).toEqual(instance.sessions.flatMap(({ isPinned }, session) => (isPinned ? [[placement.slot[session], placement.venue[session]]] : [])));
    }),
    { numRuns: 60 },
  );
});

test('the judge of rules finds who is moved onto a host, a venue, a time or a room that may not be', () => {
  const needs = {
    minutes: 60,
    hosts: [7],
    kind: 'onSite' as const,
    capacity: 20,
    isPinned: false,
    may: Uint8Array.of(1, 1, 0),
    themes: [],
    deepens: [],
  };
  const instance: Instance = {
    sessions: [needs, { ...needs, hosts: [7, 8] }],
    slots: slotsOf([
      [0, 60],
      [30, 90],
      [100, 160],
    ]),
    venues: [
      { kind: 'onSite', capacity: 20 },
      { kind: 'onSite', capacity: 10 },
    ],
    interest: interestOf([]),
  };
  const found = (slots: number[], venues: number[]) => faults(instance, { slot: Int32Array.from(slots), venue: Int32Array.from(venues) });
  expect(found([0, 1], [0, 0])).toEqual([
    { what: 'host-twice', sessions: [0, 1] },
    { what: 'venue-twice', sessions: [0, 1] },
  ]);
  expect(found([0, 2], [0, 1])).toEqual([
    { what: 'may-not', sessions: [1] },
    { what: 'unfit-venue', sessions: [1] },
  ]);
  expect(found([0, -1], [0, -1])).toEqual([]);
});

test('it places as many as greedy or more, and of as many no less can be attended', () => {
  fc.assert(
    fc.property(months, fc.nat(), ({ instance, placement }, seed) => {
      const found = optimise(instance, placement, { seed, spent, evenness: none });
      const first = greedy(instance, placement, { seed, evenness: none });
      const out = first.slot.filter((slot) => slot === -1).length;
      expect(found.unplaced <= out && (found.unplaced < out || found.attendable >= attendable(instance, first.slot) - 1e-6)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('the same seed gives the same schedule', () => {
  fc.assert(
    fc.property(months, fc.nat(), ({ instance, placement }, seed) => {
      expect(optimise(instance, placement, { seed, spent })).toEqual(optimise(instance, placement, { seed, spent }));
    }),
    { numRuns: 20 },
  );
});

test('moves one after the other lead from the start to what was found, with all that they change', () => {
  fc.assert(
    fc.property(months, ({ instance, placement }) => {
      const found = optimise(instance, placement, { seed: 1, spent });
      expect(after(placement, found)).toEqual(found.placement);
      const changed = found.moves.reduce((sum, { change }) => sum + change, 0);
      expect(found.before + changed).toBeCloseTo(found.attendable, 6);
      expect(attendable(instance, found.placement.slot)).toBeCloseTo(found.attendable, 6);
      expect(found.attendable).toBeLessThanOrEqual(upperBound(instance) + 1e-6);
    }),
    { numRuns: 60 },
  );
});

function after(start: Placement, { moves }: Found): Placement {
  const placement = copyOf(start);
  for (const { session, to } of moves) {
    placement.slot[session] = to.slot;
    placement.venue[session] = to.venue;
  }
  return placement;
}

test('only the sessions that may move do, and only to slots that may be taken', () => {
  fc.assert(
    fc.property(months, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), fc.nat(9), ({ instance, placement }, may, closed) => {
      const mayMove = Uint8Array.from(instance.sessions, (_, session) => (may[session] ? 1 : 0));
      const maySlot = Uint8Array.from(instance.slots, (_, slot) => (slot === closed ? 0 : 1));
      const { moves } = optimise(instance, placement, { seed: 3, spent, mayMove, maySlot });
      expect(moves.filter(({ session, to }) => mayMove[session] === 0 || (to.slot === closed && placement.slot[session] !== closed))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('bits and marks reckon the same', () => {
  const changes = fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.integer({ min: -1, max: 9 })), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(months, changes, ({ instance, placement }, changes) => {
      const groups = groupsOf(instance);
      fc.pre(groups !== null);
      const [one, other] = [copyOf(placement), copyOf(placement)];
      const bits = byBits(
        instance,
        one,
        groups!,
        [...new Set(instance.interest.weight)].sort((a, b) => a - b),
      );
      const marks = byMarks(instance, other);
      for (const [a, b, slot] of changes) {
        const [session, with_] = [a % instance.sessions.length, b % instance.sessions.length];
        const to = slot < instance.slots.length ? slot : -1;
        expect(bits.change(session, to)).toBeCloseTo(marks.change(session, to), 6);
        expect([...bits.everywhere(session)].map((one) => Math.round(one * 1e6))).toEqual(
          [...marks.everywhere(session)].map((one) => Math.round(one * 1e6)),
        );
        if (session !== with_) expect(bits.exchange(session, with_)).toBeCloseTo(marks.exchange(session, with_), 6);
        bits.move(session, to);
        marks.move(session, to);
      }
    }),
  );
});

test('what digs further comes after, themes are spread over weeks, and no day stays empty', () => {
  const needs = { minutes: 60, hosts: [], kind: null, capacity: 0, isPinned: false, may: new Uint8Array(8).fill(1), deepens: [] };
  const instance: Instance = {
    sessions: [
      { ...needs, themes: [0], deepens: [1] },
      { ...needs, themes: [0] },
      { ...needs, themes: [1] },
      { ...needs, themes: [1] },
    ],
    slots: slotsOf(
      [0, 1, 7, 8].flatMap(
        (day) =>
          [
            [day * 1440, day * 1440 + 60],
            [day * 1440 + 100, day * 1440 + 160],
          ] as [number, number][],
      ),
    ),
    venues: [],
    interest: interestOf([
      [
        [0, 1],
        [2, 1],
      ],
    ]),
  };
  const { placement } = optimise(instance, emptyPlacement(instance), { seed: 1, spent });
  const at = [...placement.slot].map((slot) => instance.slots[slot]!);
  expect([...at].sort((a, b) => a.day - b.day).map(({ day }) => day)).toEqual([0, 1, 7, 8]);
  expect(at[0]!.start).toBeGreaterThan(at[1]!.end);
  expect([at[0]!.week !== at[1]!.week, at[2]!.week !== at[3]!.week]).toEqual([true, true]);
});

test('how far it is, is told with the best so far', () => {
  const told: number[] = [];
  const needs = { minutes: 60, hosts: [], kind: null, capacity: 0, isPinned: false, may: Uint8Array.of(1, 1), themes: [], deepens: [] };
  const instance: Instance = {
    sessions: [needs, needs],
    slots: slotsOf([
      [0, 60],
      [60, 120],
    ]),
    venues: [],
    interest: interestOf([
      [
        [0, 1],
        [1, 1],
      ],
    ]),
  };
  optimise(instance, emptyPlacement(instance), { seed: 1, spent, onProgress: ({ part, share }) => told.push(part, share) });
  expect(told).toEqual([0, 1, 0.25, 1, 0.5, 1, 0.75, 1]);
});
