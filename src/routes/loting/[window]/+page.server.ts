import { redirect } from '@sveltejs/kit';
import { address, readAddress } from '#ground/address.ts';
import { sessions } from '#rooms/programme';
import { published, window as windowAt } from '#rooms/wishes';
import { blunted, byContest, figures } from '#rooms/wishes/figures.ts';
import type { Report } from '#rooms/wishes/window.ts';
import { pageAt } from '#ui/page.ts';
import { notHere } from '../../not-here.server.ts';
import type { PageServerLoad } from './$types';

const perPage = 50;

/** One window and its draw, as everybody may know it: what was promised before, and after it how it went. */
export const load: PageServerLoad = async ({ locals: { visit, edition, place }, params, url }) => {
  const window = await windowAt(visit, params.window);
  if (!window || !edition) notHere(visit);
  // A window has one address, within its own edition.
  if (window.edition !== edition.slug) redirect(308, address({ ...place, edition: window.edition }, readAddress(url.pathname).path) + url.search);
  const report = window.state === 'confirmed' && window.report ? toldOf(window.report) : null;
  const items = report === null ? [] : byContest(await published(visit, window));
  const page = pageAt(items.length, url.searchParams.get('pagina'), perPage);
  const titles = new Map((items.length > 0 ? await sessions(visit, edition.id) : []).map(({ code, title }) => [code, title]));
  return {
    window: { ...window, report: null },
    // While it is checked, nobody is told what may still change; and no exact small number leaves the house.
    report,
    isTooSmall: window.state === 'confirmed' && report === null,
    timeZone: edition.timeZone,
    page,
    items: blunted(items.slice(page.from, page.until)).map((item) => ({ ...item, title: titles.get(item.session) ?? { nl: item.session } })),
    isStill: url.searchParams.has('stil'),
  };
};

/** Null: so few people that nothing is told of them, the counts of their wishes and places neither. */
function toldOf(report: Report) {
  const figure = figures(report, true);
  return figure && { people: report.people, wishes: report.wishes, method: report.method, figures: figure };
}
