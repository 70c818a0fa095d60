import { expect, test } from 'vitest';
import type { Criterion } from '../call.ts';
import { figureOf, isDone, mayDecide, outcomeOf, scoresIn, whyNotReview } from './review.ts';

const criterion = (key: string, weight = 1): Criterion => ({ key, label: { nl: key }, hint: {}, weight });
const two = [criterion('new', 2), criterion('clear')];
const now = new Date('2026-11-10T09:00:00Z');

test('a review is one figure: each score as heavy as its criterion', () => {
  expect(figureOf(two, { new: 5, clear: 2 })).toBe(4);
  expect(figureOf(two, { new: 5 })).toBeNull();
  expect(figureOf([], {})).toBeNull();
});

test('a review counts when everything that is asked has a score', () => {
  expect([isDone(two, { new: 1, clear: 5 }), isDone(two, { new: 1 }), isDone(two, { new: 6, clear: 1 })]).toEqual([true, false, false]);
});

test('reviews together have a mean, a spread and a mean per criterion; one that is not done does not count', () => {
  expect(outcomeOf(two, [{ new: 5, clear: 2 }, { new: 2, clear: 2 }, { new: 1 }])).toEqual({
    count: 2,
    mean: 3,
    spread: 1,
    means: { new: 3.5, clear: 2 },
  });
  expect(outcomeOf(two, [])).toEqual({ count: 0, mean: null, spread: null, means: {} });
});

test('a review may be left half way, but not empty, and a score is a whole number from one to five', () => {
  expect(scoresIn(two, { scores: { new: '4', clear: '' }, comment: '' })).toEqual({ scores: { new: 4 }, problems: {} });
  expect(scoresIn(two, { scores: {}, comment: '' }).problems).toEqual({ 'score-new': 'review-empty' });
  expect(scoresIn(two, { scores: { new: '9', clear: '2.5' }, comment: '' }).problems).toEqual({
    'score-new': 'score-unknown',
    'score-clear': 'score-unknown',
  });
});

test('a review can be written until its day, and until the team decided', () => {
  const until = (reviewUntil: Date | null) => ({ reviewUntil });
  expect(whyNotReview(until(null), { decision: null }, now)).toBeNull();
  expect(whyNotReview(until(now), { decision: null }, now)).toBe('review-over');
  expect(whyNotReview(until(null), { decision: 'waitlist' }, now)).toBe('review-decided');
});

test('what was told stays, but who waits can hear more', () => {
  expect(mayDecide({ decision: 'accept', releasedAt: null })).toBe(true);
  expect(mayDecide({ decision: 'accept', releasedAt: now })).toBe(false);
  expect(mayDecide({ decision: 'decline', releasedAt: now })).toBe(false);
  expect(mayDecide({ decision: 'waitlist', releasedAt: now })).toBe(true);
});
