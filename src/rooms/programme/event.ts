import { say } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import type { Organisation } from './edition.ts';
import { isOffered, type Session } from './session.ts';
import { nameOf } from './stop.ts';

/** A session as schema.org's Event, for search engines; null when there is nothing to plan yet or it is not for everybody. */
export function eventOf(
  session: Session,
  organisations: readonly Organisation[],
  language: Language,
  url: string,
): Readonly<Record<string, unknown>> | null {
  if (session.start === null || session.end === null || session.visibility !== 'public') return null;
  const [onSite, online] = [isOffered(session.capacity.onSite) && session.location !== null, isOffered(session.capacity.online)];
  const places = [...(onSite ? [{ '@type': 'Place', name: session.location }] : []), ...(online ? [{ '@type': 'VirtualLocation', url }] : [])];
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: say(session.title, language).text,
    description: say(session.summary, language).text,
    url,
    startDate: session.start.toISOString(),
    endDate: session.end.toISOString(),
    inLanguage: session.languages,
    eventStatus: `https://schema.org/${session.state === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    eventAttendanceMode: `https://schema.org/${onSite && online ? 'Mixed' : online ? 'Online' : 'Offline'}EventAttendanceMode`,
    location: places,
    organizer: session.organisations.map((slug) => ({ '@type': 'Organization', name: nameOf(slug, organisations, language) })),
    isAccessibleForFree: true,
  };
}

/** As the content of a script element: nothing in it can end the element or begin another. */
export const encoded = (event: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(event).replace(/[<>&\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
