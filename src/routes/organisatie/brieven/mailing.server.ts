// What is typed about a letter to a group, and what comes of it.
import { fail } from '@sveltejs/kit';
import { languages, type Visit } from '#ground/visit.ts';
import * as mail from '#rooms/mail';
import { audiences, problemsInDraft, type Draft, type DraftProblems } from '#rooms/mail/mailing.ts';
import type { Edition } from '#rooms/programme/edition.ts';
import { fieldIn } from '#ui/field.ts';

export interface TypedMailing {
  readonly typed: Readonly<Record<string, string>>;
  readonly draft: Draft;
  readonly revision: number;
}

export function mailingIn(form: FormData): TypedMailing {
  const names = ['audience', 'session', 'email', ...languages.flatMap((language) => [`subject-${language}`, `body-${language}`])];
  const typed = Object.fromEntries(names.map((name) => [name, fieldIn(form, name, name.startsWith('body') ? 6000 : 200)]));
  const audience = audiences.find((one) => one === typed['audience']) ?? 'participants';
  const wording = (language: string) => ({ subject: typed[`subject-${language}`] ?? '', body: typed[`body-${language}`] ?? '' });
  const session = audience === 'session' ? (typed['session'] ?? '').toUpperCase() || null : null;
  return {
    typed,
    draft: { audience, session, wordings: { nl: wording('nl'), en: wording('en') } },
    revision: Number(fieldIn(form, 'revision', 9)) || 0,
  };
}

/** The letter as somebody of the edition would read it, in both languages. */
export async function looked(visit: Visit, edition: Edition, { typed, draft, revision }: TypedMailing) {
  const problems = problemsInDraft(draft);
  if (Object.keys(problems).length > 0) return unfit({ typed, revision }, problems);
  const email = typed['email'] ?? '';
  const previews = await Promise.all(
    languages.map(async (language) => ({ in: language, ...(await mail.previewMailing(visit, edition, { draft, language, email })) })),
  );
  return { typed, revision, previews, count: await mail.reach(visit, edition, draft.audience, draft.session) };
}

export const unfit = (kept: { readonly typed: TypedMailing['typed']; readonly revision: number }, problems: DraftProblems) =>
  fail(400, { ...kept, problems });
