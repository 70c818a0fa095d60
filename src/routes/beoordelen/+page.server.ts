import { mayLead } from '#rooms/identity/may.ts';
import * as programme from '#rooms/programme';
import * as proposals from '#rooms/proposals';
import { pageAt } from '#ui/page.ts';
import { committeeOf } from './entrance.server.ts';
import type { PageServerLoad } from './$types';

const perPage = 25;

/** What somebody of the committee was asked to read, and how far they are. */
export const load: PageServerLoad = async (event) => {
  const { visit, person, edition } = committeeOf(event);
  const [all, until, themes] = [
    await proposals.toReview(visit, edition),
    await proposals.reviewUntil(visit, edition),
    await programme.themes(visit, edition.id),
  ];
  const counted = all.filter(({ standing }) => standing !== 'conflict' && standing !== 'decided');
  const page = pageAt(all.length, event.url.searchParams.get('pagina'), perPage);
  return {
    edition,
    until,
    themes,
    page,
    leads: mayLead(person, edition.slug),
    items: all.slice(page.from, page.until),
    count: counted.length,
    done: counted.filter(({ standing }) => standing === 'done').length,
    next: counted.find(({ standing }) => standing === 'begun' || standing === 'open')?.code ?? null,
  };
};
