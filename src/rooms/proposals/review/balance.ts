// How what was accepted so far is spread, beside what was proposed and what is wished: shown while the team decides.
import type { Decision } from './review.ts';

export interface Weighed {
  /** The main theme, and the leading organisation; null when there is none. */
  readonly theme: string | null;
  readonly organisation: string | null;
  readonly decision: Decision | null;
}

export interface Share {
  /** A slug; null: without one. */
  readonly of: string | null;
  readonly proposed: number;
  readonly accepted: number;
  /** Of all that is accepted, 0 to 1. */
  readonly share: number;
  /** Of all that is accepted, as it would be when wished shares were met, 0 to 1. */
  readonly wished: number;
  /** 'thin': less than half of its wished share; 'many': more than twice as much, and three or more. */
  readonly mark: 'thin' | 'many' | null;
}

const thin = 1 / 2;
const many = 2;
const fewest = 3;

/** Per theme, in their order; without wishes each theme has an even share. `wishes` are weights, not percentages. */
export function perTheme(all: readonly Weighed[], themes: readonly string[], wishes: Readonly<Record<string, number>> = {}): readonly Share[] {
  const weights = themes.map((theme) => wishes[theme] ?? 1);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const known = themes.map((theme, nth) => shareOf(all, (one) => one.theme === theme, theme, whole === 0 ? 0 : weights[nth]! / whole));
  const loose = all.some(({ theme }) => theme === null) ? [shareOf(all, ({ theme }) => theme === null, null, 0)] : [];
  return [...known, ...loose].map((one) => ({ ...one, mark: one.of === null ? null : markOf(one, all) }));
}

/** Per leading organisation that proposed something, who has most accepted first; even shares are the measure. */
export function perOrganisation(all: readonly Weighed[]): readonly Share[] {
  const found = [...new Set(all.map(({ organisation }) => organisation))];
  return found
    .map((of) => shareOf(all, ({ organisation }) => organisation === of, of, found.length === 0 ? 0 : 1 / found.length))
    .map((one) => ({ ...one, mark: markOf(one, all) === 'many' ? ('many' as const) : null }))
    .toSorted((a, b) => b.accepted - a.accepted || b.proposed - a.proposed || String(a.of).localeCompare(String(b.of)));
}

function shareOf(all: readonly Weighed[], is: (one: Weighed) => boolean, of: string | null, wished: number): Share {
  const theirs = all.filter(is);
  const accepted = theirs.filter(isIn).length;
  const whole = all.filter(isIn).length;
  return { of, proposed: theirs.length, accepted, share: whole === 0 ? 0 : accepted / whole, wished, mark: null };
}

function markOf({ accepted, share, wished }: Share, all: readonly Weighed[]): Share['mark'] {
  // Before anything is accepted nothing is thin.
  if (!all.some(isIn) || wished === 0) return null;
  if (share < thin * wished) return 'thin';
  return accepted >= fewest && share > many * wished ? 'many' : null;
}

const isIn = ({ decision }: Weighed): boolean => decision === 'accept';
