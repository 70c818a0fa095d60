import { error } from '@sveltejs/kit';
import { windows } from '#rooms/wishes';
import { sentence } from '#words';
import type { PageServerLoad } from './$types';

/** The windows of wishes of an edition, the latest first. */
export const load: PageServerLoad = async ({ locals: { visit, edition } }) => {
  if (!edition) error(404, { message: sentence(visit.language, 'shell.notFound'), request: visit.request });
  return { timeZone: edition.timeZone, windows: await windows(visit, edition) };
};
