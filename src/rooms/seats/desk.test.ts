import { expect, test } from 'vitest';
import {
  accepted,
  attendanceFor,
  claimed,
  drawn,
  hasShare,
  isFree,
  movesUp,
  placed,
  present,
  tally,
  termFor,
  whyNotFewer,
  type Ask,
  type Desk,
  type Places,
  type Share,
} from './desk.ts';
import { whyNot, type Own } from './seat.ts';

const now = new Date('2026-11-10T09:00:00Z');
const later = new Date('2026-11-10T10:00:00Z');

const desk = ({
  shares = [],
  ...some
}: {
  onSite?: Partial<Places>;
  online?: Partial<Places>;
  shares?: readonly Share[];
  arrivals?: number;
}): Desk => ({
  places: {
    onSite: { attendance: 'onSite', capacity: 0, taken: 0, waiting: 0, ...some.onSite },
    online: { attendance: 'online', capacity: 0, taken: 0, waiting: 0, ...some.online },
  },
  shares,
  taken: { onSite: new Map(), online: new Map() },
  arrivals: some.arrivals ?? 0,
  turns: 0,
});
const own = (some: Partial<Own> = {}): Own => ({
  standing: 'held',
  attendance: 'online',
  wants: null,
  arrival: 1,
  offeredUntil: null,
  chosenAs: 'own',
  groups: ['internal'],
  checkedInAt: null,
  ...some,
});
const ask = (some: Partial<Ask> = {}): Ask => ({ attendance: 'online', chosenAs: 'own', groups: ['internal'], ...some });

test('the last place goes to the first who asks, the next one waits', () => {
  expect(claimed(desk({ online: { capacity: 2, taken: 1 }, arrivals: 1 }), null, ask())).toEqual({ after: own({ arrival: 2 }), what: 'seat-held' });
  expect(claimed(desk({ online: { capacity: 2, taken: 2 }, arrivals: 2 }), null, ask())).toEqual({
    after: own({ standing: 'waiting', arrival: 3 }),
    what: 'seat-waiting',
  });
});

test('nobody passes those who wait already', () => {
  expect(isFree(desk({ online: { capacity: 2, taken: 1, waiting: 1 } }), 'online', [])).toBe(false);
});

test('a session without limit is never full', () => {
  expect(isFree(desk({ online: { capacity: null, taken: 10_000 } }), 'online', [])).toBe(true);
});

test('asking again changes nothing', () => {
  expect(claimed(desk({ online: { capacity: 1, taken: 1 } }), own(), ask())).toEqual({ after: own(), what: null });
  expect(claimed(desk({ online: { capacity: 1, taken: 1 } }), own({ standing: 'waiting' }), ask({ attendance: null }))).toEqual({
    after: own({ standing: 'waiting' }),
    what: null,
  });
});

test('a session that started, was cancelled, or is first wished for takes nobody', () => {
  expect(whyNot({ state: 'published', start: now }, now)).toBe('session-started');
  expect(whyNot({ state: 'cancelled', start: later }, now)).toBe('session-cancelled');
  expect(whyNot({ state: 'published', start: later, keptFor: 'window' }, now)).toBe('wishes-first');
  expect(whyNot({ state: 'published', start: later }, now)).toBe(null);
});

test('who names no way to take part gets the room when it has a place, else online, else the shorter line', () => {
  expect(attendanceFor(desk({ onSite: { capacity: 2 }, online: { capacity: 2 } }), [])).toBe('onSite');
  expect(attendanceFor(desk({ onSite: { capacity: 2, taken: 2 }, online: { capacity: 2 } }), [])).toBe('online');
  expect(attendanceFor(desk({ onSite: { capacity: 2, taken: 2, waiting: 3 }, online: { capacity: 2, taken: 2, waiting: 1 } }), [])).toBe('online');
  expect(attendanceFor(desk({}), [])).toBe(null);
});

test('from the room to online and back: the number stays, and a place is kept until the other one is there', () => {
  const full = desk({ onSite: { capacity: 1, taken: 1, waiting: 1 }, online: { capacity: 1, taken: 1 } });
  expect(claimed(full, own({ standing: 'waiting', attendance: 'onSite', arrival: 7 }), ask())).toEqual({
    after: own({ standing: 'waiting', arrival: 7 }),
    what: 'seat-changed',
  });
  expect(claimed(full, own({ attendance: 'onSite', arrival: 7 }), ask())).toEqual({
    after: own({ attendance: 'onSite', wants: 'online', arrival: 7 }),
    what: 'seat-changed',
  });
  expect(claimed(full, own({ attendance: 'onSite', wants: 'online' }), ask({ attendance: 'onSite' }))).toEqual({
    after: own({ attendance: 'onSite' }),
    what: 'seat-changed',
  });
  expect(claimed(desk({ online: { capacity: 1 } }), own({ attendance: 'onSite' }), ask())).toEqual({ after: own(), what: 'seat-changed' });
  expect(claimed(full, own({ standing: 'offered', attendance: 'onSite', offeredUntil: later }), ask())).toEqual({ refused: 'answer-first' });
});

