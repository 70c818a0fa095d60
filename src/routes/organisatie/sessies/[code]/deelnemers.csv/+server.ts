import { atOnce } from '#ground/database.server.ts';
import { record } from '#rooms/journal';
import * as seats from '#rooms/seats';
import { rollCsv } from '#rooms/seats/roll-csv.ts';
import { runner } from '../../../entrance.server.ts';
import type { RequestHandler } from './$types';

const mostRows = 100_000;

/** The whole roll as a file. The journal says that somebody took it. */
export const GET: RequestHandler = async (event) => {
  const { visit, session } = await runner(event);
  const { items } = await seats.roll(visit, session, { limit: mostRows });
  await atOnce(visit, (visit) => record(visit, { what: 'roll-downloaded', session: session.id, details: { people: items.length } }));
  return new Response(rollCsv(items, visit.language), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="deelnemers-${session.code}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
};
