// What hosts say of their own session: when they cannot, and which open time they take. Who calls these has made sure that
// the visitor may.
import { atOnce } from '#ground/database.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { freeVenue, together, type OnBoard, type Slot, type Span } from './board.ts';
import { boardOf } from './board.server.ts';
import { drafted, move } from './place.server.ts';
import * as queries from './queries.server.ts';

type Which = { readonly id: SessionId; readonly editionId: EditionId };

/** When the hosts of a session cannot. */
export const unavailable = (visit: Visit, session: Pick<Which, 'id'>): Promise<Span[]> => queries.unavailableFor(visit.db, session.id);

/** Not then. */
export const sayUnavailable = (visit: Visit, session: Which, span: Span): Promise<void> =>
  atOnce(visit, async (visit) => {
    if (await queries.insertUnavailable(visit.db, session.id, span)) await saidOtherwise(visit, session);
  });

/** Then it can after all. */
export const sayAvailable = (visit: Visit, session: Which, span: Span): Promise<void> =>
  atOnce(visit, async (visit) => {
    if (await queries.deleteUnavailable(visit.db, session.id, span)) await saidOtherwise(visit, session);
  });

const saidOtherwise = (visit: Visit, session: Which) =>
  record(visit, { what: 'unavailability-changed', edition: session.editionId, session: session.id });

/** Open times that still have room for this session, and where it stands now. Null when it is not on the board. */
export async function ownChoice(visit: Visit, session: Which): Promise<{ readonly session: OnBoard; readonly slots: readonly Slot[] } | null> {
  const board = await boardOf(visit, session.editionId);
  const mine = board.sessions.find(({ id }) => id === session.id);
  if (!mine) return null;
  const not = board.unavailable.get(session.id) ?? [];
  const slots = board.slots.filter(
    (slot) => slot.isOpen && slot.start > visit.now && !not.some((span) => together(span, slot)) && freeVenue(slot, mine, board) !== 'full',
  );
  return { session: mine, slots };
}

/** Takes an open time for a session: who comes first has it, and the board leaves it there. */
export const chooseSlot = (
  visit: Visit,
  session: Which,
  slot: string,
): Promise<OnBoard | Refusal<'slot-unknown' | 'slot-taken' | 'session-cancelled'>> =>
  atOnce(visit, async (visit) => {
    await queries.holdBoard(visit.db, session.editionId);
    const board = await boardOf(visit, session.editionId);
    const mine = board.sessions.find(({ id }) => id === session.id);
    const chosen = board.slots.find(({ id, isOpen }) => id === slot && isOpen);
    if (!mine || !chosen || chosen.start <= visit.now) return { refused: 'slot-unknown' };
    if (mine.state === 'cancelled') return { refused: 'session-cancelled' };
    const venue = freeVenue(chosen, mine, board);
    if (venue === 'full') return { refused: 'slot-taken' };
    const spot = { start: chosen.start, end: chosen.end, venue: venue?.id ?? null };
    await move(visit, session.editionId, [{ session: mine.id, after: drafted({ spot, isPinned: true }) }]);
    await record(visit, { what: 'slot-chosen', edition: session.editionId, session: mine.id });
    return (await queries.onBoard(visit.db, session.editionId, [mine.id]))[0]!;
  });
