import { oneself } from '../oneself.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => void oneself(event);
