import { editions } from '#rooms/programme';
import { local } from '#rooms/programme/when.ts';
import type { PageServerLoad } from './$types';

/** Every edition with where it stands today in its own time zone. */
export const load: PageServerLoad = async ({ locals: { visit } }) => {
  const all = await editions(visit);
  return {
    editions: all.map((edition) => {
      const today = local(visit.now, edition.timeZone).day;
      const standing =
        today < edition.startsOn ? ('editionNext' as const) : today > edition.endsOn ? ('editionPast' as const) : ('editionNow' as const);
      return { ...edition, standing };
    }),
  };
};
