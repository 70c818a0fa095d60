import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import * as programme from '#rooms/programme';
import { answer } from '#rooms/registration';
import { worthAsking } from '#rooms/registration/ask.ts';
import { guideOf, mustBeOpen, onTo } from '../guide.server.ts';

export const load: PageServerLoad = async (event) => {
  const guide = guideOf(event);
  mustBeOpen(guide, '3-wanneer', await event.parent());
  return { ask: worthAsking(await programme.sessions(guide.visit, guide.edition.id), guide.visit.now) };
};

export const actions: Actions = {
  default: async (event) => {
    const guide = guideOf(event);
    const kept = await answer(guide.visit, guide.secret, guide.edition, '3-wanneer', await event.request.formData());
    if ('problems' in kept) return fail(400, { problems: kept.problems });
    onTo('4-voorstel', kept, guide, event.cookies);
  },
};
