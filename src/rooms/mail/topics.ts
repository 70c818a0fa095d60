// About what somebody hears, and how often: at once, once a day together, or not at all. What somebody must know in time
// is not among it: codes, offers with a term, cancellations and what protects an account always come at once.
import type { Kind } from './kinds.ts';

export const topics = ['changes', 'mailings', 'tomorrow'] as const;
export type Topic = (typeof topics)[number];
export const oftens = ['at-once', 'daily', 'never'] as const;
export type Often = (typeof oftens)[number];
export type Choices = Readonly<Record<Topic, Often>>;

const topicsByKind: Partial<Readonly<Record<Kind, Topic>>> = {
  'seat-moved-up': 'changes',
  'seat-offer-expired': 'changes',
  'seat-placed': 'changes',
  'seat-removed': 'changes',
  'session-changed': 'changes',
  mailing: 'mailings',
  'sessions-tomorrow': 'tomorrow',
};
/** Null: it always comes at once. */
export const topicOf = (kind: Kind): Topic | null => topicsByKind[kind] ?? null;

/** What somebody can end with one press: the letters of a team, the reminder, or whatever comes together once a day. */
export type Ending = 'mailings' | 'tomorrow' | 'digest';
export const endingOf = (kind: Kind): Ending | null =>
  kind === 'digest' ? 'digest' : kind === 'mailing' ? 'mailings' : kind === 'sessions-tomorrow' ? 'tomorrow' : null;

/** Which choices change when somebody ends something. */
export const endedBy = (ending: Ending, choices: Choices): readonly Topic[] =>
  ending === 'digest' ? topics.filter((topic) => choices[topic] === 'daily') : [ending];

// Why a letter did not leave, as the outbox keeps it.
export const unwanted = 'they want none of these';
export const unreachable = 'mail does not arrive there';
