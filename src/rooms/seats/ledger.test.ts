import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Attendance } from '#rooms/programme/session.ts';
import { deviations, type Book, type Counted, type Entry, type Kept } from './ledger.ts';

/** A small story: one place on site, three people of whom two wait, then the first leaves and the next moves up. */
function story(): { -readonly [Part in keyof Book]: Book[Part][number][] } {
  return {
    places: [placesOf('onSite', { capacity: 1, held: 1, waiting: 1, arrivals: 3, turns: 5 }), placesOf('online', { capacity: 0 })],
    shares: [],
    seats: [kept('b', { standing: 'held', arrival: 2 }), kept('c', { standing: 'waiting', arrival: 3 })],
    lines: [
      line(1, 'a', 'seat-held', { arrival: 1 }),
      line(2, 'b', 'seat-waiting', { standing: 'waiting', arrival: 2 }),
      line(3, 'c', 'seat-waiting', { standing: 'waiting', arrival: 3 }),
      line(4, 'a', 'seat-released', null),
      line(5, 'b', 'seat-moved-up', { arrival: 2 }),
    ],
  };
}

const placesOf = (attendance: Attendance, counts: Partial<Counted> = {}): Counted => ({
  attendance,
  capacity: null,
  held: 0,
  waiting: 0,
  arrivals: 0,
  turns: 0,
  ...counts,
});
const kept = (person: string, seat: Partial<Kept>): Kept => ({
  person,
  standing: 'held',
  attendance: 'onSite',
  wants: null,
  arrival: 1,
  until: null,
  checkedIn: null,
  groups: [],
  ...seat,
});
const line = (turn: number, person: string, what: string, after: object | null): Entry => ({
  what,
  person,
  details: { turn, after: after && { standing: 'held', attendance: 'onSite', wants: null, arrival: 1, until: null, ...after } },
});

/** The story after something went wrong in it. */
const wrong = (change: (book: ReturnType<typeof story>) => void) => {
  const book = story();
  change(book);
  return deviations(book);
};

test('a story that holds has no deviations, in whatever order its lines come', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(story().lines, { minLength: 5 }), (lines) => {
      expect(deviations({ ...story(), lines })).toEqual([]);
    }),
  );
});

test('an empty session has no deviations', () => {
  expect(deviations({ places: [placesOf('onSite'), placesOf('online')], shares: [], seats: [], lines: [] })).toEqual([]);
});

test('any line that is gone is a gap in the turns', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 }), (nth) => {
      expect(wrong(({ lines }) => lines.splice(nth, 1))).toContainEqual({ code: 'turn-missing', values: { turn: nth + 1 } });
    }),
  );
});

test('the last line that is gone differs from the count of turns, and from the seats', () => {
  expect(wrong(({ lines }) => lines.pop())).toEqual([
    { code: 'turns-differ', values: { journal: 4, places: 5 } },
    { code: 'seat-differs', values: { person: 'b', journal: 'waiting onSite nr 2', seats: 'held onSite nr 2' } },
  ]);
});

test('a turn that is written twice is found', () => {
  expect(wrong(({ lines }) => lines.push(lines[1]!))).toContainEqual({ code: 'turn-double', values: { turn: 2 } });
});

test('a line that says nothing we know is found', () => {
  expect(wrong(({ lines }) => (lines[1] = { what: 'seat-waiting', person: 'b', details: { turn: 2, after: { standing: 'lost' } } }))).toContainEqual({
    code: 'line-unreadable',
    values: { what: 'seat-waiting' },
  });
});

test('a seat without a line, a line without a seat and a seat that is other than its line are found', () => {
  expect(wrong(({ seats }) => seats.push(kept('d', { arrival: 9 })))).toContainEqual({
    code: 'seat-unexplained',
    values: { person: 'd', seats: 'held onSite nr 9' },
  });
  expect(wrong(({ seats }) => seats.pop())).toContainEqual({ code: 'seat-missing', values: { person: 'c', journal: 'waiting onSite nr 3' } });
  expect(wrong(({ seats }) => (seats[1] = kept('c', { standing: 'waiting', arrival: 3, attendance: 'online' })))).toContainEqual({
    code: 'seat-differs',
    values: { person: 'c', journal: 'waiting onSite nr 3', seats: 'waiting online nr 3' },
  });
});

test('more places taken than there are is found at the turn where it happened, also when it is over', () => {
  const over = wrong(({ lines }) => {
    lines.splice(1, 1, line(2, 'b', 'seat-held', { arrival: 2 }));
    lines.splice(4, 1, line(5, 'b', 'seat-changed', { arrival: 2 }));
  });
  expect(over).toEqual([{ code: 'over-places', values: { attendance: 'onSite', turn: 2, capacity: 1, taken: 2 } }]);
});

test('the number of places is followed back through its changes', () => {
  const later = (from: number | null, to: number | null) => (book: ReturnType<typeof story>) => {
    book.lines.push({ what: 'places-changed', person: null, details: { turn: 6, attendance: 'onSite', from, to } });
    book.places[0] = placesOf('onSite', { ...book.places[0], turns: 6, capacity: 8 });
  };
  expect(wrong(later(1, 8))).toEqual([]);
  expect(wrong(later(0, 8))).toEqual([{ code: 'over-places', values: { attendance: 'onSite', turn: 1, capacity: 0, taken: 1 } }]);
  expect(wrong(later(1, 9))).toEqual([{ code: 'capacity-differs', values: { attendance: 'onSite', turn: 6, journal: '9', places: '8' } }]);
});

