// Made-up months for the tests of this engine.
import fc from 'fast-check';
import { emptyPlacement, type Instance, type Needs, type Placement, type Slot } from './instance.ts';

export const slotsOf = (times: readonly (readonly [number, number])[]): Slot[] =>
  times.map(([start, end]) => ({ start, end, day: Math.floor(start / 1440), week: Math.floor(start / 10080) }));

/** Marks per person: session to weight. */
export function interestOf(people: readonly (readonly (readonly [number, number])[])[]): Instance['interest'] {
  const start = new Int32Array(people.length + 1);
  people.forEach((marks, person) => (start[person + 1] = start[person]! + marks.length));
  const marks = people.flat();
  return {
    people: people.length,
    start,
    session: Uint16Array.from(marks, ([session]) => session),
    weight: Float32Array.from(marks, ([, weight]) => weight),
  };
}

/** Small months with everything in them: overlapping times, hosts of more than one session, venues that do not fit. */
export const months: fc.Arbitrary<{ readonly instance: Instance; readonly placement: Placement }> = fc
  .record({
    times: fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 10 }),
    isApart: fc.boolean(),
    venues: fc.array(fc.record({ kind: fc.constantFrom('onSite' as const, 'online' as const), capacity: fc.constantFrom(null, 10, 50) }), {
      maxLength: 4,
    }),
    sessions: fc.array(
      fc.record({
        hosts: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 2 }),
        kind: fc.constantFrom('onSite' as const, 'online' as const, null),
        capacity: fc.constantFrom(0, 20, 50),
        mayNot: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
        themes: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
        isPinned: fc.boolean(),
        slot: fc.integer({ min: -1, max: 9 }),
        venue: fc.integer({ min: -1, max: 3 }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    people: fc.array(
      fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 11 }), fc.constantFrom(1, 2, 4)), { maxLength: 8, selector: ([session]) => session }),
      {
        maxLength: 12,
      },
    ),
  })
  .map(({ times, isApart, venues, sessions, people }) => {
    const slots = slotsOf(times.map(([start, length], n) => (isApart ? [n * 700, n * 700 + 60] : [start * 200, (start + length) * 200])));
    const needs: Needs[] = sessions.map(({ hosts, kind, capacity, mayNot, themes, isPinned }, session) => ({
      minutes: 60,
      hosts,
      kind,
      capacity,
      isPinned,
      may: Uint8Array.from(slots, (_, slot) => (mayNot.includes(slot) ? 0 : 1)),
      themes,
      deepens: session > 0 && themes.length === 2 ? [session - 1] : [],
    }));
    const instance: Instance = {
      sessions: needs,
      slots,
      venues,
      interest: interestOf(people.map((marks) => marks.filter(([session]) => session < needs.length))),
    };
    const placement = emptyPlacement(instance);
    sessions.forEach(({ slot, venue }, session) => {
      if (slot < 0 || slot >= slots.length) return;
      placement.slot[session] = slot;
      placement.venue[session] = venue < venues.length ? venue : -1;
    });
    return { instance, placement };
  });
