import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as programme from '#rooms/programme';
import { editionIn, newEdition, typedDays, typedFrom } from '#rooms/programme/edition-form.ts';
import { fieldIn } from '#ui/field.ts';
import { beginner } from './first.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The first step: a name and days. */
export const load: PageServerLoad = async (event) => {
  const { edition } = await beginner(event);
  return { typed: edition === null ? newEdition : typedFrom(edition), revision: edition?.revision ?? 0, reached: edition === null ? 1 : 5 };
};

export const actions: Actions = {
  default: async (event) => {
    const { visit, edition } = await beginner(event);
    const form = await event.request.formData();
    const typed = { ...(edition === null ? newEdition : typedFrom(edition)), ...typedDays(form) };
    const read = editionIn(typed);
    if ('problems' in read) return fail(400, { typed, problems: read.problems });
    const revision = Number(fieldIn(form, 'revision', 9));
    const saved =
      edition === null
        ? await programme.makeEdition(visit, read.written)
        : await programme.changeEdition(visit, edition.slug, revision, read.written);
    if (isRefusal(saved)) return fail(409, { typed, refused: saved.refused });
    redirect(303, address(event.locals.place, '/begin/themas'));
  },
};
