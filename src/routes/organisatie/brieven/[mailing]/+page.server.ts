import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { languages } from '#ground/visit.ts';
import * as mail from '#rooms/mail';
import { stageOf } from '#rooms/mail/mailing.ts';
import { fieldIn } from '#ui/field.ts';
import { notHere } from '../../../not-here.server.ts';
import { leader } from '../../entrance.server.ts';
import { looked, mailingIn, unfit } from '../mailing.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** One letter to a group: written, on its way, or done. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition, mailing } = await entered(event);
  return {
    edition,
    id: mailing.id,
    stage: stageOf(mailing),
    counts: mailing.counts,
    audience: mailing.audience,
    revision: mailing.revision,
    count: await mail.reach(visit, edition, mailing.audience, mailing.session),
    typed: {
      audience: mailing.audience,
      session: mailing.session ?? '',
      ...Object.fromEntries(
        languages.flatMap((language) => [
          [`subject-${language}`, mailing.subject[language] ?? ''],
          [`body-${language}`, mailing.body[language] ?? ''],
        ]),
      ),
    } as Record<string, string>,
    isTested: event.url.searchParams.has('proef'),
  };
};

export const actions: Actions = {
  bekijk: async (event) => {
    const { visit, edition } = await entered(event);
    return looked(visit, edition, mailingIn(await event.request.formData()));
  },
  bewaar: async (event) => {
    const { visit, edition, mailing } = await entered(event);
    const asked = mailingIn(await event.request.formData());
    const no = await mail.changeMailing(visit, edition, { id: mailing.id, revision: asked.revision }, asked.draft);
    if (no && 'problems' in no) return unfit(asked, no.problems);
    // What another saved stands beside what was typed; whoever saves now has seen it.
    if (isRefusal(no)) return fail(409, { refused: no.refused, typed: asked.typed, revision: mailing.revision });
    back(event);
  },
  gaan: async (event) => {
    const { visit, edition, mailing } = await entered(event);
    const revision = Number(fieldIn(await event.request.formData(), 'revision', 9));
    return after(event, await mail.releaseMailing(visit, edition, mailing.id, revision));
  },
  stop: async (event) => {
    const { visit, edition, mailing } = await entered(event);
    return after(event, await mail.stopMailing(visit, edition, mailing.id));
  },
  verder: async (event) => {
    const { visit, edition, mailing } = await entered(event);
    return after(event, await mail.resumeMailing(visit, edition, mailing.id));
  },
  proef: async (event) => {
    const { visit, edition, mailing } = await entered(event);
    await mail.sendTest(visit, edition, mailing);
    back(event, '?proef');
  },
  weg: async (event) => {
    const { visit, edition, mailing } = await entered(event);
    const no = await mail.removeMailing(visit, edition, mailing.id);
    if (no) return fail(409, { refused: no.refused });
    redirect(303, `${address(event.locals.place, '/organisatie/brieven')}?gedaan=weg&weg=${mailing.id}`);
  },
};

async function entered(event: RequestEvent) {
  const { visit, edition } = leader(event);
  const mailing = await mail.mailingIn(visit, edition, event.params['mailing'] ?? '');
  return mailing ? { visit, edition, mailing } : notHere(visit);
}

const back = (event: RequestEvent, said = ''): never =>
  redirect(303, address(event.locals.place, `/organisatie/brieven/${event.params['mailing'] ?? ''}`) + said);

function after(event: RequestEvent, outcome: unknown) {
  if (isRefusal(outcome)) return fail(409, { refused: outcome.refused });
  return back(event);
}
