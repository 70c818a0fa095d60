// Which letters a team can put in other words, what may stand in them, and what they say by default. What protects an
// account says what the house says: nobody can soften it.
import { allSheets, type Sentence, type Word } from '#words';
import type { Language } from '#ground/visit.ts';
import type { Wording } from './wording.ts';

export type Hole = `{${string}}`;

export interface Form {
  /** Whose words they are: of the team of an edition, or of the administrators for the whole installation. */
  readonly of: 'edition' | 'house';
  readonly subject: Word;
  /** Paragraphs: a sentence of the house, or a hole on a line of its own. */
  readonly body: readonly (Word | Hole)[];
  /** Holes that stand within a sentence. */
  readonly values: readonly string[];
  /** Holes on a line of their own. */
  readonly parts: readonly string[];
  /** Without these the letter would be of no use. */
  readonly needs: readonly string[];
}

const aboutSession = (subject: Word, body: readonly (Word | Hole)[], more: Pick<Form, 'values' | 'needs'> = { values: [], needs: [] }): Form => ({
  of: 'edition',
  subject,
  body: ['mail.hello', ...body, 'mail.regards'],
  values: ['title', 'name', ...more.values],
  parts: body.flatMap((one) => holeIn(one) ?? []),
  needs: ['session', ...more.needs],
});

export const forms = {
  'sign-in-code': {
    of: 'house',
    subject: 'mail.codeSubject',
    body: ['mail.hello', 'mail.codeLead', '{code}', 'mail.codeUse', '{link}', 'mail.codeNotYou', 'mail.regards'],
    values: ['code', 'minutes'],
    parts: ['code', 'link'],
    needs: ['code', 'link'],
  },
  'account-unused': {
    of: 'house',
    subject: 'mail.unusedSubject',
    body: ['mail.hello', 'mail.unused', '{link}', 'mail.unusedElse', 'mail.regards'],
    values: ['count'],
    parts: ['link'],
    needs: ['count', 'link'],
  },
  'registration-confirmed': {
    of: 'edition',
    subject: 'mail.confirmedSubject',
    body: ['mail.hello', 'mail.confirmedLead', '{sessions}', '{waiting}', '{link}', 'mail.confirmedChange', 'mail.regards'],
    values: ['name', 'count'],
    parts: ['sessions', 'waiting', 'link'],
    needs: ['sessions'],
  },
  'wishes-confirmed': {
    of: 'edition',
    subject: 'mail.drawnSubject',
    body: ['mail.hello', '{results}', '{link}', '{how}', 'mail.drawnMore', 'mail.regards'],
    values: ['name'],
    parts: ['results', 'link', 'how'],
    needs: ['results'],
  },
  'seat-moved-up': aboutSession('mail.movedUpSubject', ['mail.movedUp', '{session}', '{link}', 'mail.movedUpNot']),
  'seat-offered': aboutSession('mail.offeredSubject', ['mail.offered', '{session}', '{overlap}', '{link}', 'mail.offeredElse'], {
    values: ['until'],
    needs: ['until', 'link'],
  }),
  'seat-offer-expired': aboutSession('mail.expiredSubject', ['mail.expired', '{session}', '{link}']),
  'seat-placed': aboutSession('mail.placedSubject', ['mail.placed', '{session}', '{link}', 'mail.movedUpNot']),
  'seat-removed': aboutSession('mail.removedSubject', ['mail.removed', '{session}', 'mail.removedAsk', '{link}']),
  'session-changed': aboutSession('mail.changedSubject', ['mail.changed', '{session}', '{link}', 'mail.changedNot']),
  'session-cancelled': aboutSession('mail.cancelledSubject', ['mail.cancelled', '{session}', '{link}']),
  'sessions-tomorrow': {
    of: 'edition',
    subject: 'mail.tomorrowSubject',
    body: ['mail.hello', 'mail.tomorrow', '{sessions}', '{link}', 'mail.movedUpNot', 'mail.regards'],
    values: ['name', 'count'],
    parts: ['sessions', 'link'],
    needs: ['sessions'],
  },
} as const satisfies Readonly<Record<string, Form>>;
export type Changeable = keyof typeof forms;
export const changeables = Object.keys(forms) as readonly Changeable[];
export const formOf = (kind: Changeable): Form => forms[kind];
export const isChangeable = (kind: string): kind is Changeable => kind in forms;

/** What a team may write to a group: there is nothing that must be in it. */
export const formOfMailing = (isAboutSession: boolean): Pick<Form, 'values' | 'parts' | 'needs'> => ({
  values: ['name', ...(isAboutSession ? ['title'] : [])],
  parts: ['programme', 'link', ...(isAboutSession ? ['session'] : [])],
  needs: [],
});

export const holesOf = ({ values, parts }: Pick<Form, 'values' | 'parts'>): readonly string[] => [...new Set([...values, ...parts])];

/** The hole that a line is, when it is nothing else. */
export function holeIn(line: string): string | null {
  return /^\{([^{}\n]{1,40})\}$/.exec(line)?.[1] ?? null;
}

/** What the house says, as a team finds it in the field to change. */
export const wordingOfHouse = (kind: Changeable, language: Language): Wording => {
  const { subject, body } = formOf(kind);
  return { subject: plainly(language, subject), body: body.map((one) => (holeIn(one) === null ? plainly(language, one) : one)).join('\n\n') };
};

function plainly(language: Language, word: string): string {
  const [sheet = '', name = ''] = word.split('.');
  const found: Sentence | undefined = allSheets[language][sheet]?.[name];
  return typeof found === 'string' ? found : (found?.other ?? word);
}
