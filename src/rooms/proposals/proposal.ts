import type { Id, PersonId } from '#ground/id.ts';
import type { Problems } from '#ground/problem.ts';
import type { Text } from '#ground/text.ts';
import type { Capacity, Format, Level, State, Visibility } from '#rooms/programme/session.ts';
import type { Call, CallState, Question } from './call.ts';

export type InvitationId = Id<'proposer invitation'>;
export type Decision = 'accept' | 'waitlist' | 'decline';

/** By the key of a question; of a choice the key of the option, of a yes or no 'yes' or 'no'. */
export type Answers = Readonly<Record<string, string>>;

/** What proposers write, whole or half. */
export interface Content {
  readonly title: Text;
  readonly summary: Text;
  readonly description: Text;
  /** Slugs, the main theme first. */
  readonly themes: readonly string[];
  /** Slugs, the leading organisation first. */
  readonly organisations: readonly string[];
  readonly speakers: readonly string[];
  readonly format: Format;
  readonly level: Level | null;
  readonly languages: readonly string[];
  readonly visibility: Visibility;
  /** How long it takes. */
  readonly minutes: number | null;
  /** 0 is not offered, null without limit; both 0 while nobody chose. */
  readonly capacity: Capacity;
  readonly answers: Answers;
  /** For the committee alone. */
  readonly note: string;
}

export interface Proposer {
  readonly person: PersonId;
  readonly email: string;
  /** The slug of the organisation they work for. */
  readonly organisation: string | null;
}

