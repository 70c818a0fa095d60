import { chapters, daysOf, timeFor, weekOf } from '#rooms/handbook/chapter.ts';
import { doneIn } from '#rooms/handbook';
import { local } from '#rooms/programme/when.ts';
import { organiser } from '../entrance.server.ts';
import type { PageServerLoad } from './$types';

/** The chapters in time, and how far the edition is. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = organiser(event);
  const today = local(visit.now, edition.timeZone).day;
  const done = await doneIn(visit, edition);
  return {
    edition,
    week: weekOf(edition, today),
    isOver: today > edition.endsOn,
    chapters: chapters.map((chapter) => ({
      slug: chapter.slug,
      ...daysOf(chapter, edition),
      time: timeFor(chapter, edition, today),
      steps: chapter.steps.map(({ deed }) => (deed === undefined ? null : done.has(deed))),
    })),
  };
};
