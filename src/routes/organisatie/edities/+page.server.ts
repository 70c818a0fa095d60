import * as programme from '#rooms/programme';
import { administrator } from '../beheer/entrance.server.ts';
import type { PageServerLoad } from './$types';

/** Every edition of the installation, for who makes them. */
export const load: PageServerLoad = async (event) => {
  const { visit } = administrator(event);
  const [editions, current] = await Promise.all([programme.editions(visit), programme.currentEdition(visit)]);
  return { editions, meant: current?.slug ?? null };
};
