import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import * as programme from '#rooms/programme';
import { answer } from '#rooms/registration';
import { worthAsking } from '#rooms/registration/ask.ts';
import { guideOf, onTo } from '../guide.server.ts';

/** The home page sends a question that is too long here. An edition with nothing to come has nothing to choose from. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = guideOf(event);
  const { days } = worthAsking(await programme.sessions(visit, edition.id), visit.now);
  return { problems: event.url.searchParams.has('lang') ? { question: 'question-too-long' } : undefined, isOver: days.length === 0 };
};

export const actions: Actions = {
  default: async (event) => {
    const guide = guideOf(event);
    const form = await event.request.formData();
    const kept = await answer(guide.visit, guide.secret, guide.edition, '1-vraag', form);
    if ('problems' in kept) return fail(400, { problems: kept.problems, question: String(form.get('question') ?? '') });
    onTo('2-themas', kept, guide, event.cookies);
  },
};
