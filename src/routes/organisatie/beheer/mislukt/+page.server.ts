import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { fieldIn } from '#ui/field.ts';
import { pageAt } from '#ui/page.ts';
import * as upkeep from '#rooms/upkeep';
import { isKind, type FailedKind } from '#rooms/upkeep/failed.ts';
import { administrator } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 25;

/** What failed and was kept aside, and what can be done about it. */
export const load: PageServerLoad = async (event) => {
  const { visit, timeZone } = administrator(event);
  const kind = kindIn(event.url.searchParams.get('wat'));
  const counts = await upkeep.countsOfFailed(visit);
  const page = pageAt(counts[kind], event.url.searchParams.get('pagina'), perPage);
  const done = event.url.searchParams.get('gedaan');
  return {
    kind,
    counts,
    page,
    timeZone,
    done: done === null ? null : Number(done),
    failed: await upkeep.failed(visit, kind, { from: page.from, limit: perPage }),
  };
};

export const actions: Actions = {
  opnieuw: async (event) => {
    const { visit } = administrator(event);
    const { kind, which } = await typed(event);
    redirect(303, back(event, kind, await upkeep.tryAgain(visit, kind, which)));
  },
  alles: async (event) => {
    const { visit } = administrator(event);
    const { kind } = await typed(event);
    redirect(303, back(event, kind, await upkeep.tryAgain(visit, kind, 'all')));
  },
  weg: async (event) => {
    const { visit } = administrator(event);
    const { kind, which, reason } = await typed(event);
    if (reason === '') return fail(400, { missing: which });
    redirect(303, back(event, kind, (await upkeep.dropFailed(visit, kind, which, reason)) === 0 ? 0 : -1));
  },
};

const kindIn = (word: unknown): FailedKind => (isKind(word) ? word : 'reaction');

async function typed({ request }: RequestEvent) {
  const form = await request.formData();
  return { kind: kindIn(fieldIn(form, 'kind', 20)), which: fieldIn(form, 'which', 40), reason: fieldIn(form, 'reason', 300) };
}

/** What came of it, for the page to say: how many are tried again, -1 when one was let go. */
const back = ({ locals }: RequestEvent, kind: FailedKind, count: number): string =>
  `${address(locals.place, '/organisatie/beheer/mislukt')}?wat=${kind}&gedaan=${count}`;
