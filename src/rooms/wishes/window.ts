import type { Id } from '#ground/id.ts';
import type { Attendance } from '#rooms/programme/session.ts';
import type { Strength } from './wish.ts';

export type WindowId = Id<'wish window'>;
export const windowStates = ['planned', 'open', 'closed', 'drawing', 'drawn', 'confirmed', 'called-off'] as const;
/** Planned, open and closed follow from the clock; the others happened. */
export type WindowState = (typeof windowStates)[number];

/** The time in which people give wishes for sessions, and the draw that follows it. */
export interface Window {
  readonly id: WindowId;
  /** Slug. */
  readonly edition: string;
  readonly state: WindowState;
  readonly opensAt: Date;
  readonly closesAt: Date;
  /** Codes of those that the visitor may see; null when it is about all of the edition. */
  readonly sessions: readonly string[] | null;
  /** How many sessions somebody gets by the draw at most. */
  readonly wanted: number;
  /** SHA-256 of the seed, known from the opening; null before. */
  readonly seedHash: string | null;
  /** 64 hexadecimal digits; null until the draw is done. */
  readonly seed: string | null;
  /** SHA-256 of the file by which the draw is repeated; null until the draw is done. */
  readonly fileHash: string | null;
  /** 0 to 1 while the draw runs. */
  readonly progress: number;
  readonly drawnAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly calledOffAt: Date | null;
  /** Null until the draw is done. */
  readonly report: Report | null;
}

/** What everybody may know of a draw: how well it went, without a name in it. */
export interface Report {
  readonly people: number;
  readonly wishes: number;
  /** Places that could be given, and that were given. */
  readonly places: number;
  readonly given: number;
  /** Made by which rules, and in which way: proven best, or by auction. */
  readonly engine: string;
  readonly method: 'exact' | 'auction';
  /** All value together (everybody's wishes are worth 1), and what no draw can exceed. */
  readonly value: number;
  readonly bound: number;
  /** Of who is worst off, and of the one at one percent: what they got, as a part of the best they could have had. */
  readonly worstOff: number;
  readonly firstPercentile: number;
  /** People with three sessions or more, counting those they had already, and with none at all. */
  readonly withThree: number;
  readonly withNothing: number;
  /** People with fewer than three, though they wished enough that goes together. */
  readonly belowThree: number;
  /** How many people have 0, 1, 2, ... sessions, counting those they had already. */
  readonly sessions: readonly number[];
  /** Of so many pairs (all, or a sample of many): in how many the one would rather have what the other got, and in how many of those by more than one session. */
  readonly envy: { readonly pairs: number; readonly isSample: boolean; readonly envious: number; readonly breaches: number };
}

/** What is decided about a window when it is made. */
export interface Plan {
  readonly opensAt: Date;
  readonly closesAt: Date;
  /** Codes; null for every session of the edition that starts after the closing. */
  readonly sessions: readonly string[] | null;
  readonly wanted: number;
}

/** The moments by which the state of a window is known. */
export interface Moments {
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly drawingSince: Date | null;
  readonly drawnAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly calledOffAt: Date | null;
}

export function stateOf({ opensAt, closesAt, drawingSince, drawnAt, confirmedAt, calledOffAt }: Moments, now: Date): WindowState {
  if (calledOffAt) return 'called-off';
  if (confirmedAt) return 'confirmed';
  if (drawnAt) return 'drawn';
  if (drawingSince) return 'drawing';
  if (now >= closesAt) return 'closed';
  return now >= opensAt ? 'open' : 'planned';
}

/** Whether the sessions of a window wait for its draw, so that nobody signs up for them by themselves. */
export const isLive = ({ state }: Pick<Window, 'state'>): boolean => state !== 'confirmed' && state !== 'called-off';

/** Why nobody can wish, or take a wish back, now. */
export function whyNotWish(state: WindowState): 'window-not-open' | 'window-closed' | null {
  if (state === 'open') return null;
  return state === 'planned' ? 'window-not-open' : 'window-closed';
}

/** How many sessions a draw may give somebody. */
export const mostWanted = 20;

/** Why a plan is none, as far as it can be seen without the programme. */
export function whyNotPlan(
  { opensAt, closesAt, wanted }: Plan,
  now: Date,
): 'closes-before-opening' | 'closes-in-the-past' | 'wanted-too-many' | null {
  if (closesAt <= opensAt) return 'closes-before-opening';
  if (closesAt <= now) return 'closes-in-the-past';
  return Number.isInteger(wanted) && wanted >= 1 && wanted <= mostWanted ? null : 'wanted-too-many';
}

/** Per session what an organiser sees of a window. */
export interface Reviewed {
  readonly session: string;
  /** How many wish it, and how many of those as a must. */
  readonly wished: number;
  readonly must: number;
  /** What came of it, per way of taking part; empty until the draw is done. */
  readonly ways: readonly {
    readonly attendance: Attendance;
    readonly places: number;
    readonly wished: number;
    readonly given: number;
    /** How many stand in the line. */
    readonly line: number;
    /** How contested it was; 0 when there was room. */
    readonly price: number;
  }[];
}

/** What came of somebody's wishes, for their own eyes. */
export interface Outcome {
  /** The name in the file by which they find their own line; null when that is no longer kept. */
  readonly pseudonym: string | null;
  /** What they got, as a part of the best they could have had alone: 0 to 1. */
  readonly share: number;
  readonly wishes: readonly Answered[];
}

/** A wish and what came of it. */
export interface Answered {
  readonly session: string;
  readonly strength: Strength;
  /** The way in which it was granted; null when it was not. */
  readonly given: Attendance | null;
  /** The line in which they stand for it, and their place in it as the draw made it; null for none. */
  readonly line: { readonly attendance: Attendance; readonly nth: number } | null;
  readonly why: Why;
}

/** The codes of all sessions that answers are about, also those that a reason names. */
export const sessionsIn = (wishes: readonly Answered[]): string[] => [
  ...new Set(wishes.flatMap(({ session, why: { values } }) => ('session' in values ? [session, String(values['session'])] : [session]))),
];

/** Why a wish was granted or not: its sentence stands under `wishes.why-` and this code. */
export interface Why {
  readonly code: WhyCode;
  readonly values: Readonly<Record<string, string | number>>;
}
export type WhyCode =
  | 'granted'
  /** `wished` people for `places` places; `price` how contested. */
  | 'full'
  /** `session`: the one that they got at the same time. */
  | 'overlap'
  /** `session`: the one that they had already at the same time. */
  | 'overlap-held'
  /** They have a place in this session already. */
  | 'held'
  /** `wanted`: as many as anybody gets. */
  | 'enough'
  | 'share'
  /** There were places left when the draw was done; whoever stands in the line gets them first. */
  | 'room'
  | 'session-cancelled'
  | 'session-started'
  | 'not-offered';
