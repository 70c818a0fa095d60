import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as programme from '#rooms/programme';
import { editionIn, newEdition, partsIn, typedEdition, typedFrom } from '#rooms/programme/edition-form.ts';
import { administrator } from '../../beheer/entrance.server.ts';
import { makeAfter } from './copy.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A new edition, empty or after an earlier one. */
export const load: PageServerLoad = async (event) => {
  const { visit } = administrator(event);
  const from = await programme.edition(visit, event.url.searchParams.get('van') ?? '');
  return { from, typed: from === null ? newEdition : { ...typedFrom(from), nameNl: '', nameEn: '', startsOn: '', endsOn: '' } };
};

export const actions: Actions = {
  default: async (event) => {
    const { visit } = administrator(event);
    const form = await event.request.formData();
    const [typed, parts] = [typedEdition(form), partsIn(form)];
    const read = editionIn(typed);
    if ('problems' in read) return fail(400, { typed, parts, problems: read.problems });
    const from = await programme.edition(visit, event.url.searchParams.get('van') ?? '');
    const made = from === null ? await programme.makeEdition(visit, read.written) : await makeAfter(visit, from, parts, read.written);
    if (isRefusal(made)) return fail(409, { typed, parts, refused: made.refused });
    redirect(303, `${address({ ...event.locals.place, edition: made.slug }, '/organisatie/editie')}?gedaan=gemaakt`);
  },
};
