import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { answer, startAnew } from '#rooms/registration';
import { steps } from '#rooms/registration/draft.ts';
import { guideOf, onTo, pageOf } from './guide.server.ts';

/** Who has begun may go on; who has not begins. */
export const load: PageServerLoad = async (event) => {
  const { place } = guideOf(event);
  const { answers, reached, isConfirmed, isGone } = await event.parent();
  if (answers === null) redirect(303, pageOf(place, '1-vraag', isGone ? '?verlopen' : ''));
  if (reached === 1) redirect(303, pageOf(place, '1-vraag'));
  return { furthest: steps[reached - 1] ?? '1-vraag', isConfirmed };
};

export const actions: Actions = {
  default: async (event) => {
    const guide = guideOf(event);
    const form = await event.request.formData();
    const begun = form.has('anew') ? await startAnew(guide.visit, guide.secret, guide.edition) : null;
    if (begun) onTo('1-vraag', begun, guide, event.cookies);
    const kept = await answer(guide.visit, guide.secret, guide.edition, '1-vraag', form);
    if ('problems' in kept) redirect(303, pageOf(guide.place, '1-vraag', '?lang'));
    onTo('2-themas', kept, guide, event.cookies);
  },
};
