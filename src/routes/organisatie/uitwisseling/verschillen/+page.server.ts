import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { changeInWords } from '#rooms/exchange/report.ts';
import * as programme from '#rooms/programme';
import { fields } from '#rooms/programme/intake.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What was changed here and at the source, for somebody to choose; and what was chosen, to take back. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const all = await programme.conflictsOf(visit, edition.id);
  return {
    edition,
    did: event.url.searchParams.get('gedaan'),
    conflicts: all.map(({ code, title, field, theirs, now, mine, choice }) => ({
      code,
      title,
      field,
      choice,
      said: changeInWords({ field, theirs, mine: choice === 'theirs' ? mine : now }, visit.language, edition.timeZone),
    })),
  };
};

export const actions: Actions = {
  kies: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const field = fieldOf(form);
    const choice = form.get('choice') === 'theirs' ? 'theirs' : 'mine';
    const no = field ? await programme.settleConflict(visit, edition.id, fieldIn(form, 'code', 6), field, choice) : gone;
    return no ? fail(409, { refused: no.refused }) : back(event, 'gekozen');
  },
  terug: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const field = fieldOf(form);
    const no = field ? await programme.unsettleConflict(visit, edition.id, fieldIn(form, 'code', 6), field) : gone;
    return no ? fail(409, { refused: no.refused }) : back(event, 'terug');
  },
};

const gone = { refused: 'conflict-gone' } as const;
const fieldOf = (form: FormData) => fields.find((one) => one === form.get('field'));
const back = (event: RequestEvent, said: string): never =>
  redirect(303, `${address(event.locals.place, '/organisatie/uitwisseling/verschillen')}?gedaan=${said}`);
