import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLive, sessionsIn, stateOf, whyNotPlan, whyNotWish, windowStates, type Moments, type WindowState } from './window.ts';

const hour = 3_600_000;
const at = (hours: number): Date => new Date(Date.UTC(2026, 10, 2) + hours * hour);
const window: Moments = { opensAt: at(10), closesAt: at(20), drawingSince: null, drawnAt: null, confirmedAt: null, calledOffAt: null };

test('a window opens and closes by the clock, and the rest happens to it', () => {
  expect([9, 10, 19, 20, 99].map((hours) => stateOf(window, at(hours)))).toEqual(['planned', 'open', 'open', 'closed', 'closed']);
  const drawing = { ...window, drawingSince: at(20) };
  const drawn = { ...drawing, drawnAt: at(21) };
  const states = [drawing, drawn, { ...drawn, confirmedAt: at(22) }, { ...drawn, calledOffAt: at(22) }, { ...window, calledOffAt: at(1) }];
  expect(states.map((one) => stateOf(one, at(30)))).toEqual(['drawing', 'drawn', 'confirmed', 'called-off', 'called-off']);
});

test('people wish in an open window only', () => {
  expect(windowStates.map((state) => [state, whyNotWish(state)])).toEqual([
    ['planned', 'window-not-open'],
    ['open', null],
    ...['closed', 'drawing', 'drawn', 'confirmed', 'called-off'].map((state) => [state, 'window-closed']),
  ]);
});

test('a plan ends after it begins, in the future, and gives one to twenty sessions', () => {
  const plan = { opensAt: at(10), closesAt: at(20), sessions: null, wanted: 3 };
  const no = (change: object, now = at(0)) => whyNotPlan({ ...plan, ...change }, now);
  expect([no({}), no({ closesAt: at(10) }), no({}, at(20)), no({ wanted: 0 }), no({ wanted: 21 }), no({ wanted: 2.5 }), no({ wanted: 20 })]).toEqual([
    null,
    'closes-before-opening',
    'closes-in-the-past',
    'wanted-too-many',
    'wanted-too-many',
    'wanted-too-many',
    null,
  ]);
});

/** What may follow on what, in the words of the product. */
const next: Readonly<Record<WindowState, readonly WindowState[]>> = {
  planned: ['open', 'closed', 'called-off'],
  open: ['closed', 'called-off'],
  closed: ['drawing', 'called-off'],
  drawing: ['drawn', 'called-off'],
  drawn: ['drawing', 'confirmed', 'called-off'],
  confirmed: [],
  'called-off': [],
};

/** What the door does to a window, when its state allows that. */
const steps: readonly ((window: Moments, now: Date) => Moments)[] = [
  (window) => window,
  (window, now) => (stateOf(window, now) === 'open' ? { ...window, closesAt: now } : window),
  (window, now) => (stateOf(window, now) === 'closed' ? { ...window, drawingSince: now } : window),
  (window, now) => (stateOf(window, now) === 'drawing' ? { ...window, drawnAt: now } : window),
  (window, now) => (stateOf(window, now) === 'drawn' ? { ...window, drawnAt: null } : window),
  (window, now) => (stateOf(window, now) === 'drawn' ? { ...window, confirmedAt: now } : window),
  (window, now) => (isLive({ state: stateOf(window, now) }) ? { ...window, calledOffAt: now } : window),
];

test('whatever happens and however the clock goes, a window goes one way, and nobody wishes in it once its draw has begun', () => {
  const happening = fc.record({ passes: fc.nat({ max: 8 }), step: fc.nat({ max: steps.length - 1 }) });
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 100 }), (history) => {
      let [now, is] = [at(0), window];
      let hasBegun = false;
      for (const { passes, step } of history) {
        const before = stateOf(is, now);
        now = new Date(now.getTime() + passes * hour);
        const passed = stateOf(is, now);
        is = steps[step]!(is, now);
        const after = stateOf(is, now);
        expect([before, ...next[before]]).toContain(passed);
        expect([passed, ...next[passed]]).toContain(after);
        hasBegun ||= after === 'drawing';
        if (hasBegun) expect(whyNotWish(after)).toBe('window-closed');
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a clock that goes back opens no window of which the draw has begun', () => {
  expect([15, 5].map((hours) => stateOf({ ...window, drawingSince: at(20) }, at(hours)))).toEqual(['drawing', 'drawing']);
});

test('answers are about the sessions that were wished and those that a reason names', () => {
  const answered = { strength: 'must', given: null, line: null } as const;
  expect(
    sessionsIn([
      { ...answered, session: 'AAAAAA', why: { code: 'overlap', values: { session: 'BBBBBB' } } },
      { ...answered, session: 'BBBBBB', why: { code: 'granted', values: {} } },
    ]),
  ).toEqual(['AAAAAA', 'BBBBBB']);
});
