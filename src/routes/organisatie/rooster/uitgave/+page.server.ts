import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { workingSessions } from '#rooms/programme';
import * as schedule from '#rooms/schedule';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What would be told now, and what was told before. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const { number, changes, key } = await schedule.changesToRelease(visit, edition.id);
  const releases = await schedule.releases(visit, edition.id, 20);
  const titles = new Map((await workingSessions(visit, edition.id, ['published', 'cancelled'])).map(({ code, title }) => [code, title]));
  const named = <One extends { readonly code: string }>(one: One) => ({ ...one, title: titles.get(one.code) ?? { nl: one.code } });
  return {
    ...{ edition, number, key },
    changes: changes.map(({ code, was, is, session }) => ({ code, was, is, title: session.title })),
    releases: releases.map(({ changes, ...release }) => ({ ...release, changes: changes.map(named) })),
    isDone: event.url.searchParams.has('gedaan'),
  };
};

export const actions: Actions = {
  /** Tells exactly the list that stood there. */
  default: async (event) => {
    const { visit, edition } = leader(event);
    const released = await schedule.release(visit, edition.id, fieldIn(await event.request.formData(), 'key', 64));
    if (isRefusal(released)) return fail(409, { refused: released.refused });
    redirect(303, `${address(event.locals.place, '/organisatie/rooster/uitgave')}?gedaan`);
  },
};
