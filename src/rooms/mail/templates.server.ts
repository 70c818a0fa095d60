// The words of a team for a kind of letter: changed, looked at beside those of the house, and taken back.
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Language, Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { formOf, type Changeable } from './forms.ts';
import * as queries from './template-queries.server.ts';
import { problemsIn, type Wording, type WordingProblems } from './wording.ts';

export interface Template {
  readonly kind: Changeable;
  readonly language: Language;
  /** Null: the words of the house. */
  readonly wording: Wording | null;
  /** Whether one press brings back what stood here before. */
  readonly hasBefore: boolean;
  readonly revision: number;
  readonly changedAt: Date | null;
}

/** Whose words they are: of an edition, or null for the whole installation. */
type Of = EditionId | null;

export const templatesOf = ({ db }: Visit, of: Of): Promise<readonly Template[]> => queries.templatesOf(db, of);

export const template = async ({ db }: Visit, of: Of, kind: Changeable, language: Language): Promise<Template> =>
  (await queries.template(db, of, kind, language)) ?? { kind, language, wording: null, hasBefore: false, revision: 0, changedAt: null };

/** Puts a letter in other words. Who began with an older revision hears so, and nothing is saved. */
export const putInWords = (
  visit: Visit,
  of: Of,
  { kind, language, revision }: Pick<Template, 'kind' | 'language' | 'revision'>,
  wording: Wording,
): Promise<void | { readonly problems: WordingProblems } | Refusal<'changed-meanwhile'>> =>
  atOnce(visit, async (visit) => {
    const problems = problemsIn(wording, formOf(kind));
    if (Object.keys(problems).length > 0) return { problems };
    return change(visit, of, { kind, language }, 'template-changed', () =>
      queries.write(visit.db, newId(visit.now), { of, kind, language, revision }, wording, visit),
    );
  });

/** The words of the house again; what stood there is kept for who wants it back. */
export const restoreWords = (
  visit: Visit,
  of: Of,
  which: Pick<Template, 'kind' | 'language' | 'revision'>,
): Promise<void | Refusal<'changed-meanwhile'>> =>
  atOnce(visit, (visit) =>
    change(visit, of, which, 'template-restored', () => queries.write(visit.db, newId(visit.now), { of, ...which }, null, visit)),
  );

/** What stood there before the last change. */
export const takeBackWords = (
  visit: Visit,
  of: Of,
  which: Pick<Template, 'kind' | 'language' | 'revision'>,
): Promise<void | Refusal<'changed-meanwhile'>> =>
  atOnce(visit, (visit) => change(visit, of, which, 'template-changed', () => queries.swap(visit.db, { of, ...which }, visit)));

async function change(
  visit: Visit,
  of: Of,
  { kind, language }: Pick<Template, 'kind' | 'language'>,
  what: 'template-changed' | 'template-restored',
  act: () => Promise<boolean>,
): Promise<void | Refusal<'changed-meanwhile'>> {
  if (!(await act())) return { refused: 'changed-meanwhile' };
  await record(visit, { what, edition: of, details: { names: [kind], language } });
}
