import { atOnce } from '#ground/database.server.ts';
import * as identity from '#rooms/identity';
import { record } from '#rooms/journal';
import { rolesCsv } from '#rooms/upkeep/role-csv.ts';
import { administrator } from '../entrance.server.ts';
import type { RequestHandler } from './$types';

const mostRows = 100_000;

/** Everybody with a special role, as a file. The journal says that somebody took it. */
export const GET: RequestHandler = async (event) => {
  const { visit } = administrator(event);
  const roles = await identity.rolesHeld(visit, { from: 0, limit: mostRows });
  await atOnce(visit, (visit) => record(visit, { what: 'roles-downloaded', details: { roles: roles.length } }));
  return new Response(rolesCsv(roles, visit.language), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="rollen.csv"',
      'cache-control': 'private, no-store',
    },
  });
};
