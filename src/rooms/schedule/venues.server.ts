// Where sessions can be, and when. Who calls these has made sure that the visitor may.
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId, type EditionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { Slot, Span, Venue, VenueId } from './board.ts';
import * as queries from './queries.server.ts';
import type { TypedVenue } from './queries.server.ts';

export type { TypedVenue };

/** Rooms and channels, in their order. */
export const venues = (visit: Visit, edition: EditionId): Promise<Venue[]> => queries.venuesOf(visit.db, edition);

/** A room or a channel more. */
export const makeVenue = (
  visit: Visit,
  edition: EditionId,
  typed: TypedVenue,
): Promise<VenueId | Refusal<'venue-name-taken' | 'venue-name-removed'>> =>
  atOnce(visit, async (visit) => {
    const id: VenueId = newId(visit.now);
    if (!(await queries.insertVenue(visit.db, id, edition, typed))) return whyTaken(visit, edition, typed.name);
    await record(visit, { what: 'venue-made', edition, details: { venue: id } });
    return id;
  });

async function whyTaken(visit: Visit, edition: EditionId, name: string): Promise<Refusal<'venue-name-taken' | 'venue-name-removed'>> {
  const named = await queries.venueNamed(visit.db, edition, name);
  return { refused: named?.isRemoved ? 'venue-name-removed' : 'venue-name-taken' };
}

/** Says something else of a room; `revision` is of what the visitor began with. */
export const changeVenue = (
  visit: Visit,
  edition: EditionId,
  id: string,
  revision: number,
  typed: TypedVenue,
): Promise<void | Refusal<'venue-name-taken' | 'venue-name-removed' | 'changed-meanwhile'>> =>
  atOnce(visit, async (visit) => {
    await queries.holdBoard(visit.db, edition);
    const named = await queries.venueNamed(visit.db, edition, typed.name);
    if (named && named.id !== id) return { refused: named.isRemoved ? 'venue-name-removed' : 'venue-name-taken' };
    if (!isId<'venue'>(id) || !(await queries.updateVenue(visit.db, edition, id, revision, typed))) return { refused: 'changed-meanwhile' };
    await record(visit, { what: 'venue-changed', edition, details: { venue: id } });
  });

/** Takes a room away in which nothing is placed; it can be put back. */
export const removeVenue = (visit: Visit, edition: EditionId, id: string): Promise<void | Refusal<'venue-in-use'>> =>
  atOnce(visit, async (visit) => {
    if (!isId<'venue'>(id)) return;
    await queries.holdBoard(visit.db, edition);
    const placed = await queries.onBoard(visit.db, edition);
    if (placed.some(({ spot, state }) => state !== 'cancelled' && spot?.venue === id)) return { refused: 'venue-in-use' };
    if ((await queries.setVenueRemoved(visit.db, edition, id, visit.now)) !== null)
      await record(visit, { what: 'venue-removed', edition, details: { venue: id } });
  });

/** Puts a room back that was taken away. */
export const restoreVenue = (visit: Visit, edition: EditionId, id: string): Promise<void> =>
  atOnce(visit, async (visit) => {
    if (isId<'venue'>(id) && (await queries.setVenueRemoved(visit.db, edition, id, null)) !== null)
      await record(visit, { what: 'venue-made', edition, details: { venue: id } });
  });

/** How a room was called that was taken away; null when it was not. */
export const removedVenueName = async (visit: Visit, edition: EditionId, id: string): Promise<string | null> =>
  isId<'venue'>(id) ? queries.removedVenueName(visit.db, edition, id) : null;

/** Times at which sessions can be. */
export const slots = (visit: Visit, edition: EditionId): Promise<Slot[]> => queries.slotsOf(visit.db, edition);

/** Many times at once; those that are there already stay. Answers how many are new. */
export const makeSlots = (visit: Visit, edition: EditionId, spans: readonly Span[], isOpen: boolean): Promise<number> =>
  atOnce(visit, async (visit) => {
    const made = await queries.insertSlots(
      visit.db,
      edition,
      spans.map((span) => ({ ...span, id: newId<'slot'>(visit.now), isOpen })),
    );
    if (made > 0) await record(visit, { what: 'slots-changed', edition, details: { new: made } });
    return made;
  });

/** Takes times away; what is placed at them stays where it is. Answers which, so that they can be put back. */
export const removeSlots = (visit: Visit, edition: EditionId, ids: readonly string[]): Promise<Slot[]> =>
  atOnce(visit, async (visit) => {
    const gone = await queries.deleteSlots(visit.db, edition, ids.filter(isId));
    if (gone.length > 0) await record(visit, { what: 'slots-changed', edition, details: { count: gone.length } });
    return gone;
  });

/** From now on hosts may take these times themselves, or no more. */
export const openSlots = (visit: Visit, edition: EditionId, ids: readonly string[], isOpen: boolean): Promise<number> =>
  atOnce(visit, async (visit) => {
    const changed = await queries.setSlotsOpen(visit.db, edition, ids.filter(isId), isOpen);
    if (changed > 0) await record(visit, { what: 'slots-changed', edition, details: { changed } });
    return changed;
  });
