import * as figures from '#rooms/figures';
import { leader } from '../../entrance.server.ts';
import type { RequestHandler } from './$types';

/** The figures by day as a file. The journal says that somebody took it. */
export const GET: RequestHandler = async (event) => {
  const { visit, edition } = leader(event);
  const { days } = await figures.overview(visit, edition.id);
  await figures.noteDownload(visit, edition.id);
  return new Response(figures.figuresCsv(days, visit.language), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="cijfers-${edition.slug}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
};
