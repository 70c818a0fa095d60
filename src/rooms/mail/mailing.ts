// A letter of a team to a group of its edition, written once in both languages and filled in for each.
import { languages, type Language } from '#ground/visit.ts';
import { formOfMailing } from './forms.ts';
import { problemsIn, type Wording } from './wording.ts';

export const audiences = ['participants', 'few', 'hosts', 'proposers', 'session'] as const;
export type Audience = (typeof audiences)[number];

export interface Draft {
  readonly audience: Audience;
  /** The code of the session whose participants it is for. */
  readonly session: string | null;
  readonly wordings: Readonly<Record<Language, Wording>>;
}

/** Where it is: being written, ready to leave, leaving, stopped on its way, or done. */
export type Stage = 'draft' | 'leaving' | 'stopped' | 'left';

export interface Counts {
  readonly waiting: number;
  readonly left: number;
  readonly dropped: number;
}

export const stageOf = ({ releasedAt, stoppedAt, counts }: { releasedAt: Date | null; stoppedAt: Date | null; counts: Counts }): Stage =>
  releasedAt === null ? 'draft' : counts.waiting === 0 ? 'left' : stoppedAt === null ? 'leaving' : 'stopped';

export type DraftProblems = Readonly<Record<string, { readonly name: string; readonly hole: string }>>;

/** By field: `subject-nl`, `body-en`, `session`. */
export function problemsInDraft({ audience, session, wordings }: Draft): DraftProblems {
  const form = formOfMailing(audience === 'session');
  const inWords = languages.flatMap((language) =>
    Object.entries(problemsIn(wordings[language], form)).map(([field, problem]) => [`${field}-${language}`, problem] as const),
  );
  const noSession = audience === 'session' && session === null ? [['session', { name: 'mailing-session-missing', hole: '' }] as const] : [];
  return Object.fromEntries([...noSession, ...inWords]);
}
