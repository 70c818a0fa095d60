import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attendable } from './attendable.ts';
import { figuresFor, inTheWay, move, prepare, sharedWith } from './clashes.ts';
import { copyOf, type Instance, type Placement } from './instance.ts';
import { interestOf, months, slotsOf } from './testing.ts';

/** Everything anew, as somebody with a pencil would. */
function recomputed(instance: Instance, placement: Placement, session: number, slot: number) {
  const overlap = (a: number, b: number) => instance.slots[a]!.start < instance.slots[b]!.end && instance.slots[b]!.start < instance.slots[a]!.end;
  const others = [...instance.sessions.keys()].filter((one) => one !== session && placement.slot[one]! >= 0 && overlap(placement.slot[one]!, slot));
  const moved = copyOf(placement);
  moved.slot[session] = slot;
  return {
    hosts: others.filter((one) => instance.sessions[one]!.hosts.some((host) => instance.sessions[session]!.hosts.includes(host))).length,
    taken: instance.venues.map((_, venue) => others.filter((one) => placement.venue[one] === venue).length),
    interest: attendable(instance, moved.slot) - attendable(instance, placement.slot),
  };
}

/** The most by trying every set. */
function bestOf(instance: Instance, placement: Placement, person: number): number {
  const { interest, slots } = instance;
  let best = 0;
  const walk = (mark: number, taken: number[], sum: number): void => {
    best = Math.max(best, sum);
    if (mark === interest.start[person + 1]) return;
    walk(mark + 1, taken, sum);
    const slot = placement.slot[interest.session[mark]!]!;
    if (slot < 0 || taken.some((other) => slots[other]!.start < slots[slot]!.end && slots[slot]!.start < slots[other]!.end)) return;
    walk(mark + 1, [...taken, slot], sum + interest.weight[mark]!);
  };
  walk(interest.start[person]!, [], 0);
  return best;
}

test('what people can attend is the best set without overlap, as trying every set finds', () => {
  fc.assert(
    fc.property(months, ({ instance, placement }) => {
      const all = Array.from({ length: instance.interest.people }, (_, person) => bestOf(instance, placement, person));
      expect(attendable(instance, placement.slot)).toBeCloseTo(
        all.reduce((sum, one) => sum + one, 0),
        6,
      );
    }),
  );
});

test('the figures of a session say for every slot and venue what reckoning everything anew says', () => {
  fc.assert(
    fc.property(months, ({ instance, placement }) => {
      const prepared = prepare(instance, placement);
      instance.sessions.forEach((_, session) => {
        const figures = figuresFor(prepared, session);
        instance.slots.forEach((_, slot) => {
          const said = {
            hosts: figures.hosts[slot],
            taken: [...figures.taken.subarray(slot * instance.venues.length, (slot + 1) * instance.venues.length)],
            interest: Math.round(figures.interest[slot]! * 1e6),
          };
          const wanted = recomputed(instance, placement, session, slot);
          expect(said).toEqual({ ...wanted, interest: Math.round(wanted.interest * 1e6) });
        });
      });
    }),
  );
});

test('after any moves the prepared schedule is as one that is prepared anew', () => {
  const moves = fc.array(fc.tuple(fc.nat(100), fc.integer({ min: -1, max: 9 }), fc.integer({ min: -1, max: 3 })), { maxLength: 10 });
  fc.assert(
    fc.property(months, moves, ({ instance, placement }, moves) => {
      const prepared = prepare(instance, placement);
      for (const [session, slot, venue] of moves)
        move(prepared, session % instance.sessions.length, slot < instance.slots.length ? slot : -1, venue < instance.venues.length ? venue : -1);
      const anew = prepare(instance, prepared.placement);
      expect({ taken: prepared.taken, attendable: Math.round(prepared.attendable * 1e6) }).toEqual({
        taken: anew.taken,
        attendable: Math.round(anew.attendable * 1e6),
      });
    }),
  );
});

const hour = (n: number): [number, number] => [n * 60, n * 60 + 60];
const session = (hosts: number[]): Instance['sessions'][number] => ({
  minutes: 60,
  hosts,
  kind: 'onSite',
  capacity: 0,
  isPinned: false,
  may: Uint8Array.of(1, 1),
  themes: [],
  deepens: [],
});

test('a session at the time of another that its people want too costs the lighter of the two wishes', () => {
  const instance: Instance = {
    sessions: [session([0]), session([0, 1])],
    slots: slotsOf([hour(9), hour(10)]),
    venues: [{ kind: 'onSite', capacity: null }],
    interest: interestOf([
      [
        [0, 4],
        [1, 2],
      ],
      [[1, 1]],
    ]),
  };
  const prepared = prepare(instance, { slot: Int32Array.of(0, 1), venue: Int32Array.of(0, 0) });
  expect([...figuresFor(prepared, 1).interest]).toEqual([-2, 0]);
  expect(inTheWay(prepared, 1, 0, 0)).toEqual({ hosts: [0], venue: [0] });
  expect(inTheWay(prepared, 1, 1, 0)).toEqual({ hosts: [], venue: [] });
  expect(sharedWith(prepared, 1)).toEqual({ people: Int32Array.of(1, 0), interest: Float64Array.of(2, 0) });
  expect(move(prepared, 1, 0, 0)).toBe(-2);
  expect(move(prepared, 1, 1, 0)).toBe(2);
});
