import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { greedy, highs, modelOf, type Case, type Solver } from '../../../bench/peers.ts';
import { boardOf, clashes, type Board, type Marks } from './board.ts';
import { turn, weights } from './objective.ts';
import { alternatives, compose, recompose, valueOf, type Composition, type Request } from './optimum.ts';

let solve: Solver;
beforeAll(async () => void (solve = await highs()));

test('the composition equals the optimum of HiGHS: fits, surprises, spread, overlap, travel, what was chosen', () => {
  fc.assert(
    fc.property(cases(), (given) => {
      const board = boardOf(given.sessions, pairs(given.together));
      const ours = compose(board, given.request);
      const theirs = solve(modelOf(given));
      expect(ours.optimal).toBe(true);
      expect({ fits: ours.fits.length + ours.surprises.length, elsewhere: elsewhere(given.request, ours.surprises) }).toEqual({
        fits: theirs.fits.length + theirs.surprises.length,
        elsewhere: elsewhere(given.request, theirs.surprises),
      });
      expect(ours.value).toBeCloseTo(valueOf(board, given.request, theirs.fits, theirs.surprises), 6);
    }),
    { numRuns: 400 },
  );
}, 120_000);

test('nothing clashes, nothing is chosen twice, nothing is chosen that cannot be, and again gives the same', () => {
  fc.assert(
    fc.property(cases(), (given) => {
      const board = boardOf(given.sessions, pairs(given.together));
      const ours = compose(board, given.request);
      const all = [...given.request.chosen, ...ours.fits, ...ours.surprises];
      const picks = all.slice(given.request.chosen.length);
      for (const pick of picks) expect(all.filter((other) => clashes(board, pick, other))).toEqual([pick]);
      expect(
        ours.fits.every((i) => !Number.isNaN(given.request.fit[i])) && ours.surprises.every((i) => !Number.isNaN(given.request.intrigue[i])),
      ).toBe(true);
      expect(compose(board, given.request)).toEqual(ours);
    }),
    { numRuns: 300 },
  );
});

test('composed again after a change, what is not affected stays, and the rest is the best that goes with it', () => {
  fc.assert(
    fc.property(cases(), fc.nat(), (given, which) => {
      const board = boardOf(given.sessions, pairs(given.together));
      const before = compose(board, given.request);
      const picks = [...before.fits, ...before.surprises];
      fc.pre(picks.length > 0);
      const gone = picks[which % picks.length]!;
      const request = without(given.request, gone);
      const after = recompose(board, request, before);
      const stayed = { fits: before.fits.filter((i) => i !== gone), surprises: before.surprises.filter((i) => i !== gone) };
      expect(after.fits).toEqual(expect.arrayContaining([...stayed.fits]));
      expect(after.surprises).toEqual(expect.arrayContaining([...stayed.surprises]));
      expect(after.value).toBeCloseTo(bestWith(given, request, board, stayed), 6);
    }),
    { numRuns: 100 },
  );
}, 120_000);

