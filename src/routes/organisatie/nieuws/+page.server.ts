import { stories } from '#rooms/newsroom';
import { leader } from '../entrance.server.ts';
import type { PageServerLoad } from './$types';

/** Everything that was written for an edition, in whatever state. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const all = await stories(visit, edition);
  return { edition, stories: all.map(({ id, title, state, publishAt }) => ({ id, title, state, publishAt })) };
};
