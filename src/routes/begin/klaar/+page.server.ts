import { beginning } from '../first.server.ts';
import type { PageServerLoad } from './$types';

/** The last step: what there is now, and what comes next. */
export const load: PageServerLoad = async (event) => ({ made: (await beginning(event)).edition });
