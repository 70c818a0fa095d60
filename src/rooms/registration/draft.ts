import type { Problems } from '#ground/problem.ts';
import { hasProblems } from '#ground/problem.ts';
import { readEmail } from '#rooms/identity/email.ts';
import { hasStarted, type Attendance, type Session } from '#rooms/programme/session.ts';

/** The six steps of the guide, by their addresses. */
export const steps = ['1-vraag', '2-themas', '3-wanneer', '4-voorstel', '5-wie-ben-je', '6-overzicht'] as const;
export type Step = (typeof steps)[number];
export type Form = Pick<FormData, 'get' | 'getAll'>;
/** The steps that are filled in; the proposal is changed, the overview is confirmed. */
export type FilledIn = '1-vraag' | '2-themas' | '3-wanneer' | '5-wie-ben-je';

export const parts = ['morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof parts)[number];
export const ways = ['either', 'online', 'onSite'] as const;
export type Way = (typeof ways)[number];

/** When somebody can come; an empty list is no preference. */
export interface When {
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly parts: readonly PartOfDay[];
  /** Days on which it is not possible, as YYYY-MM-DD. */
  readonly notOn: readonly string[];
}

export interface Answers extends When {
  readonly question: string;
  readonly themes: readonly string[];
  readonly way: Way;
  readonly languages: readonly string[];
  readonly email: string;
  readonly organisation: string | null;
  readonly accessNeeds: string;
  /** Said yes to our keeping what they need. */
  readonly agreed: boolean;
}

export interface Reason {
  readonly code: string;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
}

/** A session somebody is about to choose. */
export interface Choice {
  readonly session: string;
  readonly as: 'fit' | 'surprise' | 'own';
  readonly attendance: Attendance | null;
  readonly reasons: readonly Reason[];
}

/** How many are still to be looked for. */
export interface Wanted {
  readonly fits: number;
  readonly surprises: number;
}

/** The last thing done to the proposal; while `before` is there, it can be undone. */
export interface Change {
  readonly what: 'swapped' | 'removed' | 'added' | 'none-left' | 'undone';
  readonly gone: string | null;
  readonly came: string | null;
  readonly before: { readonly choices: readonly Choice[]; readonly not: readonly string[] } | null;
}

/** A choice that the house took away, and why. */
export interface Loss {
  readonly session: string;
  readonly why: 'session-cancelled' | 'session-started' | 'not-when-you-can';
}

/** What became of a choice when it was confirmed; a wish where places are shared out later. */
export interface Outcome {
  readonly session: string;
  readonly standing: 'held' | 'offered' | 'waiting' | 'wished' | 'refused';
  readonly position: number | null;
  readonly refused: string | null;
}

/** What somebody has told the guide so far. */
export interface Draft {
  /** Counts the changes, so that a second tab knows that it is behind. */
  readonly version: number;
  readonly seed: number;
  /** The number of the furthest step that is open, 1 to 6. */
  readonly reached: number;
  readonly answers: Answers;
  readonly choices: readonly Choice[];
  readonly wanted: Wanted;
  /** Sessions that were swapped away or taken out. */
  readonly not: readonly string[];
  readonly last: Change | null;
  readonly losses: readonly Loss[];
  readonly outcomes: readonly Outcome[];
}

export const noAnswers: Answers = {
  question: '',
  themes: [],
  weekdays: [],
  parts: [],
  notOn: [],
  way: 'either',
  languages: [],
  email: '',
  organisation: null,
  accessNeeds: '',
  agreed: false,
};

export const begin = (seed: number, wanted: Wanted): Draft => ({
  version: 0,
  seed,
  reached: 1,
  answers: noAnswers,
  choices: [],
  wanted,
  not: [],
  last: null,
  losses: [],
  outcomes: [],
});

/** What somebody filled in at a step, or what is wrong with it. */
export function readForm(step: FilledIn, form: Form): { readonly said: Partial<Answers> } | { readonly problems: Problems } {
  const said = read[step](form);
  const problems = whyNot(said);
  return hasProblems(problems) ? { problems } : { said };
}

/** A step filled in: its own answers only, so that a tab that is behind never undoes another one's. */
export function apply(draft: Draft, step: FilledIn, said: Partial<Answers>, rules: Wanted): Draft {
  const answers = { ...draft.answers, ...said };
  const next: Draft = { ...draft, version: draft.version + 1, answers, reached: Math.max(draft.reached, numberOf(step) + 1) };
  return step === '1-vraag' || step === '2-themas' ? askedAnew(draft, next, rules) : next;
}

/** A sixth of a page; longer is not read by the composing either. */
export const longest = { question: 500, accessNeeds: 500 } as const;

function whyNot(said: Partial<Answers>): Problems {
  return {
    ...((said.question ?? '').length > longest.question && { question: 'question-too-long' }),
    ...((said.accessNeeds ?? '').length > longest.accessNeeds && { accessNeeds: 'access-needs-too-long' }),
    ...((said.accessNeeds ?? '') !== '' && !said.agreed && { agreed: 'consent-missing' }),
    ...(said.email !== undefined && whyNotEmail(said.email)),
  };
}

function whyNotEmail(email: string): Problems {
  if (email === '') return { email: 'email-missing' };
  return readEmail(email) === null ? { email: 'email-not-an-address' } : {};
}

/** Another question or other themes: what was proposed is looked for again, what somebody chose stays. */
function askedAnew(before: Draft, next: Draft, rules: Wanted): Draft {
  const same = before.answers.question === next.answers.question && before.answers.themes.join() === next.answers.themes.join();
  return same ? next : { ...next, choices: next.choices.filter(({ as }) => as === 'own'), wanted: rules, not: [], last: null, losses: [] };
}

/** Takes out what can no longer be followed and asks for as many others; the rest stays as it is. `suits` says whether a session is at a time that suits. */
export function settle(draft: Draft, sessions: ReadonlyMap<string, Session>, now: Date, suits: (session: Session) => boolean): Draft {
  const losses = draft.choices.flatMap((choice) => {
    const why = whyLost(choice, sessions.get(choice.session), now, suits);
    return why === null ? [] : [{ session: choice.session, why, as: choice.as }];
  });
  if (losses.length === 0) return draft;
  return {
    ...draft,
    choices: draft.choices.filter(({ session }) => !losses.some((loss) => loss.session === session)),
    wanted: {
      fits: draft.wanted.fits + losses.filter(({ as }) => as === 'fit').length,
      surprises: draft.wanted.surprises + losses.filter(({ as }) => as === 'surprise').length,
    },
    last: null,
    losses: losses.map(({ session, why }) => ({ session, why })),
  };
}

function whyLost(choice: Choice, session: Session | undefined, now: Date, suits: (session: Session) => boolean): Loss['why'] | null {
  if (!session || session.state === 'cancelled') return 'session-cancelled';
  if (hasStarted(session, now)) return 'session-started';
  return choice.as === 'own' || suits(session) ? null : 'not-when-you-can';
}

/** Without what stands in somebody's programme already; nothing else comes in its place. */
export function leaveOut(draft: Draft, codes: readonly string[]): Draft {
  const left = draft.choices.filter(({ session }) => !codes.includes(session));
  return left.length === draft.choices.length ? draft : { ...draft, choices: left, last: null };
}

/** What was found takes its place; what was not found is not looked for again. */
export function fill(draft: Draft, found: readonly Choice[]): Draft {
  const isNew = ({ session }: Choice, at: number) =>
    !has(draft, session) && !draft.not.includes(session) && found.findIndex((other) => other.session === session) === at;
  return { ...draft, choices: [...draft.choices, ...found.filter(isNew)], wanted: { fits: 0, surprises: 0 } };
}

/** One out, another of the same kind in its place; null when there is no other. */
export function swap(draft: Draft, gone: string, found: Choice | null): Draft {
  if (!has(draft, gone)) return draft;
  const came = found !== null && !has(draft, found.session) ? found : null;
  if (came === null) return changed(draft, { what: 'none-left', gone, came: null }, {});
  return changed(
    draft,
    { what: 'swapped', gone, came: came.session },
    {
      choices: draft.choices.map((choice) => (choice.session === gone ? came : choice)),
      not: [...draft.not.filter((code) => code !== came.session), gone],
    },
  );
}

export function remove(draft: Draft, gone: string): Draft {
  if (!has(draft, gone)) return draft;
  return changed(
    draft,
    { what: 'removed', gone, came: null },
    { choices: draft.choices.filter(({ session }) => session !== gone), not: [...draft.not, gone] },
  );
}

/** One more; null when nothing was found. */
export function add(draft: Draft, found: Choice | null): Draft {
  if (found === null) return changed(draft, { what: 'none-left', gone: null, came: null }, {});
  if (has(draft, found.session)) return draft;
  return changed(
    draft,
    { what: 'added', gone: null, came: found.session },
    { choices: [...draft.choices, found], not: draft.not.filter((code) => code !== found.session) },
  );
}

/** Takes back the last change, once. */
export function undo(draft: Draft): Draft {
  const { last } = draft;
  if (last === null || last.before === null) return draft;
  return { ...draft, version: draft.version + 1, ...last.before, last: { what: 'undone', gone: last.came, came: last.gone, before: null } };
}

function changed(draft: Draft, change: Omit<Change, 'before'>, next: Partial<Draft>): Draft {
  const before = change.what === 'none-left' ? null : { choices: draft.choices, not: draft.not };
  return { ...draft, ...next, version: draft.version + 1, last: { ...change, before }, losses: [] };
}

/** After confirming, a new round: the answers stay, what was confirmed stands in the programme. */
export const reopen = (draft: Draft, wanted: Wanted): Draft => ({
  ...begin(draft.seed + 1, wanted),
  version: draft.version + 1,
  reached: 4,
  answers: draft.answers,
});

/** So many more are looked for; what was chosen stays. */
export const lookFor = (draft: Draft, { fits, surprises }: Wanted): Draft => ({
  ...draft,
  version: draft.version + 1,
  reached: Math.max(draft.reached, 4),
  wanted: { fits, surprises },
  last: null,
});

/** After confirming: the address and the access needs are known elsewhere now and need not be kept here. */
export const confirmed = (draft: Draft, outcomes: readonly Outcome[]): Draft => ({
  ...draft,
  version: draft.version + 1,
  answers: { ...draft.answers, email: '', accessNeeds: '', agreed: false },
  last: null,
  losses: [],
  outcomes,
});

export const reach = (draft: Draft, step: Step): Draft => (draft.reached >= numberOf(step) ? draft : { ...draft, reached: numberOf(step) });

export const has = (draft: Pick<Draft, 'choices'>, session: string): boolean => draft.choices.some((choice) => choice.session === session);
export const numberOf = (step: Step): number => steps.indexOf(step) + 1;
/** Which step stands at an address; null for the pages around them. */
export const stepAt = (path: string): Step | null => steps.find((step) => path === `/aanmelden/${step}`) ?? null;

const read: Record<FilledIn, (form: Form) => Partial<Answers>> = {
  // An example and 'surprise me' are buttons: whoever presses one means that, whatever stands in the field.
  '1-vraag': (form) => ({ question: form.get('surprise') === null ? words(form.get('example')) || words(form.get('question')) : '' }),
  '2-themas': (form) => ({ themes: several(form, 'themes') }),
  '3-wanneer': (form) => ({
    weekdays: several(form, 'weekdays')
      .map(Number)
      .filter((day) => day >= 1 && day <= 7),
    parts: parts.filter((part) => several(form, 'parts').includes(part)),
    notOn: several(form, 'notOn').filter((day) => /^\d{4}-\d\d-\d\d$/.test(day)),
    way: ways.find((way) => way === form.get('way')) ?? 'either',
    languages: several(form, 'languages').slice(0, 20),
  }),
  '5-wie-ben-je': (form) => ({
    ...(form.get('email') !== null && { email: words(form.get('email')) }),
    organisation: words(form.get('organisation')) || null,
    accessNeeds: words(form.get('accessNeeds')),
    agreed: form.get('agreed') === 'yes',
  }),
};

const words = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value.replaceAll('\u0000', '').trim() : '');
const several = (form: Form, name: string): string[] =>
  [...new Set(form.getAll(name).filter((value) => typeof value === 'string' && value.length <= 100))].map(String).slice(0, 400);
