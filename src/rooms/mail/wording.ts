// The words of a letter as data: sentences with holes. A hole is a name between braces, from the list that the kind of
// letter allows; nothing else in the text is looked at, whoever wrote it.
import { holeIn, holesOf, type Form } from './forms.ts';
import type { Block } from './letter.ts';

/** What a team writes: one line, and paragraphs with an empty line between them. */
export interface Wording {
  readonly subject: string;
  readonly body: string;
}

/** What fills a hole: words within a sentence, or parts of a letter for a hole on a line of its own. */
export interface Value {
  readonly text?: string;
  readonly blocks?: readonly Block[];
}
export type Filling = Readonly<Record<string, Value>>;

export interface Filled {
  readonly subject: string;
  readonly blocks: readonly Block[];
}

/** The letter that these words become. A hole that nothing fills stays what it is: text. */
export const fill = ({ subject, body }: Wording, filling: Filling): Filled => ({
  subject: inline(subject, filling),
  blocks: paragraphsOf(body).flatMap((paragraph): readonly Block[] => {
    const hole = holeIn(paragraph);
    return (hole !== null && filling[hole]?.blocks) || [{ is: 'text', text: inline(paragraph, filling) }];
  }),
});

const inline = (text: string, filling: Filling): string => text.replace(holePattern, (whole, name: string) => filling[name]?.text ?? whole);
const holePattern = /\{([^{}\n]{1,40})\}/g;

export const paragraphsOf = (body: string): string[] =>
  body
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');

/** By field, the name of the problem and what it is about. */
export type WordingProblems = { readonly [field in keyof Wording]?: { readonly name: string; readonly hole: string } };

/** What is wrong with words for a kind of letter; nothing when they can be used. */
export function problemsIn({ subject, body }: Wording, form: Pick<Form, 'parts' | 'needs' | 'values'>): WordingProblems {
  const inSubject = subject === '' ? { name: 'letter-subject-missing', hole: '' } : wrongIn([subject], form, false);
  const inBody = body.trim() === '' ? { name: 'letter-body-missing', hole: '' } : (wrongIn(paragraphsOf(body), form, true) ?? missingIn(body, form));
  return { ...(inSubject && { subject: inSubject }), ...(inBody && { body: inBody }) };
}

function wrongIn(paragraphs: readonly string[], form: Pick<Form, 'parts' | 'values'>, mayBeParts: boolean): { name: string; hole: string } | null {
  for (const paragraph of paragraphs)
    for (const [hole, name = ''] of paragraph.matchAll(holePattern)) {
      if (!holesOf(form).includes(name)) return { name: 'letter-hole-unknown', hole };
      const isAlone = mayBeParts && paragraph === hole;
      if (!isAlone && !form.values.includes(name)) return { name: mayBeParts ? 'letter-hole-alone' : 'letter-hole-not-in-subject', hole };
    }
  return paragraphs.some((paragraph) => /[{}]/.test(paragraph.replace(holePattern, ''))) ? { name: 'letter-brace', hole: '' } : null;
}

function missingIn(body: string, { needs }: Pick<Form, 'needs'>): { name: string; hole: string } | null {
  const missing = needs.find((name) => !body.includes(`{${name}}`));
  return missing === undefined ? null : { name: 'letter-hole-missing', hole: `{${missing}}` };
}
