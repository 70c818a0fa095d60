// The team's list of proposals: in which order, and which of them.
import type { Decision } from './review.ts';

export const orders = ['cijfer', 'verschil', 'binnen', 'titel', 'thema', 'organisatie'] as const;
export type Order = (typeof orders)[number];
export const orderIn = (word: string | null): Order => orders.find((one) => one === word) ?? 'cijfer';

export const filters = ['alles', 'open', 'accept', 'waitlist', 'decline'] as const;
export type Filter = (typeof filters)[number];
export const filterIn = (word: string | null): Filter => filters.find((one) => one === word) ?? 'alles';

export interface Listed {
  readonly titleSaid: string;
  readonly themes: readonly string[];
  readonly organisations: readonly string[];
  readonly decision: Decision | null;
  readonly asked: number;
  readonly outcome: { readonly count: number; readonly mean: number | null; readonly spread: number | null };
}

export const passes = ({ decision }: Listed, filter: Filter): boolean =>
  filter === 'alles' || (filter === 'open' ? decision === null : decision === filter);

/** What nobody judged comes last, whatever the order. */
export function sorted<T extends Listed>(all: readonly T[], order: Order): T[] {
  const down = (of: (one: T) => number | null) => (a: T, b: T) => (of(b) ?? -1) - (of(a) ?? -1);
  const up = (of: (one: T) => string) => (a: T, b: T) => of(a).localeCompare(of(b), 'nl');
  const by: Readonly<Record<Order, (a: T, b: T) => number>> = {
    cijfer: down(({ outcome }) => outcome.mean),
    verschil: down(({ outcome }) => outcome.spread),
    binnen: (a, b) => a.outcome.count / Math.max(1, a.asked) - b.outcome.count / Math.max(1, b.asked),
    titel: up(({ titleSaid }) => titleSaid),
    thema: up(({ themes }) => themes[0] ?? '\uffff'),
    organisatie: up(({ organisations }) => organisations[0] ?? '\uffff'),
  };
  return all.toSorted((a, b) => by[order](a, b) || a.titleSaid.localeCompare(b.titleSaid, 'nl'));
}
