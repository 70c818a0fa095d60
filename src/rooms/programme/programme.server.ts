// The door of the programme: editions, themes, and the sessions that a visitor may see.
import { atOnce } from '#ground/database.server.ts';
import type { EditionId } from '#ground/id.ts';
import { isSlug } from '#ground/text.ts';
import { seesInternal, type Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { Edition, Organisation, Theme } from './edition.ts';
import { isCode, type Session, type Visibility } from './session.ts';
import { memory } from './memory.server.ts';
import * as queries from './queries.server.ts';

export {
  addTheme,
  changeEdition,
  closeEdition,
  copyInto,
  makeCurrent,
  makeEdition,
  moveTheme,
  openEdition,
  removeTheme,
  renameTheme,
  themeUse,
} from './editions.server.ts';
export { conflictsOf, settleConflict, unsettleConflict, type Conflict } from './conflicts.server.ts';
export { guidsOf, takeIn } from './intake.server.ts';
export {
  makeSession,
  setState,
  workingSession,
  workingSessions,
  workingSessionsCalled,
  workingSessionsWith,
  writeSession,
  type WorkingSession,
} from './make.server.ts';
export { tellSchedule, type ToTell } from './told.server.ts';

/** The edition that somebody means who names none. */
export const currentEdition = (visit: Visit): Promise<Edition | null> => queries.currentEdition(visit.db, visit.now);

export const edition = async (visit: Visit, slug: string): Promise<Edition | null> => (isSlug(slug) ? queries.editionBySlug(visit.db, slug) : null);

/** Every edition, the latest first; an old one stays readable for ever. */
export const editions = (visit: Visit): Promise<Edition[]> => queries.allEditions(visit.db);

export const themes = async (visit: Visit, edition: EditionId): Promise<Theme[]> => rememberedThemes(visit, edition, await versionOf(visit, edition));

/** The organisations that host something this visitor may see. */
export const organisations = async (visit: Visit, edition: EditionId): Promise<Organisation[]> =>
  rememberedHosts(visit, edition, await versionOf(visit, edition));

/** From now on for everybody, or for civil servants only. */
export const setVisibility = (visit: Visit, codes: readonly string[], visibility: Visibility): Promise<void> =>
  queries.setVisibility(visit.db, codes, visibility, visit.now);

/** From now on an offered place waits so many hours for an answer; null: who moves up has the place at once. */
export const setAcceptHours = (visit: Visit, edition: EditionId, hours: number | null): Promise<void> =>
  atOnce(visit, async (visit) => {
    const isNew = await queries.setAcceptHours(visit.db, edition, hours);
    if (isNew) await record(visit, { what: 'edition-changed', edition, details: { acceptHours: hours } });
  });

/** One session of any edition, when this visitor may see it; with the places as they are now. */
export const session = async (visit: Visit, code: string): Promise<Session | null> =>
  isCode(code) ? queries.sessionByCode(visit.db, code, seesInternal(visit)) : null;

/** Those of these sessions that this visitor may see, by time; for who needs a few and not a whole edition. */
export const sessionsWith = (visit: Visit, codes: readonly string[]): Promise<readonly Session[]> =>
  codes.length === 0 ? Promise.resolve([]) : queries.sessionsByCodes(visit.db, codes, seesInternal(visit));

/** One session, also when only others may see it: for who still has a place in it, or runs it. */
export const sessionOfHolder = async (visit: Visit, code: string): Promise<Session | null> =>
  isCode(code) ? queries.sessionByCode(visit.db, code, true) : null;

/** Every session of an edition that is not a plan any more, also the internal ones: for who runs them. */
export const sessionsToRun = (visit: Visit, edition: EditionId): Promise<readonly Session[]> => sessions(seeingInternal(visit), edition);
const seeingInternal = (visit: Visit): Visit => ({ ...visit, person: visit.person && { ...visit.person, isInternal: true } });

/**
 * All sessions of an edition that this visitor may see, by time. What they say is kept in memory until the edition's
 * version in the database goes up; the places left are always those of this moment.
 */
export async function sessions(visit: Visit, edition: EditionId): Promise<readonly Session[]> {
  const moment = await momentOf(visit, edition);
  const said = await rememberedSessions(visit, edition, moment.version);
  const left = new Map(moment.left.map((places) => [`${places.id} ${places.attendance}`, places.left]));
  return said.map((session) => {
    const onSite = left.get(`${session.id} onSite`);
    const online = left.get(`${session.id} online`);
    if (onSite === undefined && online === undefined) return session;
    return { ...session, placesLeft: { onSite: onSite ?? session.placesLeft.onSite, online: online ?? session.placesLeft.online } };
  });
}

const rememberedSessions = memory(queries.sessionsOf);
const rememberedThemes = memory(queries.themesOf);
const rememberedHosts = memory(queries.hostsOf);

// What the visit asked last: the themes and hosts of a page belong to the same moment as its sessions.
const moments = new WeakMap<Visit, Map<EditionId, Promise<queries.Moment>>>();

function momentOf(visit: Visit, edition: EditionId): Promise<queries.Moment> {
  const moment = queries.momentOf(visit.db, edition);
  moments.set(visit, (moments.get(visit) ?? new Map<EditionId, Promise<queries.Moment>>()).set(edition, moment));
  return moment;
}

const versionOf = async (visit: Visit, edition: EditionId): Promise<number> =>
  (await (moments.get(visit)?.get(edition) ?? momentOf(visit, edition))).version;
