import { address } from '#ground/address.ts';
import { themeActions, themesShown } from '../../organisatie/editie/theme-actions.server.ts';
import { beginning } from '../first.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The second step: themes. */
export const load: PageServerLoad = async (event) => themesShown(await beginning(event), event.url);

export const actions: Actions = themeActions(beginning, ({ locals: { place } }, said) => `${address(place, '/begin/themas')}?${said}`);
