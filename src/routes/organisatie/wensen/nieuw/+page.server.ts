import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { addDays, local } from '#rooms/programme/when.ts';
import { planWindow } from '#rooms/wishes';
import { fieldOf, planIn, typedPlan, type TypedPlan } from '#rooms/wishes/plan-form.ts';
import { leader } from '../../entrance.server.ts';
import { choosable, searched } from '../choosable.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A new window: from tomorrow morning, for a week, for everything. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const today = local(visit.now, edition.timeZone).day;
  const typed: TypedPlan = {
    opensAt: `${addDays(today, 1)}T09:00`,
    closesAt: `${addDays(today, 8)}T17:00`,
    which: 'all',
    sessions: [],
    wanted: String(edition.rules.atLeast),
    q: '',
    theme: '',
  };
  return { edition, typed, ...(await choosable(visit, edition)) };
};

export const actions: Actions = {
  plan: async (event) => {
    const { visit, edition } = leader(event);
    const typed = typedPlan(await event.request.formData());
    const read = planIn(typed, edition.timeZone);
    if ('problems' in read) return fail(400, { typed, problems: read.problems, refused: null });
    const window = await planWindow(visit, edition, read.plan);
    if (isRefusal(window)) return fail(409, { typed, problems: {}, refused: { name: window.refused, field: fieldOf(window.refused) } });
    redirect(303, address(event.locals.place, `/organisatie/wensen/${window.id}?gedaan=gepland`));
  },
  /** Shows other sessions to choose from; what was typed and chosen stays. */
  zoek: async (event) => ({ typed: await searched(event), problems: {}, refused: null }),
};
