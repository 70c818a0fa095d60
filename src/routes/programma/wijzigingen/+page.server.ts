import { toldChanges } from '#rooms/schedule';
import { notHere } from '../../not-here.server.ts';
import type { PageServerLoad } from './$types';

/** What changed in the programme and when that was told, of the sessions that the visitor may see. */
export const load: PageServerLoad = async ({ locals: { visit, edition } }) => {
  if (!edition) return notHere(visit);
  return { edition, releases: await toldChanges(visit, edition.id) };
};
