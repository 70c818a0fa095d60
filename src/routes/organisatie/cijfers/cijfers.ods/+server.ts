import * as figures from '#rooms/figures';
import { leader } from '../../entrance.server.ts';
import type { RequestHandler } from './$types';

/** The figures by day as a file. The journal says that somebody took it. */
export const GET: RequestHandler = async (event) => {
  const { visit, edition } = leader(event);
  const { days } = await figures.overview(visit, edition.id);
  await figures.noteDownload(visit, edition.id);
  return new Response(await figures.figuresOds(days, visit.language), {
    headers: {
      'content-type': 'application/vnd.oasis.opendocument.spreadsheet',
      'content-disposition': `attachment; filename="cijfers-${edition.slug}.ods"`,
      'cache-control': 'private, no-store',
    },
  });
};
