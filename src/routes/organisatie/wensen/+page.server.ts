import { windows } from '#rooms/wishes';
import { leader } from '../entrance.server.ts';
import type { PageServerLoad } from './$types';

/** The windows of wishes of this edition, for who leads it. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  return { edition, windows: await windows(visit, edition) };
};
