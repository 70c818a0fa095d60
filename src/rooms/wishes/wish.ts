import { isOffered, type Attendance, type Capacity } from '#rooms/programme/session.ts';

/** How much somebody wants a session. */
export const strengths = ['must', 'want', 'maybe'] as const;
export type Strength = (typeof strengths)[number];

/** What somebody wishes before the places of a session are given away. */
export interface Wish {
  readonly session: string;
  readonly strength: Strength;
  /** Null: the room where there is a place, else online. */
  readonly attendance: Attendance | null;
}

/**
 * What a strength weighs in the draw: a must as much as two wants, a want as much as two maybes. Everybody's weights are
 * scaled to one total, so that who calls everything a must has said nothing.
 */
export const weightOf: Readonly<Record<Strength, number>> = { must: 4, want: 2, maybe: 1 };

/** So many wishes fit in one window. */
export const mostWishes = 60;

/** The ways of taking part that a wish is good for, the room first. */
export const waysOf = ({ attendance }: Pick<Wish, 'attendance'>, capacity: Capacity): Attendance[] =>
  (attendance === null ? (['onSite', 'online'] as const) : [attendance]).filter((way) => isOffered(capacity[way]));
