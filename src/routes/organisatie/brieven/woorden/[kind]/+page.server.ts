import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { languages, type Language } from '#ground/visit.ts';
import { may } from '#rooms/identity/access.ts';
import * as mail from '#rooms/mail';
import { formOf, holesOf, isChangeable, wordingOfHouse } from '#rooms/mail/forms.ts';
import { problemsIn, type Wording } from '#rooms/mail/wording.ts';
import { fieldIn } from '#ui/field.ts';
import { notHere } from '../../../../not-here.server.ts';
import { leader } from '../../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The words of one kind of letter, in both languages, beside those of the house. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition, kind, of } = entered(event);
  const form = formOf(kind);
  const texts = await Promise.all(
    languages.map(async (language) => {
      const { wording, revision, hasBefore } = await mail.template(visit, of, kind, language);
      return { language, wording: wording ?? wordingOfHouse(kind, language), isOwn: wording !== null, revision, hasBefore };
    }),
  );
  const done = (['bewaard', 'hersteld', 'terug'] as const).find((one) => one === event.url.searchParams.get('gedaan')) ?? null;
  return { edition, kind, texts, holes: holesOf(form), needs: form.needs, isForAll: of === null, done };
};

export const actions: Actions = {
  bekijk: async (event) => {
    const { visit, edition, kind } = entered(event);
    const { language, wording, revision, email } = typedIn(await event.request.formData());
    const problems = problemsIn(wording, formOf(kind));
    if (Object.keys(problems).length > 0) return fail(400, { language, wording, revision, email, problems });
    const preview = { in: language, ...(await mail.previewWords(visit, edition, { kind, language, wording, email })) };
    return { language, wording, revision, email, previews: [preview] };
  },
  bewaar: async (event) => {
    const { visit, kind, of } = entered(event);
    const { language, wording, revision, email } = typedIn(await event.request.formData());
    const no = await mail.putInWords(visit, of, { kind, language, revision }, wording);
    if (no && 'problems' in no) return fail(400, { language, wording, revision, email, problems: no.problems });
    if (isRefusal(no)) return meanwhile(await mail.template(visit, of, kind, language), { language, wording, email });
    return back(event, 'bewaard');
  },
  herstel: async (event) => {
    const { visit, kind, of } = entered(event);
    const { language, revision } = typedIn(await event.request.formData());
    const no = await mail.restoreWords(visit, of, { kind, language, revision });
    return no ? fail(409, { refused: no.refused }) : back(event, 'hersteld');
  },
  terug: async (event) => {
    const { visit, kind, of } = entered(event);
    const { language, revision } = typedIn(await event.request.formData());
    const no = await mail.takeBackWords(visit, of, { kind, language, revision });
    return no ? fail(409, { refused: no.refused }) : back(event, 'terug');
  },
};

/** What another saved stands beside what was typed; whoever saves now has seen it. */
const meanwhile = (now: mail.Template, typed: { language: Language; wording: Wording; email: string }) =>
  fail(409, { ...typed, revision: now.revision, theirs: now.wording ?? wordingOfHouse(now.kind, now.language), refused: 'changed-meanwhile' });

function entered(event: RequestEvent) {
  const { visit, person, edition } = leader(event);
  const kind = event.params['kind'] ?? '';
  if (!isChangeable(kind)) return notHere(visit);
  const isOfHouse = formOf(kind).of === 'house';
  if (isOfHouse && !may(person, 'installation.look-after')) return notHere(visit);
  return { visit, edition, kind, of: isOfHouse ? null : edition.id };
}

function typedIn(form: FormData) {
  const language: Language = form.get('language') === 'en' ? 'en' : 'nl';
  const wording = { subject: fieldIn(form, 'subject', 200), body: fieldIn(form, 'body', 6000).replaceAll('\r\n', '\n') };
  return { language, wording, revision: Number(fieldIn(form, 'revision', 9)) || 0, email: fieldIn(form, 'email', 200) };
}

const back = (event: RequestEvent, done: string): never =>
  redirect(303, `${address(event.locals.place, `/organisatie/brieven/woorden/${event.params['kind'] ?? ''}`)}?gedaan=${done}`);
