import { address } from '#ground/address.ts';
import { say } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import type { Theme } from '#rooms/programme/edition.ts';
import type { Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import { words } from '#words';
import type { CalendarEvent } from './ical.ts';

/** Stays the same whatever changes, also when the site moves to another address. */
export const uidOf = (code: string): string => `${code}@innovember`;

export interface Setting {
  readonly language: Language;
  readonly themes: readonly Theme[];
  /** Scheme and host of the site. */
  readonly origin: string;
}

/** A session as a calendar shows it; null while its time is unknown. The seat of its reader says how sure it is. */
export function eventOf(session: Session, { language, themes, origin }: Setting, seat: Seat | null = null): CalendarEvent | null {
  if (session.start === null || session.end === null) return null;
  const t = words(language);
  const url = `${origin}${address({ language, edition: session.edition }, `/programma/${session.code}`)}`;
  const title = say(session.title, language).text;
  const standing = session.state === 'cancelled' ? 'cancelled' : (seat?.standing ?? 'held');
  const place = seat?.attendance === 'online' || session.location === null ? t('calendar.online') : session.location;
  const description = [
    say(session.summary, language).text,
    session.speakers.length > 0 ? t('calendar.with', { speakers: session.speakers.join(', ') }) : '',
    say(session.description, language).text,
    t('calendar.more', { url }),
  ];
  return {
    uid: uidOf(session.code),
    sequence: session.sequence,
    changedAt: session.updatedAt,
    start: session.start,
    end: session.end,
    summary: standing === 'held' ? title : t(`calendar.${standing}`, { title }),
    description: description.filter((part) => part !== '').join('\n\n'),
    location: place,
    url,
    status: standing === 'cancelled' ? 'CANCELLED' : standing === 'held' ? 'CONFIRMED' : 'TENTATIVE',
    categories: session.themes.flatMap((slug) => themes.filter((theme) => theme.slug === slug).map((theme) => say(theme.name, language).text)),
    parents: session.deepens.map(uidOf),
    children: session.deepenedBy.map(uidOf),
  };
}
