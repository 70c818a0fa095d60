import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import * as webhooks from '#rooms/webhooks';
import { told } from '#rooms/webhooks/event.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

const shown = 20;

/** Programs that are told what happens in this edition, each with what it was told last. */
export const load: PageServerLoad = async (event) => {
  const { visit, person, edition } = leader(event);
  const all = await webhooks.webhooksOf(visit, edition);
  return {
    edition,
    isInternal: person.isInternal,
    webhooks: await Promise.all(
      all.map(async (webhook) => ({ ...webhook, told: (await webhooks.deliveriesOf(visit, webhook, { limit: shown })).items })),
    ),
    done: event.url.searchParams.get('gedaan'),
  };
};

export const actions: Actions = {
  maak: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const typed = {
      address: fieldIn(form, 'address', 1000),
      types: told.filter((type) => form.getAll('types').includes(type)),
      isInternal: form.has('internal'),
    };
    if (typed.types.length === 0) return fail(400, { typed, problem: { field: 'types', text: 'problem.webhook-types-missing' } });
    const made = await webhooks.makeWebhook(visit, edition, typed);
    if (!isRefusal(made)) return { secret: made.secret };
    if (made.refused === 'webhook-not-https') return fail(400, { typed, problem: { field: 'address', text: `refused.${made.refused}` } });
    return fail(409, { typed, refused: made.refused });
  },
  geheim: async (event) => {
    const { visit, edition } = leader(event);
    const made = await webhooks.rotateWebhook(visit, edition, await idIn(event));
    return isRefusal(made) ? fail(409, { refused: made.refused }) : { secret: made.secret };
  },
  stop: async (event) => {
    const { visit, edition } = leader(event);
    return after(event, await webhooks.endWebhook(visit, edition, await idIn(event)), 'opgehouden');
  },
  proef: async (event) => {
    const { visit, edition } = leader(event);
    return after(event, await webhooks.pingWebhook(visit, edition, await idIn(event)), 'proef');
  },
  verder: async (event) => {
    const { visit, edition } = leader(event);
    return after(event, await webhooks.resumeWebhook(visit, edition, await idIn(event)), 'verder');
  },
  opnieuw: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    return after(event, await webhooks.deliverAgain(visit, edition, fieldIn(form, 'id', 40), fieldIn(form, 'delivery', 40)), 'opnieuw');
  },
};

const idIn = async ({ request }: Pick<RequestEvent, 'request'>): Promise<string> => fieldIn(await request.formData(), 'id', 40);

function after(event: Pick<RequestEvent, 'locals'>, outcome: unknown, done: string) {
  if (isRefusal(outcome)) return fail(409, { refused: (outcome satisfies Refusal).refused });
  redirect(303, `${address(event.locals.place, '/organisatie/webhooks')}?gedaan=${done}`);
}
