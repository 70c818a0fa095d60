import { windows } from '#rooms/wishes';
import { notHere } from '../not-here.server.ts';
import type { PageServerLoad } from './$types';

/** The windows of wishes of an edition, the latest first. */
export const load: PageServerLoad = async ({ locals: { visit, edition } }) => {
  if (!edition) notHere(visit);
  return { timeZone: edition.timeZone, windows: await windows(visit, edition) };
};