test('an alternative is the value of the programme after the swap, in falling order', () => {
  fc.assert(
    fc.property(cases(), (given) => {
      const board = boardOf(given.sessions, pairs(given.together));
      const ours = compose(board, given.request);
      const offered = alternatives(board, given.request, ours);
      for (const { instead, session, value } of offered) {
        const swap = (picks: readonly number[]): number[] => picks.map((pick) => (pick === instead ? session : pick));
        expect(value).toBeCloseTo(valueOf(board, given.request, swap(ours.fits), swap(ours.surprises)), 9);
        expect([...ours.fits, ...ours.surprises].some((pick) => pick !== instead && clashes(board, pick, session))).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});

// The negative control: were the search to take the best first, the property above would fail.
test('taking the best first is worse for many', () => {
  const samples = fc.sample(cases(), { numRuns: 300, seed: 7 });
  const worse = samples.filter((given) => {
    const board = boardOf(given.sessions, pairs(given.together));
    const theirs = greedy(board, given.request);
    const ours = compose(board, given.request);
    const value = valueOf(board, given.request, theirs.fits, theirs.surprises);
    return theirs.fits.length + theirs.surprises.length < ours.fits.length + ours.surprises.length || value < ours.value - 1e-6;
  });
  expect(worse.length).toBeGreaterThan(50);
});

test('the largest request on an edition of a thousand is answered with its proof', () => {
  const given = month(1000, 40, 10, 5);
  const ours = compose(boardOf(given.sessions, pairs(given.together)), given.request);
  expect({ fits: ours.fits.length, surprises: ours.surprises.length, optimal: ours.optimal }).toEqual({ fits: 10, surprises: 5, optimal: true });
});

test('more slots than can be filled are filled as far as possible', () => {
  const given = month(60, 3, 10, 5);
  const ours = compose(boardOf(given.sessions, pairs(given.together)), given.request);
  expect({ filled: ours.fits.length + ours.surprises.length, optimal: ours.optimal }).toEqual({ filled: 3, optimal: true });
});

test('nothing to choose gives nothing, and says that this is the best', () => {
  const nothing: Composition = { fits: [], surprises: [], value: 0, optimal: true };
  const empty: Request = { fit: new Float64Array(0), intrigue: new Float64Array(0), elsewhere: new Uint8Array(0), fits: 2, surprises: 1, chosen: [] };
  expect(compose(boardOf([], []), empty)).toEqual(nothing);
  const given = month(20, 4, 0, 0);
  expect(compose(boardOf(given.sessions, pairs(given.together)), given.request)).toEqual(nothing);
});

test('turns lie between nothing and their most, are evenly spread, and differ per seed and session', () => {
  const turns = Array.from({ length: 20_000 }, (_, seed) => turn(seed, 'ABC123') / weights.turn);
  expect(Math.min(...turns)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...turns)).toBeLessThan(1);
  const tenths = Array.from({ length: 10 }, (_, tenth) => turns.filter((value) => Math.floor(value * 10) === tenth).length);
  for (const found of tenths) expect(Math.abs(found - 2000)).toBeLessThan(200);
  // Two sessions that differ by one letter take turns independently.
  const first = Array.from({ length: 10_000 }, (_, seed) => turn(seed, 'ABC123') > turn(seed, 'ABC124')).filter(Boolean).length;
  expect(Math.abs(first - 5000)).toBeLessThan(250);
});

// Given

interface Timed extends Marks {
  readonly start: number;
  readonly end: number;
  readonly place: number;
}

/** Sessions of some length at places that lie some way apart, place 0 being online. */
function cases(): fc.Arbitrary<Case> {
  const session = fc.record({
    start: fc.nat(30),
    length: fc.integer({ min: 1, max: 6 }),
    place: fc.nat(3),
    theme: fc.option(fc.nat(4), { nil: null }),
    organisation: fc.option(fc.nat(6), { nil: null }),
    week: fc.nat(3),
    // Twentieths make many ties and near ties.
    fit: fc.option(
      fc.oneof(
        fc.nat(20).map((n) => n / 20),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      { nil: NaN, freq: 6 },
    ),
    intrigue: fc.option(
      fc.oneof(
        fc.nat(20).map((n) => n / 20),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      { nil: NaN, freq: 3 },
    ),
    elsewhere: fc.nat(1),
  });
  return fc
    .record({
      sessions: fc.array(session, { maxLength: 24 }),
      travel: fc.nat(3),
      fits: fc.nat(5),
      surprises: fc.nat(3),
      chosen: fc.array(fc.nat(23), { maxLength: 2 }),
    })
    .map(({ sessions, travel, fits, surprises, chosen }) => {
      const timed = sessions.map(({ start, length, place, theme, organisation, week }): Timed => ({
        start,
        end: start + length,
        place,
        theme,
        organisation,
        week,
      }));
      const request: Request = {
        fit: Float64Array.from(sessions, ({ fit }) => fit),
        intrigue: Float64Array.from(sessions, ({ intrigue }) => intrigue),
        elsewhere: Uint8Array.from(sessions, ({ elsewhere }) => elsewhere),
        fits,
        surprises,
        chosen: [...new Set(chosen)].filter((i) => i < sessions.length),
      };
      return { sessions: timed, together: clashing(timed, travel), request: { ...request, ...notAgain(request) } };
    });
}

/** What was chosen is no candidate. */
function notAgain({ fit, intrigue, chosen }: Request): Pick<Request, 'fit' | 'intrigue'> {
  const open = (worth: Float64Array): Float64Array => worth.map((value, i) => (chosen.includes(i) ? NaN : value));
  return { fit: open(fit), intrigue: open(intrigue) };
}

function clashing(sessions: readonly Timed[], travel: number): number[][] {
  const apart = (a: Timed, b: Timed): number => (a.place === b.place ? 0 : travel);
  return sessions.flatMap((a, i) =>
    sessions.flatMap((b, j) => (i < j && a.start < b.end + apart(a, b) && b.start < a.end + apart(a, b) ? [[i, j]] : [])),
  );
}

function* pairs(together: readonly (readonly number[])[]): Iterable<readonly [number, number]> {
  for (const [a, b] of together) if (a !== undefined && b !== undefined) yield [a, b];
}

/** A dense month, with values from a fixed row of numbers. */
function month(count: number, times: number, fits: number, surprises: number): Case {
  const number = (i: number, kind: string): number => turn(i, kind) / weights.turn;
  const sessions = Array.from({ length: count }, (_, i): Timed => {
    const start = Math.floor((i * times) / count);
    return { start, end: start + 1, place: 0, theme: i % 6, organisation: i % 37, week: Math.floor((start * 4) / times) };
  });
  const numbers = sessions.map((_, i) => i);
  const request: Request = {
    fit: Float64Array.from(numbers, (i) => number(i, 'fit')),
    intrigue: Float64Array.from(numbers, (i) => number(i, 'intrigue')),
    elsewhere: Uint8Array.from(numbers, (i) => (i % 10 === 0 ? 0 : 1)),
    fits,
    surprises,
    chosen: [],
  };
  return { sessions, together: clashing(sessions, 0), request };
}

const elsewhere = (request: Request, surprises: readonly number[]): number => surprises.filter((i) => request.elsewhere[i] === 1).length;

function without(request: Request, gone: number): Request {
  const open = (worth: Float64Array): Float64Array => worth.map((value, i) => (i === gone ? NaN : value));
  return { ...request, fit: open(request.fit), intrigue: open(request.intrigue) };
}

/** The optimum of HiGHS when some picks are given. */
function bestWith(given: Case, request: Request, board: Board, kept: Pick<Composition, 'fits' | 'surprises'>): number {
  const all = [...kept.fits, ...kept.surprises];
  const rest: Request = {
    ...request,
    ...notAgain({ ...request, chosen: all }),
    fits: request.fits - kept.fits.length,
    surprises: request.surprises - kept.surprises.length,
    chosen: [...request.chosen, ...all],
  };
  const theirs = solve(modelOf({ ...given, request: rest }));
  return valueOf(board, request, [...kept.fits, ...theirs.fits], [...kept.surprises, ...theirs.surprises]);
}
