import type { Actions } from './$types';
import { keepPasskey } from '../ways.server.ts';

export const actions: Actions = { default: keepPasskey };
