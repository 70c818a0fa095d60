// Sessions that people make and change here. Who calls these has made sure that the visitor may.
import { sql } from 'kysely';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { changedIn, differencesOf, type NewSession, type Written } from './make.ts';
import type { State } from './session.ts';
import * as queries from './queries.server.ts';
import type { WorkingSession } from './queries.server.ts';

export type { WorkingSession };

/** A session in whatever state it is, for those who work on it; null when there is none. */
export const workingSession = async (visit: Visit, code: string): Promise<WorkingSession | null> =>
  (await queries.workingSessions(visit.db, sql`s.code = ${code}`))[0] ?? null;

/** Every session of an edition in these states, by time and then by age, for those who work on the edition. */
export const workingSessions = (visit: Visit, edition: EditionId, states: readonly State[]): Promise<WorkingSession[]> =>
  queries.workingSessions(visit.db, sql`s.edition_id = ${edition} and s.state = any(${states})`);

/** Those with these codes, for those who work on them. */
export const workingSessionsCalled = (visit: Visit, codes: readonly string[]): Promise<WorkingSession[]> =>
  codes.length === 0 ? Promise.resolve([]) : queries.workingSessions(visit.db, sql`s.code = any(${codes})`);

/** Those with these ids, for those who work on them. */
export const workingSessionsWith = (visit: Visit, ids: readonly SessionId[]): Promise<WorkingSession[]> =>
  ids.length === 0 ? Promise.resolve([]) : queries.workingSessions(visit.db, sql`s.id = any(${ids}::uuid[])`);

export type WhyNotMade = 'theme-unknown' | 'organisation-unknown' | 'session-unknown' | 'edition-closed';

/** Makes a session, in one of the states before it is published. */
export const makeSession = (
  visit: Visit,
  edition: EditionId,
  session: NewSession,
  state: 'draft' | 'submitted' | 'accepted',
): Promise<WorkingSession | Refusal<WhyNotMade>> =>
  atOnce(visit, async (visit) => {
    if (await queries.isClosed(visit.db, edition)) return { refused: 'edition-closed' };
    const id = newId<'session'>(visit.now);
    await queries.insertSession(visit.db, { id, code: newSessionCode(), edition, session, state, by: visit.person?.id ?? null, now: visit.now });
    const linked = await link(visit, id, edition, session);
    if (isRefusal(linked)) return linked;
    await record(visit, { what: 'session-made', edition, session: id });
    return (await workingSessionsWith(visit, [id]))[0]!;
  });

/**
 * Changes what is written of a session. `revision` is of what the visitor began with: when somebody saved meanwhile, it is
 * refused, and nothing is lost: the page shows both.
 */
export const writeSession = (
  visit: Visit,
  code: string,
  revision: number,
  written: Written,
): Promise<WorkingSession | Refusal<WhyNotMade | 'changed-meanwhile'>> =>
  atOnce(visit, async (visit) => {
    await sql`select 1 from sessions where code = ${code} for no key update`.execute(visit.db);
    const session = await workingSession(visit, code);
    if (session === null) return { refused: 'session-unknown' };
    if (await queries.isClosed(visit.db, session.editionId)) return { refused: 'edition-closed' };
    if (session.revision !== revision) return { refused: 'changed-meanwhile' };
    const changed = changedIn(session, written);
    if (changed.length === 0) return session;
    await queries.updateWritten(visit.db, session.id, written, changed.includes('title'), visit.now);
    const linked = await link(visit, session.id, session.editionId, written);
    if (isRefusal(linked)) return linked;
    const isTold = session.state === 'published' && changed.includes('title');
    await record(visit, {
      what: isTold ? 'session-changed' : 'session-text-changed',
      edition: session.editionId,
      session: session.id,
      details: { differences: differencesOf(changed) },
    });
    return (await workingSessionsWith(visit, [session.id]))[0]!;
  });

/** From one state to another, only from where it was seen; the first publication and a cancellation are told. */
export const setState = (
  visit: Visit,
  session: Pick<WorkingSession, 'id' | 'editionId' | 'state'>,
  state: State,
): Promise<void | Refusal<'changed-meanwhile' | 'edition-closed'>> =>
  atOnce(visit, async (visit) => {
    if (await queries.isClosed(visit.db, session.editionId)) return { refused: 'edition-closed' };
    if (!(await queries.updateState(visit.db, session.id, session.state, state, visit.now))) return { refused: 'changed-meanwhile' };
    if (state === 'published') await record(visit, { what: 'session-published', edition: session.editionId, session: session.id });
    if (session.state === 'published' && state === 'draft')
      await record(visit, { what: 'session-withdrawn', edition: session.editionId, session: session.id });
    if (state === 'cancelled') await record(visit, { what: 'session-cancelled', edition: session.editionId, session: session.id });
  });

async function link(visit: Visit, id: SessionId, edition: EditionId, written: Written): Promise<void | Refusal<WhyNotMade>> {
  if (!(await queries.linkThemes(visit.db, id, edition, written.themes))) return { refused: 'theme-unknown' };
  if (!(await queries.linkOrganisations(visit.db, id, written.organisations))) return { refused: 'organisation-unknown' };
  if (!(await queries.linkDeepenings(visit.db, id, written.deepens))) return { refused: 'session-unknown' };
}
