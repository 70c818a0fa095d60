import type { Attendance } from '#rooms/programme/session.ts';

/** What somebody asks of the month. Absent or empty is no preference. */
export interface Asking {
  readonly question: string;
  /** Slugs. */
  readonly themes: readonly string[];
  readonly availability: readonly { readonly from: Date; readonly until: Date }[];
  readonly attendance: Attendance | 'either';
  /** Language tags. */
  readonly languages: readonly string[];
  /** Slug of the own organisation. */
  readonly organisation: string | null;
  /** Codes of what is in the programme already. */
  readonly chosen: readonly string[];
  /** How many are wanted, 0 to 10 and 0 to 5. */
  readonly fits: number;
  readonly surprises: number;
  /** Decides among equals; the same asking and seed give the same proposal. */
  readonly seed: number;
  /** Codes that need not be suggested again. */
  readonly not?: readonly string[];
}

/** Why something is suggested: its sentence stands under this code in the words of this room. */
export interface Reason {
  readonly code: ReasonCode;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
}

export type ReasonCode =
  | 'about-words'
  | 'near-words'
  | 'theme'
  | 'open'
  | 'surprise-words'
  | 'surprise-alike'
  | 'surprise-theme'
  | 'surprise-organisation'
  | 'surprise-open';

export interface Suggested {
  /** The session's code. */
  readonly session: string;
  readonly attendance: Attendance;
  readonly reasons: readonly Reason[];
}

export interface Proposal {
  /** In falling fit, 0..1. */
  readonly fits: readonly (Suggested & { readonly fit: number })[];
  /** In falling intrigue, 0..1. */
  readonly surprises: readonly (Suggested & { readonly intrigue: number })[];
  /** What could stand in a suggestion's place while the rest stays, best first. */
  readonly alternatives: readonly { readonly for: string; readonly session: string; readonly reasons: readonly Reason[] }[];
  /** Sum of the fits, the intrigue and the bonuses for spread. */
  readonly value: number;
  /** True when no better programme exists under the stated objective. */
  readonly optimal: boolean;
}
