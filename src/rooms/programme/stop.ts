import { say } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import { words } from '#words';
import type { Organisation } from './edition.ts';
import { hasStarted, isOffered, isPast, roomIn, type Room, type Session } from './session.ts';

/** As much of a session as a stop tells. */
export type Stopping = Pick<
  Session,
  'code' | 'title' | 'summary' | 'themes' | 'organisations' | 'start' | 'end' | 'timeZone' | 'capacity' | 'placesLeft' | 'state' | 'format'
>;
export type Standing = 'cancelled' | 'past' | 'now' | 'full' | 'few' | 'open';

/** What a passer-by must know first about a session. */
export function standing(session: Pick<Session, 'state' | 'start' | 'end' | 'capacity' | 'placesLeft'>, now: Date): Standing {
  if (session.state === 'cancelled') return 'cancelled';
  if (isPast(session, now)) return 'past';
  if (hasStarted(session, now)) return 'now';
  const room = roomOf(session);
  return room === 'none' ? 'full' : room === 'few' ? 'few' : 'open';
}

/** The best of the rooms that are offered. */
export function roomOf({ capacity, placesLeft }: Pick<Session, 'capacity' | 'placesLeft'>): Room {
  const offered = (['onSite', 'online'] as const).filter((attendance) => isOffered(capacity[attendance]));
  const rooms = offered.map((attendance) => roomIn(capacity[attendance], placesLeft[attendance]));
  return rooms.includes('ample') ? 'ample' : rooms.includes('few') ? 'few' : rooms.length === 0 ? 'ample' : 'none';
}

/** The leading host by name, and how many more there are. */
export function hostsOf(session: Pick<Session, 'organisations'>, organisations: readonly Organisation[], language: Language): string {
  const t = words(language);
  const [first, second, ...more] = session.organisations.map((slug) => nameOf(slug, organisations, language));
  if (first === undefined) return '';
  if (second === undefined) return first;
  return more.length === 0 ? t('programme.hostsTwo', { first, second }) : t('programme.hostsMore', { first, count: more.length + 1 });
}

export function nameOf(slug: string, organisations: readonly Organisation[], language: Language): string {
  const found = organisations.find((organisation) => organisation.slug === slug);
  return found === undefined ? slug : say(found.name, language).text;
}

/** In the room, online, or as you wish. */
export function wayOf({ capacity }: Pick<Session, 'capacity'>, language: Language): string {
  const t = words(language);
  const [onSite, online] = [isOffered(capacity.onSite), isOffered(capacity.online)];
  if (onSite && online) return t('programme.wayEither');
  return onSite ? t('programme.wayOnSite') : online ? t('programme.wayOnline') : '';
}
