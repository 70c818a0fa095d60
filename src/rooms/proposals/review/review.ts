// What the committee makes of a proposal, and what the team decides on it.
import type { Problems } from '#ground/problem.ts';
import type { Criterion } from '../call.ts';
import type { Decision } from '../proposal.ts';

export type { Decision };

export const lowest = 1;
export const highest = 5;
export const marks = [1, 2, 3, 4, 5] as const;
/** Criterion to 1..5. */
export type Scores = Readonly<Record<string, number>>;

export interface Review {
  readonly scores: Scores;
  readonly comment: string;
  readonly writtenAt: Date;
  readonly revision: number;
}

export const decisions = ['accept', 'waitlist', 'decline'] as const satisfies readonly Decision[];
export const isDecision = (word: string): word is Decision => decisions.some((one) => one === word);

export const limits = { comment: 4000, text: 2000 } as const;

/** Whether a review counts: everything that was asked has a score. */
export const isDone = (criteria: readonly Criterion[], scores: Scores): boolean => criteria.every(({ key }) => isScore(scores[key]));

const isScore = (score: number | undefined): score is number => score !== undefined && Number.isInteger(score) && score >= lowest && score <= highest;

/** One review in one figure: the mean of its scores, each as heavy as its criterion. Null when it is not done. */
export function figureOf(criteria: readonly Criterion[], scores: Scores): number | null {
  const whole = criteria.reduce((sum, { weight }) => sum + weight, 0);
  if (criteria.length === 0 || whole === 0 || !isDone(criteria, scores)) return null;
  return criteria.reduce((sum, { key, weight }) => sum + weight * scores[key]!, 0) / whole;
}

export interface Outcome {
  /** How many reviews are done. */
  readonly count: number;
  /** The mean of the figures of the reviews; null when there are none. */
  readonly mean: number | null;
  /** How far the reviews are apart: the standard deviation of their figures, 0 when all agree. */
  readonly spread: number | null;
  readonly means: Readonly<Record<string, number>>;
}

/** What several reviews say together; only those that are done count. */
export function outcomeOf(criteria: readonly Criterion[], reviews: readonly Scores[]): Outcome {
  const done = reviews.filter((scores) => figureOf(criteria, scores) !== null);
  const figures = done.map((scores) => figureOf(criteria, scores)!);
  if (figures.length === 0) return { count: 0, mean: null, spread: null, means: {} };
  const mean = meanOf(figures);
  return {
    count: figures.length,
    mean,
    spread: Math.sqrt(meanOf(figures.map((figure) => (figure - mean) ** 2))),
    means: Object.fromEntries(criteria.map(({ key }) => [key, meanOf(done.map((scores) => scores[key]!))])),
  };
}

const meanOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** What a reviewer typed: scores as words of a form, '' where nothing was chosen. */
export interface TypedReview {
  readonly scores: Readonly<Record<string, string>>;
  readonly comment: string;
}

/** The scores that were chosen; what is no score is a problem of its criterion. A part may be left for later. */
export function scoresIn(criteria: readonly Criterion[], { scores, comment }: TypedReview): { scores: Scores; problems: Problems } {
  const chosen = criteria.filter(({ key }) => (scores[key] ?? '') !== '');
  const problems = Object.fromEntries(chosen.filter(({ key }) => !isScore(Number(scores[key]))).map(({ key }) => [`score-${key}`, 'score-unknown']));
  const isEmpty = chosen.length === 0 && comment === '';
  return {
    scores: Object.fromEntries(chosen.map(({ key }) => [key, Number(scores[key])])),
    problems: isEmpty && criteria[0] ? { [`score-${criteria[0].key}`]: 'review-empty' } : problems,
  };
}

/** Whether somebody can still write their review, and else why not. */
export function whyNotReview(
  { reviewUntil }: { readonly reviewUntil: Date | null },
  { decision }: { readonly decision: Decision | null },
  now: Date,
): 'review-over' | 'review-decided' | null {
  if (decision !== null) return 'review-decided';
  return reviewUntil !== null && reviewUntil <= now ? 'review-over' : null;
}

/** What was told stays as it was told; only who waits can hear something else later. */
export const mayDecide = ({ decision, releasedAt }: { readonly decision: Decision | null; readonly releasedAt: Date | null }): boolean =>
  releasedAt === null || decision === 'waitlist';
