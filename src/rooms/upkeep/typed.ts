// What an administrator fills in.
import type { Text } from '#ground/text.ts';
import { momentIn } from '#rooms/programme/moment.ts';
import type { Announcement } from './notice.ts';

export type AnnouncementProblems = Readonly<Partial<Record<'text-nl' | 'from' | 'until', string>>>;

/** An announcement as it was typed, by the wall clock of a zone; a moment that is left empty is none. */
export function readAnnouncement(
  { text, from, until }: { readonly text: Text; readonly from: string; readonly until: string },
  timeZone: string,
): Announcement | { readonly problems: AnnouncementProblems } {
  const begin = from === '' ? null : momentIn(from, timeZone);
  const end = until === '' ? null : momentIn(until, timeZone);
  const problems = {
    ...(Object.keys(text).length === 0 && { 'text-nl': 'announcement-missing' }),
    ...(from !== '' && begin === null && { from: 'moment-unreadable' }),
    ...(until !== '' && end === null && { until: 'moment-unreadable' }),
    ...(begin !== null && end !== null && end <= begin && { until: 'announcement-until-before' }),
  };
  return Object.keys(problems).length > 0 ? { problems } : { text, from: begin, until: end };
}
