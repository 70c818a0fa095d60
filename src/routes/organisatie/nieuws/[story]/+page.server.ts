import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import * as newsroom from '#rooms/newsroom';
import { publishAtIn, typedFrom, typedStory } from '#rooms/newsroom/story.ts';
import { fieldIn } from '#ui/field.ts';
import { notHere } from '../../../not-here.server.ts';
import { leader } from '../../entrance.server.ts';
import { previewOf, readStory, refusedStory } from '../writing.server.ts';
import type { Actions, PageServerLoad } from './$types';

async function writer(event: RequestEvent) {
  const { visit, edition } = leader(event);
  const story = await newsroom.storyToWrite(visit, edition, event.params['story'] ?? '');
  return story === null ? notHere(visit) : { visit, edition, story };
}

export const load: PageServerLoad = async (event) => {
  const { edition, story } = await writer(event);
  return {
    edition,
    typed: typedFrom(story),
    story: {
      title: story.title,
      slug: story.slug,
      state: story.state,
      publishAt: story.publishAt,
      revision: story.revision,
      hasPhoto: story.photo !== null,
    },
    did: event.url.searchParams.get('gedaan'),
  };
};

export const actions: Actions = {
  kijk: async (event) => {
    await writer(event);
    return { ...previewOf(typedStory(await event.request.formData())), meanwhile: null };
  },
  bewaar: async (event) => {
    const { visit, edition, story } = await writer(event);
    const form = await event.request.formData();
    const read = await readStory(form, story.photo);
    if (!('written' in read)) return fail(400, { ...read, preview: null, meanwhile: null });
    const saved = await newsroom.writeStory(visit, edition, story.id, Number(fieldIn(form, 'revision', 9)), read.written, read.photo);
    if (!isRefusal(saved)) return go(event, 'bewaard');
    if (saved.refused !== 'changed-meanwhile') return refusedStory(read.typed, saved);
    // What was typed stays in the form; what the other saved is shown above it.
    return fail(409, { typed: read.typed, problems: {}, preview: null, meanwhile: typedFrom(story) });
  },
  plaats: async (event) => {
    const { visit, edition, story } = await writer(event);
    return done(event, await newsroom.publish(visit, edition, story.id), 'geplaatst');
  },
  plan: async (event) => {
    const { visit, edition, story } = await writer(event);
    const at = publishAtIn(await event.request.formData(), edition.timeZone);
    if (at === null) return fail(400, { problems: { publishAt: 'problem.moment-missing' }, preview: null, meanwhile: null });
    return done(event, await newsroom.publish(visit, edition, story.id, at), 'gepland');
  },
  trekterug: async (event) => {
    const { visit, edition, story } = await writer(event);
    return done(event, await newsroom.withdraw(visit, edition, story.id), 'teruggetrokken');
  },
};

const go = (event: RequestEvent, said: string): never =>
  redirect(303, `${address(event.locals.place, `/organisatie/nieuws/${event.params['story'] ?? ''}`)}?gedaan=${said}`);
const done = (event: RequestEvent, no: Refusal | void, said: string) =>
  no ? fail(409, { problems: {}, preview: null, meanwhile: null, refused: no.refused }) : go(event, said);
