import type { LayoutServerLoad } from './$types';
import { draft, isGone } from '#rooms/registration';
import { guideOf } from './guide.server.ts';

export const load: LayoutServerLoad = async (event) => {
  const { visit, edition, secret } = guideOf(event);
  const known = await draft(visit, secret, edition);
  const said = event.url.searchParams;
  return {
    answers: known?.draft.answers ?? null,
    version: known?.draft.version ?? null,
    // The overview opens when somebody has signed in.
    reached: Math.min(known?.draft.reached ?? 1, visit.person ? 6 : 5),
    isGone: known === null && (await isGone(visit, secret, edition)),
    isConfirmed: known?.isConfirmed ?? false,
    notice: said.has('opnieuw') ? ('anew' as const) : said.has('verlopen') ? ('gone' as const) : said.has('elders') ? ('behind' as const) : null,
  };
};
