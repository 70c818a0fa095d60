import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { folded, say } from '#ground/text.ts';
import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';
import * as proposals from '#rooms/proposals';
import { perOrganisation, perTheme } from '#rooms/proposals/review/balance.ts';
import { filterIn, orderIn, passes, sorted } from '#rooms/proposals/review/listing.ts';
import { isDecision, mayDecide } from '#rooms/proposals/review/review.ts';
import { fieldIn } from '#ui/field.ts';
import { pageAt } from '#ui/page.ts';
import { leader } from '../entrance.server.ts';
import { decideFrom } from './deciding.server.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 25;

/** Every proposal with what the committee makes of it, beside how what is accepted is spread. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const { searchParams } = event.url;
  const [call, { items }, themes, organisations, letters] = [
    await proposals.callOf(visit, edition),
    await proposals.results(visit, edition),
    await programme.themes(visit, edition.id),
    await identity.organisations(visit),
    await proposals.toRelease(visit, edition),
  ];
  const [order, filter] = [orderIn(searchParams.get('volgorde')), filterIn(searchParams.get('besluit'))];
  const [theme, q] = [searchParams.get('thema') ?? '', (searchParams.get('q') ?? '').trim().slice(0, 60)];
  const listed = items.map((one) => ({ ...one, titleSaid: say(one.title, visit.language).text }));
  const found = listed.filter(
    (one) => passes(one, filter) && (theme === '' || one.themes.includes(theme)) && folded(one.titleSaid).includes(folded(q)),
  );
  const page = pageAt(found.length, searchParams.get('pagina'), perPage);
  const weighed = items.map((one) => ({ theme: one.themes[0] ?? null, organisation: one.organisations[0] ?? null, decision: one.decision }));
  const did = listed.find(({ code }) => code === searchParams.get('gedaan'));
  const was = searchParams.get('was') ?? '';
  return {
    edition,
    ...{ themes, organisations, order, filter, theme, q, page },
    hasCall: call !== null,
    total: items.length,
    letters: letters.length,
    did: did ? { code: did.code, title: did.title, decision: did.decision, was: isDecision(was) ? was : null } : null,
    balance: {
      themes: perTheme(
        weighed,
        themes.map(({ slug }) => slug),
      ),
      organisations: perOrganisation(weighed).slice(0, 12),
    },
    items: sorted(found, order)
      .slice(page.from, page.until)
      .map((one) => ({
        ...{ code: one.code, title: one.title, themes: one.themes, organisations: one.organisations, decision: one.decision },
        ...{ hasText: one.text !== '', isTold: one.releasedAt !== null, mayDecide: mayDecide(one) },
        ...{ asked: one.asked, count: one.outcome.count, mean: one.outcome.mean, spread: one.outcome.spread },
      })),
  };
};

export const actions: Actions = {
  /** Decides on one of them, or takes that back; nobody hears it yet. */
  besluit: async (event) => {
    const form = await event.request.formData();
    const code = fieldIn(form, 'code', 6);
    const done = await decideFrom(event, form, code);
    if ('refused' in done) return fail(409, done);
    const back = new URLSearchParams(fieldIn(form, 'back', 300));
    back.set('gedaan', code);
    back.set('was', done.was);
    redirect(303, `${address(event.locals.place, '/organisatie/voorstellen')}?${back}#${form.has('undo') ? 'gedaan' : `v-${code}`}`);
  },
};
