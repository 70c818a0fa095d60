import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import type { Visit } from '#ground/visit.ts';
import * as mail from '#rooms/mail';
import type { Edition } from '#rooms/programme/edition.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

const states: readonly mail.OutboxState[] = ['waiting', 'held', 'left', 'dropped', 'failed'];
const shown = 50;

/** Letters of this edition alone: what waits, what left, and what did not, with why. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const { searchParams } = event.url;
  const which = states.find((state) => state === searchParams.get('stand')) ?? null;
  const from = Math.max(0, Number(searchParams.get('vanaf')) || 0);
  const [found, counts] = await Promise.all([listed(visit, edition, which, null, from), mail.outboxCounts(visit, edition)]);
  return {
    edition,
    states: states.map((state) => ({ state, count: counts[state] ?? 0 })),
    which,
    letters: found.slice(0, shown),
    next: found.length > shown ? from + shown : null,
    isTriedAgain: searchParams.has('opnieuw'),
  };
};

export const actions: Actions = {
  /** By an address, which stands in no address of a page. */
  zoek: async (event) => {
    const { visit, edition } = leader(event);
    const q = fieldIn(await event.request.formData(), 'q', 200).toLowerCase();
    return { q, found: q === '' ? [] : (await listed(visit, edition, null, q, 0)).slice(0, shown) };
  },
  opnieuw: async (event) => {
    const { visit, edition } = leader(event);
    const no = await mail.tryLetterAgain(visit, edition, fieldIn(await event.request.formData(), 'id', 40));
    if (no) return fail(409, { refused: no.refused });
    redirect(303, `${address(event.locals.place, '/organisatie/brieven/uit')}?opnieuw`);
  },
};

const listed = (visit: Visit, edition: Edition, which: mail.OutboxState | null, recipient: string | null, from: number) =>
  mail.outbox(visit, edition, { which, recipient, from, limit: shown + 1 });
