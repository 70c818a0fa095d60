import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import type { Text } from '#ground/text.ts';
import * as upkeep from '#rooms/upkeep';
import { readAnnouncement } from '#rooms/upkeep/typed.ts';
import { isTold } from '#rooms/upkeep/notice.ts';
import { fieldIn } from '#ui/field.ts';
import { administrator } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Closing the site for changes, and a word to all visitors. */
export const load: PageServerLoad = (event) => {
  const { visit, timeZone } = administrator(event);
  const { readOnly, announcement } = event.locals.notices;
  const standing = announcement && (isTold(announcement, visit.now) ? 'now' : announcement.from && announcement.from > visit.now ? 'later' : 'past');
  return { readOnly, announced: announcement, standing, timeZone, isSaved: event.url.searchParams.has('bewaard') };
};

export const actions: Actions = {
  sluit: async (event) => {
    const { visit } = administrator(event);
    await upkeep.closeForChanges(visit, textIn(await event.request.formData(), 'message'));
    redirect(303, saved(event));
  },
  open: async (event) => {
    await upkeep.openForChanges(administrator(event).visit);
    redirect(303, saved(event));
  },
  vertel: async (event) => {
    const { visit, timeZone } = administrator(event);
    const form = await event.request.formData();
    const typed = { text: textIn(form, 'text'), from: fieldIn(form, 'from', 40), until: fieldIn(form, 'until', 40) };
    const read = readAnnouncement(typed, timeZone);
    if ('problems' in read) return fail(400, { problems: read.problems, typed });
    await upkeep.announce(visit, read);
    redirect(303, saved(event));
  },
  zwijg: async (event) => {
    await upkeep.endAnnouncement(administrator(event).visit);
    redirect(303, saved(event));
  },
};

/** The same words in two languages, as far as they were filled in. */
const textIn = (form: FormData, name: string): Text =>
  Object.fromEntries(['nl', 'en'].map((language) => [language, fieldIn(form, `${name}-${language}`, 500)]).filter(([, text]) => text !== ''));

const saved = (event: RequestEvent): string => `${address(event.locals.place, '/organisatie/beheer/onderhoud')}?bewaard`;
