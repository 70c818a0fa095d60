import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as programme from '#rooms/programme';
import { editionIn, typedFrom, typedRules } from '#rooms/programme/edition-form.ts';
import { fieldIn } from '#ui/field.ts';
import { beginning } from '../first.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The third step: the rules. */
export const load: PageServerLoad = async (event) => {
  const { edition } = await beginning(event);
  return { typed: typedFrom(edition), revision: edition.revision };
};

export const actions: Actions = {
  default: async (event) => {
    const { visit, edition } = await beginning(event);
    const form = await event.request.formData();
    const typed = { ...typedFrom(edition), ...typedRules(form) };
    const read = editionIn(typed);
    if ('problems' in read) return fail(400, { typed, problems: read.problems });
    const saved = await programme.changeEdition(visit, edition.slug, Number(fieldIn(form, 'revision', 9)), read.written);
    if (isRefusal(saved)) return fail(409, { typed, refused: saved.refused });
    redirect(303, address(event.locals.place, '/begin/wie'));
  },
};