test('who waited longest moves up, and as many as there are places', () => {
  const waiters = [1, 2, 3].map((arrival) => ({ person: arrival, own: own({ standing: 'waiting', arrival }), overlaps: false }));
  const ups = movesUp(desk({ online: { capacity: 5, taken: 3, waiting: 3 } }), 'online', waiters, termFor(null, later, now));
  expect(ups.map(({ person, what, after }) => ({ person, what, standing: after?.standing }))).toEqual([
    { person: 1, what: 'seat-moved-up', standing: 'held' },
    { person: 2, what: 'seat-moved-up', standing: 'held' },
  ]);
});

test('who has something else at that time is asked first, and not past the start', () => {
  const waiters = [{ person: 1, own: own({ standing: 'waiting' }), overlaps: true }];
  const [up] = movesUp(desk({ online: { capacity: 1, waiting: 1 } }), 'online', waiters, termFor(null, later, now));
  expect(up).toMatchObject({ what: 'seat-offered', after: { standing: 'offered', offeredUntil: later } });
});

test('an offer is taken in time or not at all', () => {
  const offered = own({ standing: 'offered', offeredUntil: later });
  expect(accepted(offered, now)).toEqual({ after: own(), what: 'seat-accepted' });
  expect(accepted(own(), now)).toEqual({ after: own(), what: null });
  expect(accepted(offered, later)).toEqual({ refused: 'offer-expired' });
  expect(accepted(own({ standing: 'waiting' }), now)).toEqual({ refused: 'no-offer' });
});

test('a group at its share waits while others go on, each organisation by itself', () => {
  const shares = [{ attendance: 'online' as const, group: 'organisation:*', most: 1 }];
  const begun = desk({ online: { capacity: 5 }, shares });
  const one = tally(begun, null, own({ groups: ['internal', 'organisation:waterschap'] }));
  expect(hasShare(one, 'online', ['internal', 'organisation:waterschap'])).toBe(false);
  expect(hasShare(one, 'online', ['internal', 'organisation:provincie'])).toBe(true);
  const waiters = ['waterschap', 'provincie', 'provincie'].map((slug, nth) => ({
    person: nth,
    own: own({ standing: 'waiting', arrival: nth + 2, groups: [`organisation:${slug}`] }),
    overlaps: false,
  }));
  expect(movesUp(one, 'online', waiters, termFor(null, later, now)).map(({ person }) => person)).toEqual([1]);
});

test('a place by hand passes the line, never the places', () => {
  expect(placed(desk({ online: { capacity: 2, taken: 1, waiting: 4 }, arrivals: 6 }), null, 'online', ['external'])).toEqual({
    after: own({ arrival: 7, groups: ['external'] }),
    what: 'seat-held',
  });
  expect(placed(desk({ online: { capacity: 1, taken: 1 } }), null, 'online', [])).toEqual({ refused: 'no-place-left' });
});

test('at the door a place is what counts, or a free one', () => {
  expect(present(desk({ onSite: { capacity: 1, taken: 1 } }), own({ attendance: 'onSite' }), now)).toMatchObject({ what: 'seat-checked-in' });
  expect(present(desk({ onSite: { capacity: 1, taken: 1 } }), own(), now)).toEqual({ refused: 'no-place-left' });
  expect(present(desk({ onSite: { capacity: 2, taken: 1 } }), own({ standing: 'waiting', attendance: 'onSite' }), now)).toMatchObject({
    after: { standing: 'held', attendance: 'onSite', checkedInAt: now },
  });
});

test('places do not become fewer than are taken', () => {
  const places: Places = { attendance: 'online', capacity: 5, taken: 3, waiting: 2 };
  expect(whyNotFewer(places, 2)).toBe('below-held');
  expect(whyNotFewer(places, 3)).toBe(null);
  expect(whyNotFewer(places, null)).toBe(null);
  expect(whyNotFewer({ ...places, taken: 0 }, 0)).toBe('still-waiting');
});

test('a draw gives places within places and shares, then the line behind who stood there; who waited already keeps their number', () => {
  const given = { standing: 'held', attendance: 'online', groups: ['external'] } as const;
  const inLine = { ...given, standing: 'waiting' } as const;
  expect(drawn(desk({ online: { capacity: 1 }, arrivals: 3 }), null, given)).toEqual({
    after: own({ arrival: 4, groups: ['external'] }),
    what: 'seat-drawn',
  });
  expect(drawn(desk({ online: { capacity: 1, taken: 1 } }), null, given)).toEqual({ refused: 'no-place-left' });
  const shares = [{ attendance: 'online' as const, group: 'external', most: 0 }];
  expect(drawn(desk({ online: { capacity: 1 }, shares }), null, given)).toEqual({ refused: 'no-place-left' });
  expect(drawn(desk({ online: { capacity: 1 } }), own({ standing: 'waiting', arrival: 2 }), given)).toEqual({
    after: own({ arrival: 2, groups: ['external'] }),
    what: 'seat-drawn',
  });
  expect(drawn(desk({ online: { capacity: 1 } }), own({ standing: 'waiting' }), inLine)).toEqual({ after: own({ standing: 'waiting' }), what: null });
  expect(drawn(desk({ online: { capacity: 0 } }), null, inLine)).toEqual({ after: null, what: null });
});
