import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { makeStory } from '#rooms/newsroom';
import { newStory, typedStory } from '#rooms/newsroom/story.ts';
import { leader } from '../../entrance.server.ts';
import { previewOf, readStory, refusedStory } from '../writing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { edition } = leader(event);
  return { edition, typed: newStory };
};

export const actions: Actions = {
  kijk: async (event) => {
    leader(event);
    return previewOf(typedStory(await event.request.formData()));
  },
  bewaar: async (event) => {
    const { visit, edition } = leader(event);
    const read = await readStory(await event.request.formData(), null);
    if (!('written' in read)) return fail(400, { ...read, preview: null });
    const made = await makeStory(visit, edition, read.written, read.photo);
    if (isRefusal(made)) return refusedStory(read.typed, made);
    redirect(303, `${address(event.locals.place, `/organisatie/nieuws/${made.id}`)}?gedaan=bewaard`);
  },
};
