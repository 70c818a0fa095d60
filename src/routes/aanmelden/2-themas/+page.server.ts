import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import * as programme from '#rooms/programme';
import { answer } from '#rooms/registration';
import { guideOf, mustBeOpen, onTo } from '../guide.server.ts';

export const load: PageServerLoad = async (event) => {
  const guide = guideOf(event);
  mustBeOpen(guide, '2-themas', await event.parent());
  return { themes: await programme.themes(guide.visit, guide.edition.id) };
};

export const actions: Actions = {
  default: async (event) => {
    const guide = guideOf(event);
    const kept = await answer(guide.visit, guide.secret, guide.edition, '2-themas', await event.request.formData());
    if ('problems' in kept) return fail(400, { problems: kept.problems });
    onTo('3-wanneer', kept, guide, event.cookies);
  },
};
