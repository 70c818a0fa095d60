// From draft to told: everything that changed, at once. Who calls these has made sure that the visitor may.
import { hashOf, newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Text } from '#ground/text.ts';
import { seesInternal, type Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { tellSchedule } from '#rooms/programme';
import * as seats from '#rooms/seats';
import { changesOf, listed, type Board, type Change, type OnBoard, type Told } from './board.ts';
import * as queries from './queries.server.ts';
import type { StoredReleaseChange } from './queries.server.ts';

export interface ToRelease {
  /** The number that this release would have. */
  readonly number: number;
  readonly changes: readonly (Change & { readonly session: OnBoard })[];
  /** Which list this is: a release tells this one and no other. */
  readonly key: string;
}

/** What a release would tell now. */
export async function changesToRelease(visit: Visit, edition: EditionId): Promise<ToRelease> {
  return toRelease(visit, edition, await drafts(visit, edition));
}

const drafts = async (visit: Visit, edition: EditionId): Promise<Pick<Board, 'sessions' | 'venues'>> => ({
  sessions: await queries.onBoard(visit.db, edition),
  venues: await queries.venuesOf(visit.db, edition),
});

async function toRelease(visit: Visit, edition: EditionId, board: Pick<Board, 'sessions' | 'venues'>): Promise<ToRelease> {
  const number = ((await queries.lastRelease(visit.db, edition))?.number ?? 0) + 1;
  const changes = changesOf(board);
  return { number, changes, key: hashOf(listed(number, changes)) };
}

export interface Released {
  readonly number: number;
  readonly releasedAt: Date;
  readonly by: string | null;
  readonly changes: readonly Change[];
}

/**
 * Tells everything that changed: sessions are then and there from now on, and letters and calendars follow. `key` is of
 * the list that the visitor saw; who presses twice releases once.
 */
export const release = (
  visit: Visit,
  edition: EditionId,
  key: string,
): Promise<Released | Refusal<'changed-meanwhile' | 'nothing-to-release' | 'told-without-time'>> =>
  atOnce(visit, async (visit) => {
    await queries.holdBoard(visit.db, edition);
    const last = (await releases(visit, edition, 1))[0];
    if (last && hashOf(listed(last.number, last.changes)) === key) return last;
    const board = await drafts(visit, edition);
    const { number, changes, key: now } = await toRelease(visit, edition, board);
    if (now !== key) return { refused: 'changed-meanwhile' };
    if (changes.length === 0) return { refused: 'nothing-to-release' };
    if (changes.some(({ is }) => is === null)) return { refused: 'told-without-time' };
    await tellSchedule(
      visit,
      edition,
      changes.flatMap(({ is, session }) => (is === null ? [] : [{ id: session.id, start: is.start, end: is.end, location: is.place }])),
    );
    await roomFor(visit, board, changes);
    const id = newId<'release'>(visit.now);
    await queries.insertRelease(visit.db, {
      ...{ id, edition, number, at: visit.now, by: visit.person?.id ?? null },
      changes: changes.map(({ code, was, is }) => ({ code, was: stored(was), is: stored(is) })),
    });
    await record(visit, { what: 'schedule-released', edition, details: { release: id, number, count: changes.length } });
    return { number, releasedAt: visit.now, by: visit.person?.email ?? null, changes };
  });

/** A room that holds so many is a limit where nobody set one; never for who has a place or waits already. */
async function roomFor(visit: Visit, { venues }: Pick<Board, 'venues'>, changes: ToRelease['changes']): Promise<void> {
  const byId = new Map(venues.map((venue) => [venue.id, venue]));
  const sessions = changes.map(({ session }) => session).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, code, spot, ...session } of sessions) {
    const venue = spot?.venue ? byId.get(spot.venue) : undefined;
    // Refused when there are more already: then there is no limit, as it was.
    if (venue && venue.capacity !== null && session[venue.kind] === null) await seats.setPlaces(visit, { id, code }, venue.kind, venue.capacity);
  }
}

const stored = (told: Told | null): StoredReleaseChange['was'] =>
  told && { start: told.start?.toISOString() ?? null, end: told.end?.toISOString() ?? null, place: told.place };
const read = (told: StoredReleaseChange['was']): Told | null =>
  told && { start: told.start === null ? null : new Date(told.start), end: told.end === null ? null : new Date(told.end), place: told.place };
const isOf = (is: Told | null): Change['is'] => (is?.start && is.end ? { start: is.start, end: is.end, place: is.place } : null);

/** What was told and when, the newest first. */
export async function releases(visit: Visit, edition: EditionId, limit = 100): Promise<Released[]> {
  return (await queries.releasesOf(visit.db, edition, limit)).map(({ number, releasedAt, by, changes }) => ({
    number,
    releasedAt,
    by,
    changes: changes.map(({ code, was, is }) => ({ code, was: read(was), is: isOf(read(is)) })),
  }));
}

/** The same for everybody: of the sessions that this visitor may see, and without who did it. */
export async function toldChanges(
  visit: Visit,
  edition: EditionId,
): Promise<{ readonly releasedAt: Date; readonly changes: readonly (Change & { readonly title: Text })[] }[]> {
  return (await queries.publicReleases(visit.db, edition, seesInternal(visit), 50)).map(({ releasedAt, changes }) => ({
    releasedAt,
    changes: changes.map(({ code, title, was, is }) => ({ code, title, was: read(was), is: isOf(read(is)) })),
  }));
}
