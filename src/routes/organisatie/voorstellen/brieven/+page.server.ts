import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { config } from '#ground/config.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { decisionLetter } from '#rooms/mail/about-decisions.ts';
import { asText } from '#rooms/mail/letter.ts';
import * as proposals from '#rooms/proposals';
import { pageAt } from '#ui/page.ts';
import { leader } from '../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 25;

/** The letters as they would leave, each to be looked at. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const { searchParams } = event.url;
  const all = await proposals.toRelease(visit, edition);
  const page = pageAt(all.length, searchParams.get('pagina'), perPage);
  const { baseUrl } = config();
  return {
    edition,
    page,
    sent: Number(searchParams.get('verstuurd')) || 0,
    letters: all.slice(page.from, page.until).map(({ proposal, to, seen }) => ({
      ...{ code: proposal.code, title: proposal.title, decision: proposal.decision, seen },
      to: to.map(({ email, language }) => {
        const letter = decisionLetter({ language, baseUrl }, proposal, edition);
        return { email, language, subject: letter.subject, text: asText(letter) };
      }),
    })),
  };
};

export const actions: Actions = {
  /** Those that were looked at leave, and what was decided holds. */
  verstuur: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const seen = form.getAll('letter').filter((one) => typeof one === 'string');
    const done = await proposals.releaseDecisions(visit, edition, seen.slice(0, 1000));
    if (isRefusal(done)) return fail(409, { refused: `refused.${done.refused}`, seen });
    redirect(303, `${address(event.locals.place, '/organisatie/voorstellen/brieven')}?verstuurd=${done}`);
  },
};
