import type { EditionId } from '#ground/id.ts';
import type { Text } from '#ground/text.ts';

export const questionKinds = ['line', 'text', 'choice', 'yes-no'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** Something that the call asks beside what every session tells. */
export interface Question {
  readonly key: string;
  readonly label: Text;
  readonly hint: Text;
  readonly kind: QuestionKind;
  /** Of a choice. */
  readonly options: readonly { readonly key: string; readonly label: Text }[];
  readonly isRequired: boolean;
  /** Whether reviewers read the answer; else the programme team alone. */
  readonly isForReviewers: boolean;
  /** How many signs an answer may have, of a line or a text. */
  readonly most: number;
}

/** What proposals are judged by: each 1 to 5, and how heavy it counts. */
export interface Criterion {
  readonly key: string;
  readonly label: Text;
  readonly hint: Text;
  readonly weight: number;
}

/** What a team says about its call. */
export interface CallText {
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly text: Text;
  readonly questions: readonly Question[];
  readonly criteria: readonly Criterion[];
  /** Whether reviewers read without names of people and organisations. */
  readonly isAnonymous: boolean;
  readonly reviewsEach: number;
  readonly reviewUntil: Date | null;
}

/** The invitation to propose sessions for an edition. */
export interface Call extends CallText {
  readonly edition: EditionId;
  /** Goes up with each change. */
  readonly revision: number;
}

export type CallState = 'none' | 'not-yet' | 'open' | 'closed';

export function callState(call: Pick<Call, 'opensAt' | 'closesAt'> | null, now: Date): CallState {
  if (call === null) return 'none';
  if (now < call.opensAt) return 'not-yet';
  return now < call.closesAt ? 'open' : 'closed';
}

export const limits = { questions: 30, criteria: 12, options: 20, weight: 10, line: 200, text: 2000 } as const;

const hour = 3_600_000;
/** How long there still is, in the largest unit that says enough. */
export function timeLeft(until: Date, now: Date): { readonly unit: 'days' | 'hours' | 'minutes'; readonly count: number } {
  const left = Math.max(0, until.getTime() - now.getTime());
  if (left >= 48 * hour) return { unit: 'days', count: Math.floor(left / (24 * hour)) };
  if (left >= 2 * hour) return { unit: 'hours', count: Math.floor(left / hour) };
  return { unit: 'minutes', count: Math.max(1, Math.floor(left / 60_000)) };
}
