import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as programme from '#rooms/programme';
import * as proposals from '#rooms/proposals';
import { limits } from '#rooms/proposals/review/review.ts';
import { wholeIn } from '#rooms/seats/typed.ts';
import { fieldIn } from '#ui/field.ts';
import { committeeOf, readerOf } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** One proposal to judge; of one with a conflict nothing but that it is so. */
export const load: PageServerLoad = async (event) => {
  const { visit, code, reading } = await readerOf(event);
  const { edition } = committeeOf(event);
  const [list, themes] = [await proposals.toReview(visit, edition), await programme.themes(visit, edition.id)];
  const open = list.filter((one) => one.code !== code && (one.standing === 'open' || one.standing === 'begun'));
  const did = event.url.searchParams.get('gedaan');
  // Who else was asked is nobody's business here.
  const shown = reading.is === 'read' ? reading.proposal : null;
  return {
    code,
    themes,
    proposal: shown,
    why: reading.is === 'conflict' ? reading.why : null,
    left: open.length,
    next: open[0]?.code ?? null,
    did: did === 'bewaard' || did === 'terug' ? did : null,
  };
};

export const actions: Actions = {
  /** What the reader makes of it, whole or half; then the next one, when they ask for it. */
  bewaar: async (event) => {
    const { visit, code, reading } = await readerOf(event);
    const form = await event.request.formData();
    const criteria = reading.is === 'read' ? reading.proposal.criteria : [];
    const typed = {
      scores: Object.fromEntries(criteria.map(({ key }) => [key, fieldIn(form, `score-${key}`, 3)])),
      comment: fieldIn(form, 'comment', limits.comment),
    };
    const done = await proposals.writeReview(visit, code, wholeIn(fieldIn(form, 'revision', 9), 0, 1e9) ?? 0, typed);
    if ('problems' in done) return fail(400, { typed, problems: done.problems });
    if (isRefusal(done)) return fail(409, { typed, refused: `refused.${done.refused}`, isMeanwhile: done.refused === 'changed-meanwhile' });
    const list = form.has('next') ? await proposals.toReview(visit, committeeOf(event).edition) : [];
    const next = list.find((one) => one.code !== code && (one.standing === 'open' || one.standing === 'begun'));
    if (form.has('next')) redirect(303, address(event.locals.place, next ? `/beoordelen/${next.code}` : '/beoordelen'));
    redirect(303, `${address(event.locals.place, `/beoordelen/${code}`)}?gedaan=bewaard`);
  },

  conflict: async (event) => {
    const { visit, code } = await readerOf(event);
    const no = await proposals.declareConflict(visit, code);
    if (no) return fail(409, { refused: `refused.${no.refused}` });
    redirect(303, address(event.locals.place, `/beoordelen/${code}`));
  },

  terug: async (event) => {
    const { visit, code } = await readerOf(event);
    const no = await proposals.undoConflict(visit, code);
    if (no) return fail(409, { refused: `refused.${no.refused}` });
    redirect(303, `${address(event.locals.place, `/beoordelen/${code}`)}?gedaan=terug`);
  },
};