/** Somebody who was asked to propose it too, and has not answered. */
export interface Invitation {
  readonly id: InvitationId;
  readonly email: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** A session in one of its first states, with what only the call asks. */
export interface Proposal extends Content {
  readonly code: string;
  /** The slug of its edition. */
  readonly edition: string;
  readonly state: State;
  readonly submittedAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** To proposers only what was told them. */
  readonly decision: Decision | null;
  readonly decisionText: string | null;
  readonly releasedAt: Date | null;
  /** The code of the session that it was taken over from. */
  readonly copiedFrom: string | null;
  readonly updatedAt: Date;
  /** Goes up with each edit. */
  readonly revision: number;
  readonly proposers: readonly Proposer[];
  readonly invitations: readonly Invitation[];
}

// Where it stands

export const standings = ['draft', 'submitted', 'withdrawn', 'accepted', 'waitlisted', 'declined'] as const;
/** As its proposers know it: what is decided and not told is not decided. */
export type Standing = (typeof standings)[number];
const told = { accept: 'accepted', waitlist: 'waitlisted', decline: 'declined' } as const;

export function standingOf(it: Pick<Proposal, 'submittedAt' | 'withdrawnAt' | 'decision' | 'releasedAt'>): Standing {
  if (it.withdrawnAt !== null) return 'withdrawn';
  if (it.releasedAt !== null && it.decision !== null) return told[it.decision];
  return it.submittedAt === null ? 'draft' : 'submitted';
}

export const steps = ['write', 'submit', 'withdraw', 'reopen'] as const;
export type Step = (typeof steps)[number];
export type WhyNot = 'call-not-open' | 'call-closed' | 'proposal-decided' | 'proposal-is-withdrawn' | 'proposal-not-withdrawn';

/** Why a step cannot be taken now; null when it can. Withdrawing, and taking that back, is not bound to the deadline. */
export function whyNot(step: Step, standing: Standing, call: CallState, wasSubmitted = false): WhyNot | null {
  if (standing === 'accepted' || standing === 'waitlisted' || standing === 'declined') return 'proposal-decided';
  if (step === 'withdraw') return null;
  if (step === 'reopen') {
    if (standing !== 'withdrawn') return 'proposal-not-withdrawn';
    return wasSubmitted ? null : whyClosed(call);
  }
  return standing === 'withdrawn' ? 'proposal-is-withdrawn' : whyClosed(call);
}

const whyClosed = (call: CallState): 'call-not-open' | 'call-closed' | null =>
  call === 'open' ? null : call === 'closed' ? 'call-closed' : 'call-not-open';

/** Where a proposal stands after a step that could be taken; who withdrew what was submitted and takes that back, has it submitted. */
export function after(step: Step, standing: Standing, wasSubmitted: boolean): Standing {
  if (step === 'withdraw') return 'withdrawn';
  if (step === 'submit') return 'submitted';
  return step === 'reopen' ? (wasSubmitted ? 'submitted' : 'draft') : standing;
}

/** The state that its session has. */
export const stateIn = (standing: 'draft' | 'submitted' | 'withdrawn'): 'draft' | 'submitted' => (standing === 'submitted' ? 'submitted' : 'draft');

// What it says

export const limits = {
  title: 140,
  summary: 300,
  description: 5000,
  speakers: 20,
  speaker: 120,
  note: 2000,
  organisations: 6,
  themes: 6,
  languages: 6,
  least: 5,
  most: 1440,
  proposers: 10,
  /** Of one person in one edition. */
  proposals: 30,
} as const;

export const emptyContent = (title: Text): Content => ({
  title,
  summary: {},
  description: {},
  themes: [],
  organisations: [],
  speakers: [],
  format: 'workshop',
  level: null,
  languages: [],
  visibility: 'public',
  minutes: null,
  capacity: { onSite: 0, online: 0 },
  answers: {},
  note: '',
});

/** What is missing before it can be submitted: field to problem; an answer's field is `answer-` and its key. */
export function missingIn(content: Content, call: Pick<Call, 'questions'>): Problems {
  // One language in which all of it can be read.
  const whole = Object.keys(content.title).some((tag) => said(content.title, tag) && said(content.summary, tag) && said(content.description, tag));
  return {
    ...(!anything(content.title) && { title: 'proposal-title-missing' }),
    ...(!whole && !anything(content.summary) && { summary: 'proposal-summary-missing' }),
    ...(!whole && !anything(content.description) && { description: 'proposal-description-missing' }),
    ...(!whole && anything(content.title) && anything(content.summary) && anything(content.description) && { title: 'proposal-no-whole-language' }),
    ...(content.themes.length === 0 && { themes: 'proposal-theme-missing' }),
    ...(content.organisations.length === 0 && { organisation: 'proposal-organisation-missing' }),
    ...(content.languages.length === 0 && { languages: 'proposal-language-missing' }),
    ...(content.minutes === null && { minutes: 'proposal-minutes-missing' }),
    ...(content.capacity.onSite === 0 && content.capacity.online === 0 && { where: 'proposal-where-missing' }),
    ...Object.fromEntries(call.questions.flatMap((question) => missingAnswer(question, content.answers))),
  };
}

const missingAnswer = ({ key, isRequired, kind }: Question, answers: Answers): [string, string][] =>
  isRequired && (answers[key] ?? '') === '' ? [[`answer-${key}`, kind === 'line' || kind === 'text' ? 'answer-missing' : 'choice-missing']] : [];

const said = (text: Text, tag: string): boolean => (text[tag] ?? '').trim() !== '';
const anything = (text: Text): boolean => Object.keys(text).some((tag) => said(text, tag));

/** The answers that a call asks for, each as long as it may be; what it does not ask is left out. */
export const answersTo = (questions: readonly Question[], given: Answers): Answers =>
  Object.fromEntries(questions.flatMap((question) => answered(question, (given[question.key] ?? '').trim())));

function answered({ key, kind, options, most }: Question, given: string): [string, string][] {
  if (given === '') return [];
  if (kind === 'choice') return options.some((option) => option.key === given) ? [[key, given]] : [];
  if (kind === 'yes-no') return given === 'yes' || given === 'no' ? [[key, given]] : [];
  return [[key, given.slice(0, most)]];
}
