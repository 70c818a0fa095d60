// What it would mean to put one session anywhere, as a browser gets it when somebody picks it up: numbers per time and
// venue, and nothing about anybody.
import type { Figures, Prepared } from './engine/clashes.ts';
import type { Span, VenueId } from './board.ts';

export interface SentFigures {
  /** The times, as the cells of the board name them. */
  readonly times: readonly string[];
  readonly venues: readonly string[];
  /** Per time: sessions with somebody who is needed here too. */
  readonly people: readonly number[];
  /** Per time: 1 where its hosts cannot. */
  readonly mayNot: readonly number[];
  /** Per time and venue: sessions that are there. */
  readonly taken: readonly number[];
  /** Per venue: 1 where it is too small or of another kind. */
  readonly unfit: readonly number[];
  /** Per time: what could be attended of all interest, as thousandths of it; null when nobody marked anything. */
  readonly attendable: readonly number[] | null;
}

export const timeKey = ({ start, end }: Span): string => `${+start}-${+end}`;

export function sentFigures(prepared: Prepared, figures: Figures, times: readonly string[], venues: readonly VenueId[]): SentFigures {
  return {
    times,
    venues,
    people: [...figures.hosts],
    mayNot: [...figures.mayNot],
    taken: [...figures.taken],
    unfit: [...figures.unfit],
    attendable:
      prepared.marked === 0 ? null : Array.from(figures.interest, (more) => Math.round((1000 * (prepared.attendable + more)) / prepared.marked)),
  };
}

export interface Here {
  readonly people: number;
  readonly mayNot: boolean;
  readonly taken: number;
  readonly unfit: boolean;
  readonly attendable: number | null;
}

/** What it says of one cell; null of a time that it does not know. `venue` is empty where a cell has none. */
export function hereIn(figures: SentFigures, time: string, venue: string): Here | null {
  const at = figures.times.indexOf(time);
  if (at === -1) return null;
  const nth = figures.venues.indexOf(venue);
  return {
    people: figures.people[at]!,
    mayNot: figures.mayNot[at] === 1,
    taken: nth === -1 ? 0 : figures.taken[at * figures.venues.length + nth]!,
    unfit: nth !== -1 && figures.unfit[nth] === 1,
    attendable: figures.attendable?.[at] ?? null,
  };
}

export const isClear = ({ people, mayNot, taken, unfit }: Here): boolean => people === 0 && !mayNot && taken === 0 && !unfit;
