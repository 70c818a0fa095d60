import { redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import * as mail from '#rooms/mail';
import { stageOf } from '#rooms/mail/mailing.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Letters of a team: what is written, what waits until somebody looked at it, and how the rest is doing. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const [mailings, waiting, reviews, counts, unreachable] = await Promise.all([
    mail.mailingsOf(visit, edition),
    mail.forReview(visit, edition),
    mail.reviewsChanges(visit, edition),
    mail.outboxCounts(visit, edition),
    mail.countBounced(visit),
  ]);
  const { searchParams } = event.url;
  return {
    edition,
    mailings: mailings.map((one) => ({ ...one, stage: stageOf(one) })),
    waiting,
    reviews,
    counts,
    unreachable,
    done: (['bewaard', 'gegaan', 'gebleven', 'weg'] as const).find((done) => searchParams.get('gedaan') === done) ?? null,
    gone: searchParams.get('weg'),
  };
};

export const actions: Actions = {
  /** Whether letters about changes wait for the team. */
  regel: async (event) => {
    const { visit, edition } = leader(event);
    await mail.setReviewsChanges(visit, edition, (await event.request.formData()).get('reviews') === 'yes');
    redirect(303, `${address(event.locals.place, '/organisatie/brieven')}?gedaan=bewaard`);
  },
  gaan: (event) => look(event, true),
  blijven: (event) => look(event, false),
  terug: async (event) => {
    const { visit, edition } = leader(event);
    const id = fieldIn(await event.request.formData(), 'id', 40);
    await mail.removeMailing(visit, edition, id, false);
    redirect(303, address(event.locals.place, '/organisatie/brieven'));
  },
};

async function look(event: Parameters<NonNullable<Actions['gaan']>>[0], goes: boolean): Promise<never> {
  const { visit, edition } = leader(event);
  await mail.reviewed(visit, edition, fieldIn(await event.request.formData(), 'session', 6), goes);
  redirect(303, `${address(event.locals.place, '/organisatie/brieven')}?gedaan=${goes ? 'gegaan' : 'gebleven'}`);
}
