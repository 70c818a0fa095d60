import { countNews, news } from '#rooms/newsroom';
import { pageAt } from '#ui/page.ts';
import { notHere } from '../not-here.server.ts';
import type { PageServerLoad } from './$types';

/** What is new in an edition, the newest first. */
export const load: PageServerLoad = async ({ url, locals: { visit, edition } }) => {
  if (edition === null) return notHere(visit);
  const page = pageAt(await countNews(visit, edition), url.searchParams.get('pagina'), 20);
  return { edition, page, stories: await news(visit, edition, page.from, 20) };
};
