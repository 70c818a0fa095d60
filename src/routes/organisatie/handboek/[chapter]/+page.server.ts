import { doneIn } from '#rooms/handbook';
import { chapters, daysOf, timeFor } from '#rooms/handbook/chapter.ts';
import { mayAdminister, mayLead } from '#rooms/identity/may.ts';
import { local } from '#rooms/programme/when.ts';
import { notHere } from '../../../not-here.server.ts';
import { organiser } from '../../entrance.server.ts';
import type { PageServerLoad } from './$types';

/** One chapter, with the ones before and after it. */
export const load: PageServerLoad = async (event) => {
  const { visit, person, edition } = organiser(event);
  const at = chapters.findIndex(({ slug }) => slug === event.params.chapter);
  const chapter = chapters[at];
  if (!chapter) return notHere(visit);
  const done = await doneIn(visit, edition);
  // A way is shown to whom it is open.
  const leads = mayLead(person, edition.slug);
  const opens = (to: string): boolean => (to === '/organisatie/edities' ? mayAdminister(person) : leads || to === '/organisatie/sessies');
  return {
    edition,
    slug: chapter.slug,
    ...daysOf(chapter, edition),
    time: timeFor(chapter, edition, local(visit.now, edition.timeZone).day),
    steps: chapter.steps.map(({ to, deed }) => ({
      to: to !== undefined && opens(to) ? to : null,
      isDone: deed === undefined ? null : done.has(deed),
    })),
    before: chapters[at - 1]?.slug ?? null,
    after: chapters[at + 1]?.slug ?? null,
  };
};
