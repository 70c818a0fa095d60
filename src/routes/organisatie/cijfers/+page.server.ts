import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as figures from '#rooms/figures';
import { goalFrom, measures } from '#rooms/figures/figure.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Where the edition stands, over time, against what it wanted. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  return { edition, ...(await figures.overview(visit, edition.id)), isDone: event.url.searchParams.has('gedaan') };
};

export const actions: Actions = {
  doel: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const typed = { measure: fieldIn(form, 'measure', 20), target: fieldIn(form, 'target', 10), by: fieldIn(form, 'by', 10) };
    const read = goalFrom(typed);
    if ('problems' in read) return fail(400, { typed, problems: read.problems });
    const { goals } = await figures.overview(visit, edition.id);
    const revision = goals.find(({ measure }) => measure === read.goal.measure)?.revision ?? 0;
    const saved = await figures.setGoal(visit, edition.id, { ...read.goal, revision });
    if (isRefusal(saved)) return fail(409, { typed, refused: saved.refused });
    back(event);
  },
  /** A goal less; what it was comes back with the answer, so that one press puts it back. */
  'doel-weg': async (event) => {
    const { visit, edition } = leader(event);
    const asked = fieldIn(await event.request.formData(), 'measure', 20);
    const measure = measures.find((measure) => measure === asked);
    const { goals } = await figures.overview(visit, edition.id);
    const gone = goals.find((goal) => goal.measure === measure);
    if (measure && gone) await figures.dropGoal(visit, edition.id, measure);
    return { gone: gone ?? null };
  },
};

const back = ({ locals }: RequestEvent): never => redirect(303, `${address(locals.place, '/organisatie/cijfers')}?gedaan`);
