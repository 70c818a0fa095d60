import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { answer } from '#rooms/registration';
import { longest } from '#rooms/registration/draft.ts';
import { guideOf, onTo } from '../guide.server.ts';

/** The home page sends a question that is too long here. */
export const load: PageServerLoad = ({ url }) => ({
  problems: url.searchParams.has('lang') ? { question: 'question-too-long' } : undefined,
  longest: longest.question,
});

export const actions: Actions = {
  default: async (event) => {
    const guide = guideOf(event);
    const form = await event.request.formData();
    const kept = await answer(guide.visit, guide.secret, guide.edition, '1-vraag', form);
    if ('problems' in kept) return fail(400, { problems: kept.problems, question: String(form.get('question') ?? '') });
    onTo('2-themas', kept, guide, event.cookies);
  },
};
