import { expect, test } from 'vitest';
import { told } from '#ground/few.ts';
import { blunted, byContest, figures, percent, percentOf, points } from './figures.ts';
import type { Report, Reviewed } from './window.ts';

const report: Report = {
  people: 1000,
  wishes: 8000,
  places: 3000,
  given: 2900,
  engine: '1',
  method: 'exact',
  value: 99.68,
  bound: 100,
  worstOff: 0.71,
  firstPercentile: 0.8,
  withThree: 900,
  withNothing: 3,
  belowThree: 2,
  sessions: [3, 47, 50, 900],
  envy: { pairs: 999_000, isSample: false, envious: 9_990, breaches: 0 },
};

test('few people are not counted out loud, nor can they be reckoned out', () => {
  expect(figures(report, true)).toEqual({
    fulfilled: 0.9968,
    worstOff: 0.71,
    firstPercentile: 0.8,
    people: 1000,
    groups: [
      { name: 'three', told: { is: 'more-than', count: 890 }, part: 0.89 },
      { name: 'some', told: { is: 'exact', count: 97 }, part: 0.097 },
      { name: 'nothing', told: { is: 'few' }, part: null },
    ],
    belowThree: { is: 'few' },
    envy: 0.01,
    envyBeyondOne: 0,
    given: 2900,
    places: 3000,
  });
});

test('who leads the edition sees all of it', () => {
  expect(figures(report, false).groups).toEqual([
    { name: 'three', told: { is: 'exact', count: 900 }, part: 0.9 },
    { name: 'some', told: { is: 'exact', count: 97 }, part: 0.097 },
    { name: 'nothing', told: { is: 'exact', count: 3 }, part: 0.003 },
  ]);
});

test('without small groups everything is told; with fewer than ten people nothing is', () => {
  const all = (some: Partial<Report>) => figures({ ...report, ...some }, true);
  expect([all({ withNothing: 0 })?.groups.map(({ told }) => told), all({ people: 9, withThree: 5, withNothing: 0 })]).toEqual([
    [
      { is: 'exact', count: 900 },
      { is: 'exact', count: 100 },
      { is: 'exact', count: 0 },
    ],
    null,
  ]);
});

test('nobody is no secret', () => {
  expect([0, 1, 4, 5].map((count) => told(count, true).is)).toEqual(['exact', 'few', 'few', 'exact']);
});

test('a part is not rounded up to what was not reached', () => {
  expect([percent(1), percent(0.99999), percent(0.9968), percent(0.29), percentOf(0.00001), percentOf(0), points(0.1249)]).toEqual([
    100, 99.9, 99.6, 29, 0.1, 0, 12,
  ]);
});

test('when nobody wished, nothing is missing', () => {
  expect(figures({ ...report, people: 0, value: 0, bound: 0, withThree: 0, withNothing: 0 }, false)).toMatchObject({ fulfilled: 1, people: 0 });
});

test('the most contested stand first', () => {
  const item = (session: string, price: number, line: number): Reviewed => ({
    session,
    wished: 10,
    must: 1,
    ways: [{ attendance: 'onSite', places: 10, wished: 10, given: 10, line, price }],
  });
  expect(byContest([item('A', 0, 0), item('B', 0, 3), item('C', 0.2, 1)]).map(({ session }) => session)).toEqual(['C', 'B', 'A']);
});

test('what leaves the house for everybody holds no count of one to four people', () => {
  const way = { attendance: 'onSite' as const, places: 3, wished: 12, given: 3, line: 2, price: 0.1 };
  const item: Reviewed = { session: 'AAAAA1', wished: 4, must: 2, ways: [way, { ...way, attendance: 'online', wished: 0, line: 5 }] };
  expect(blunted([item])).toEqual([
    {
      session: 'AAAAA1',
      wished: 1,
      must: 0,
      ways: [
        { ...way, given: 0, line: 1 },
        { ...way, attendance: 'online', wished: 0, given: 0, line: 5 },
      ],
    },
  ]);
});
