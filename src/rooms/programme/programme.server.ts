// The door of the programme: editions, themes, and the sessions that a visitor may see.
import type { Kysely } from 'kysely';
import type { DB } from '#ground/tables.ts';
import type { EditionId } from '#ground/id.ts';
import { seesInternal, type Visit } from '#ground/visit.ts';
import type { Edition, Organisation, Theme } from './edition.ts';
import type { Session, Visibility } from './session.ts';
import * as queries from './queries.server.ts';

export { guidsOf, takeIn } from './intake.server.ts';

/** The edition that somebody means who names none. */
export const currentEdition = (visit: Visit): Promise<Edition | null> => queries.currentEdition(visit.db, visit.now);

export const edition = (visit: Visit, slug: string): Promise<Edition | null> => queries.editionBySlug(visit.db, slug);

/** Every edition, the latest first; an old one stays readable for ever. */
export const editions = (visit: Visit): Promise<Edition[]> => queries.allEditions(visit.db);

export const themes = (visit: Visit, edition: EditionId): Promise<Theme[]> => queries.themesOf(visit.db, edition);

/** The organisations that host something this visitor may see. */
export const organisations = (visit: Visit, edition: EditionId): Promise<Organisation[]> => queries.hostsOf(visit.db, edition, seesInternal(visit));

/** From now on for everybody, or for civil servants only. */
export const setVisibility = (visit: Visit, codes: readonly string[], visibility: Visibility): Promise<void> =>
  queries.setVisibility(visit.db, codes, visibility, visit.now);

/** One session of any edition, when this visitor may see it; with the places as they are now. */
export const session = (visit: Visit, code: string): Promise<Session | null> => queries.sessionByCode(visit.db, code, seesInternal(visit));

/**
 * All sessions of an edition that this visitor may see, by time. What they say is kept in memory until the edition's
 * version in the database goes up; the places left are always those of this moment.
 */
export async function sessions(visit: Visit, edition: EditionId): Promise<readonly Session[]> {
  const moment = await queries.momentOf(visit.db, edition);
  const said = await remembered(visit, edition, moment.version);
  const left = new Map(moment.left.map((places) => [`${places.id} ${places.attendance}`, places.left]));
  return said.map((session) => {
    const onSite = left.get(`${session.id} onSite`);
    const online = left.get(`${session.id} online`);
    if (onSite === undefined && online === undefined) return session;
    return { ...session, placesLeft: { onSite: onSite ?? session.placesLeft.onSite, online: online ?? session.placesLeft.online } };
  });
}

interface Memory {
  readonly version: number;
  readonly sessions: Promise<readonly Session[]>;
}
const memories = new WeakMap<Kysely<DB>, Map<string, Memory>>();
const mostRemembered = 20;

function remembered(visit: Visit, edition: EditionId, version: number): Promise<readonly Session[]> {
  const internal = seesInternal(visit);
  // Inside a transaction the database may say something that others do not see yet: nothing of it is kept.
  if (visit.db.isTransaction) return queries.sessionsOf(visit.db, edition, internal);
  const memory = memories.get(visit.db) ?? new Map<string, Memory>();
  memories.set(visit.db, memory);
  const key = `${edition} ${internal}`;
  const known = memory.get(key);
  if (known && known.version === version) return known.sessions;
  const fresh = { version, sessions: queries.sessionsOf(visit.db, edition, internal) };
  memory.delete(key);
  memory.set(key, fresh);
  if (memory.size > mostRemembered) memory.delete(memory.keys().next().value!);
  fresh.sessions.catch(() => memory.delete(key));
  return fresh.sessions;
}
