import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { changeWindow } from '#rooms/wishes';
import { typedMoment } from '#rooms/programme/moment.ts';
import { fieldOf, planIn, typedPlan, type TypedPlan } from '#rooms/wishes/plan-form.ts';
import type { Window } from '#rooms/wishes/window.ts';
import { choosable, searched } from '../../choosable.server.ts';
import { windowHere } from '../../window.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A window that can still change: everything before it opens, after that only its end. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition, window } = await windowHere(event);
  if (window.state !== 'planned' && window.state !== 'open') redirect(303, address(event.locals.place, `/organisatie/wensen/${window.id}`));
  return { edition, window, typed: asTyped(window, edition.timeZone), ...(await choosable(visit, edition)) };
};

const asTyped = (window: Window, timeZone: string): TypedPlan => ({
  opensAt: typedMoment(window.opensAt, timeZone),
  closesAt: typedMoment(window.closesAt, timeZone),
  which: window.sessions === null ? 'all' : 'some',
  sessions: window.sessions ?? [],
  wanted: String(window.wanted),
  q: '',
  theme: '',
});

export const actions: Actions = {
  plan: async (event: RequestEvent<{ window: string }>) => {
    const { visit, edition, window } = await windowHere(event);
    const sent = typedPlan(await event.request.formData());
    const isOpen = window.state === 'open';
    const typed = isOpen ? { ...asTyped(window, edition.timeZone), closesAt: sent.closesAt } : sent;
    const read = planIn(typed, edition.timeZone);
    if ('problems' in read) return fail(400, { typed, problems: read.problems, refused: null });
    const changed = await changeWindow(visit, window.id, isOpen ? { closesAt: read.plan.closesAt } : read.plan);
    if (isRefusal(changed)) return fail(409, { typed, problems: {}, refused: { name: changed.refused, field: fieldOf(changed.refused) } });
    redirect(303, address(event.locals.place, `/organisatie/wensen/${window.id}?gedaan=veranderd`));
  },
  zoek: async (event) => ({ typed: await searched(event), problems: {}, refused: null }),
};
