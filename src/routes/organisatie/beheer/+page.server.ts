import { administrator } from './entrance.server.ts';
import type { PageServerLoad } from './$types';

/** Where the installation is looked after. */
export const load: PageServerLoad = (event) => {
  administrator(event);
};
