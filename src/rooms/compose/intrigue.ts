/**
 * How likely a session from elsewhere is to intrigue: relevance x unexpectedness x timeliness, 0..`highest`.
 * A pick that is relevant and unexpected pleases most people, an irrelevant one hardly anybody, and difference alone does
 * nothing. Known so far is only what somebody says about themselves; who appeared where comes later.
 */
import { highest } from './fit.ts';

export interface Known {
  /** 0..1: how far the person's own words reach here; null when nothing was said. */
  readonly words: number | null;
  /** 0..1: how much it speaks the language of what fits this person best. */
  readonly alike: number;
  readonly isOwnOrganisation: boolean;
  /** Hours from now until it starts. */
  readonly hours: number;
}

export const intrigueOf = (known: Known): number => relevance(known) * unexpectedness(known) * timeliness(known) * highest;

/**
 * A match at a distance: some of the person's words, or the words of what fits them in another domain. In steps, so that
 * about equally relevant sessions take turns; who says nothing finds everything equally relevant.
 */
function relevance({ words, alike }: Known): number {
  if (words === null) return 0.5;
  return Math.min(1, Math.round((0.3 + 0.5 * words + 0.3 * alike) * 10) / 10);
}

/** What answers the question to the letter people find themselves, and colleagues tell about their own sessions. */
const unexpectedness = ({ words, isOwnOrganisation }: Known): number => (1 - 0.5 * Math.max(0, (words ?? 0) - 0.4)) * (isOwnOrganisation ? 0.5 : 1);

/** Within a day few can still clear their diary for something they did not look for. */
const timeliness = ({ hours }: Known): number => (hours < 24 ? 0.9 : 1);