test('more of a group than its share is found, on the way and now', () => {
  const shared = (most: number) => (book: ReturnType<typeof story>) => {
    book.places[0] = placesOf('onSite', { capacity: 3, held: 2, waiting: 0, arrivals: 2, turns: 2 });
    book.shares.push({ attendance: 'onSite', group: 'organisation:*', most });
    const groups = ['internal', 'organisation:gemeente'];
    book.seats.splice(0, 2, kept('a', { arrival: 1, groups }), kept('b', { arrival: 2, groups }));
    book.lines.splice(0, 5, line(1, 'a', 'seat-held', { arrival: 1 }), line(2, 'b', 'seat-held', { arrival: 2 }));
  };
  expect(wrong(shared(2))).toEqual([]);
  const values = { attendance: 'onSite', group: 'organisation:gemeente', most: 1, taken: 2 };
  expect(wrong(shared(1))).toEqual([
    { code: 'over-share', values: { ...values, turn: 2 } },
    { code: 'over-share', values: { ...values, turn: 'now' } },
  ]);
});

test('a share that became other than it was afterwards is found', () => {
  expect(
    wrong((book) => {
      book.lines.push({
        what: 'shares-changed',
        person: null,
        details: { turn: 6, attendance: 'onSite', from: [], to: [{ group: 'internal', most: 5 }] },
      });
      book.places[0] = placesOf('onSite', { ...book.places[0], turns: 6 });
    }),
  ).toEqual([{ code: 'shares-differ', values: { attendance: 'onSite', turn: 6 } }]);
});

test('counts that differ from the seats are found', () => {
  expect(wrong(({ places }) => (places[0] = { ...places[0]!, held: 0 }))).toEqual([
    { code: 'held-differs', values: { attendance: 'onSite', places: 0, seats: 1 } },
  ]);
  expect(wrong(({ places }) => (places[0] = { ...places[0]!, waiting: 2 }))).toEqual([
    { code: 'waiting-differs', values: { attendance: 'onSite', places: 2, seats: 1 } },
  ]);
  expect(wrong(({ places }) => (places[0] = { ...places[0]!, arrivals: 2 }))).toEqual([
    { code: 'arrivals-differ', values: { journal: 3, places: 2 } },
  ]);
});

test('somebody twice is found, in the seats and in the journal', () => {
  expect(wrong(({ seats }) => seats.push(seats[0]!))).toContainEqual({ code: 'seat-double', values: { person: 'b' } });
  expect(wrong(({ lines }) => lines.splice(4, 1, line(5, 'c', 'seat-held', { arrival: 4 })))).toContainEqual({
    code: 'seat-double',
    values: { person: 'c' },
  });
});

test('one arrival number for two leaves a gap in the line', () => {
  const two = wrong((book) => {
    book.places[0] = { ...book.places[0]!, held: 0, waiting: 2 };
    book.seats.splice(0, 2, kept('b', { standing: 'waiting', arrival: 3 }), kept('c', { standing: 'waiting', arrival: 3 }));
  });
  expect(two).toContainEqual({ code: 'arrival-double', values: { arrival: 3 } });
  expect(two).toContainEqual({ code: 'position-gap', values: { attendance: 'onSite', position: 1 } });
});

test('who moves up before somebody who came earlier is found, except by hand', () => {
  const passing = (more: object) => (book: ReturnType<typeof story>) => {
    const { what, person, details } = line(5, 'c', 'seat-moved-up', { arrival: 3 });
    book.lines[4] = { what, person, details: { ...(details as object), ...more } };
    book.seats.splice(0, 2, kept('c', { arrival: 3 }), kept('b', { standing: 'waiting', arrival: 2 }));
  };
  expect(wrong(passing({}))).toEqual([{ code: 'passed-over', values: { person: 'c', turn: 5, arrival: 3, first: 2 } }]);
  expect(wrong(passing({ reason: 'speaker' }))).toEqual([]);
});

test('an offer without an end is found', () => {
  const offer = (until: string | null) => (book: ReturnType<typeof story>) => {
    book.lines[4] = line(5, 'b', 'seat-offered', { standing: 'offered', arrival: 2, until });
    book.seats[0] = kept('b', { standing: 'offered', arrival: 2, until: until === null ? null : new Date(until) });
  };
  expect(wrong(offer('2026-11-10T09:00:00.000Z'))).toEqual([]);
  expect(wrong(offer(null))).toContainEqual({ code: 'offer-without-end', values: { person: 'b' } });
});

test('who came in at the door is in the journal', () => {
  const moment = '2026-11-10T09:00:00.000Z';
  const cameIn = (told: string | undefined) => (book: ReturnType<typeof story>) => {
    book.places[0] = { ...book.places[0]!, turns: 6 };
    book.lines.push(line(6, 'b', 'seat-checked-in', { arrival: 2, ...(told && { checkedIn: told }) }));
    book.seats[0] = kept('b', { arrival: 2, checkedIn: new Date(moment) });
  };
  expect(wrong(cameIn(moment))).toEqual([]);
  expect(wrong(cameIn(undefined))).toEqual([
    { code: 'seat-differs', values: { person: 'b', journal: 'held onSite nr 2', seats: `held onSite nr 2 in ${moment}` } },
  ]);
});

test('lines from before the turns were numbered say nothing', () => {
  expect(wrong(({ lines }) => lines.push({ what: 'seat-held', person: 'z', details: { attendance: 'online' } }))).toEqual([]);
});
