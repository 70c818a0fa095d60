import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as library from '#rooms/library';
import { limits, type Told } from '#rooms/library/material.ts';
import { fieldIn } from '#ui/field.ts';
import { runner } from '../../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What goes with a session, and what was changed just now. */
export const load: PageServerLoad = async (event) => {
  const { visit, session } = await runner(event);
  const { searchParams } = event.url;
  const gone = searchParams.get('weg') ?? '';
  const [materials, title] = await Promise.all([library.materialsOf(visit, session), library.removedTitle(visit, session, gone)]);
  const did = searchParams.get('gedaan');
  return { session, materials, gone: title === null ? null : { id: gone, title }, did: did === 'erbij' || did === 'terug' ? did : null };
};

export const actions: Actions = {
  /** A file more, with what it is called and what it shows. */
  erbij: async (event) => {
    const { visit, session } = await runner(event);
    const form = await event.request.formData();
    const typed: Told = {
      title: fieldIn(form, 'title', limits.title),
      alternative: fieldIn(form, 'alternative', limits.alternative),
      isDecorative: form.has('decorative'),
      credit: fieldIn(form, 'credit', limits.credit),
    };
    const file = form.get('file');
    const added = await library.add(visit, session, typed, file instanceof File ? file : null);
    if ('problems' in added) return fail(400, { typed, problems: named('problem', added.problems) });
    if (isRefusal(added)) return fail(409, { typed, problems: { file: `refused.${added.refused}` } });
    back(event, '?gedaan=erbij');
  },

  weg: async (event) => {
    const { visit, session } = await runner(event);
    const id = fieldIn(await event.request.formData(), 'id', 36);
    const no = await library.remove(visit, session, id);
    if (no) return fail(409, { refused: `refused.${no.refused}` });
    back(event, `?weg=${id}`);
  },

  terug: async (event) => {
    const { visit, session } = await runner(event);
    const no = await library.restore(visit, session, fieldIn(await event.request.formData(), 'id', 36));
    if (no) return fail(409, { refused: `refused.${no.refused}` });
    back(event, '?gedaan=terug');
  },
};

const named = (sheet: string, problems: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(problems).map(([field, name]) => [field, `${sheet}.${name}`]));
const back = (event: RequestEvent, said: string): never =>
  redirect(303, address(event.locals.place, `/organisatie/sessies/${event.params['code'] ?? ''}/materiaal`) + said);
