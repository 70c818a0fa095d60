// Moving sessions on the board. It changes the draft alone: participants hear nothing of it until a release. Who calls
// these has made sure that the visitor may.
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { sameSpot, type BoardChangeId, type OnBoard, type Spot } from './board.ts';
import * as queries from './queries.server.ts';
import type { StoredChange, StoredDraft, StoredMove } from './queries.server.ts';

/** Somebody else moved it meanwhile: where it is now, and who did that. */
export interface MovedMeanwhile extends Refusal<'changed-meanwhile'> {
  readonly session: OnBoard;
  readonly by: string | null;
}
export type NotPlaced = Refusal<'session-unknown' | 'session-cancelled' | 'venue-unknown'> | MovedMeanwhile;

/** Puts a session somewhere, or nowhere (null). Clashes are shown and never refused: people decide. */
export const place = (visit: Visit, edition: EditionId, code: string, spot: Spot | null, revision: number): Promise<OnBoard | NotPlaced> =>
  change(visit, edition, code, revision, (session) => ({ ...session, spot }));

/** The optimiser leaves it where it is from now on, or no longer. */
export const pin = (visit: Visit, edition: EditionId, code: string, isPinned: boolean, revision: number): Promise<OnBoard | NotPlaced> =>
  change(visit, edition, code, revision, (session) => ({ ...session, isPinned }));

type Drafted = Pick<OnBoard, 'spot' | 'isPinned'>;

const change = (
  visit: Visit,
  edition: EditionId,
  code: string,
  revision: number,
  changed: (session: OnBoard) => Drafted,
): Promise<OnBoard | NotPlaced> =>
  atOnce(visit, async (visit) => {
    await queries.holdBoard(visit.db, edition);
    const id = await queries.codesWithId(visit.db, edition, code);
    const session = id && (await queries.onBoard(visit.db, edition, [id]))[0];
    if (!session) return { refused: 'session-unknown' };
    if (session.state === 'cancelled') return { refused: 'session-cancelled' };
    const after = changed(session);
    if (sameSpot(session.spot, after.spot) && session.isPinned === after.isPinned) return session;
    if (session.revision !== revision) {
      const last = await queries.lastPlacedBy(visit.db, session.id);
      return { refused: 'changed-meanwhile', session, by: last?.email ?? null };
    }
    const venue = after.spot?.venue ?? null;
    if (venue !== null && !(await queries.venuesOf(visit.db, edition)).some(({ id }) => id === venue)) return { refused: 'venue-unknown' };
    await move(visit, edition, [{ session: session.id, after: drafted(after) }]);
    return (await queries.onBoard(visit.db, edition, [session.id]))[0]!;
  });

export const drafted = ({ spot, isPinned }: Drafted): StoredDraft => ({
  startsAt: spot?.start.toISOString() ?? null,
  endsAt: spot?.end.toISOString() ?? null,
  venue: spot?.venue ?? null,
  isPinned,
});

/** Several moves that are taken back as one. Inside a transaction that holds the board. */
export async function move(
  visit: Visit,
  edition: EditionId,
  moves: readonly { readonly session: SessionId; readonly after: StoredDraft }[],
): Promise<BoardChangeId> {
  const before = await queries.draftsOf(
    visit.db,
    moves.map(({ session }) => session),
  );
  const id: BoardChangeId = newId(visit.now);
  await put(visit, edition, moves);
  await queries.insertBoardChange(visit.db, {
    id,
    edition,
    by: visit.person?.id ?? null,
    at: visit.now,
    moves: moves.map(({ session, after }) => ({ session, before: before.get(session) ?? null, after })),
  });
  await record(visit, {
    what: 'board-changed',
    edition,
    ...(moves.length === 1 && { session: moves[0]!.session }),
    details: { count: moves.length },
  });
  return id;
}

async function put(
  visit: Visit,
  edition: EditionId,
  drafts: readonly { readonly session: SessionId; readonly after: StoredDraft | null }[],
): Promise<void> {
  await queries.dropDrafts(
    visit.db,
    drafts.flatMap(({ session, after }) => (after === null ? [session] : [])),
  );
  await queries.putDrafts(
    visit.db,
    edition,
    drafts.flatMap(({ session, after }) => (after === null ? [] : [{ ...after, session }])),
    visit.person?.id ?? null,
    visit.now,
  );
}

export interface Undoable {
  readonly undo: { readonly count: number; readonly session: SessionId | null } | null;
  readonly redo: { readonly count: number; readonly session: SessionId | null } | null;
}

/** What the visitor can take back, and what they can do again. */
export async function undoable(visit: Visit, edition: EditionId): Promise<Undoable> {
  if (!visit.person) return { undo: null, redo: null };
  const [undo, redo] = await Promise.all([
    queries.lastChange(visit.db, edition, visit.person.id),
    queries.lastUndone(visit.db, edition, visit.person.id),
  ]);
  return { undo: undo && about(undo), redo: redo && about(redo) };
}
const about = ({ moves }: StoredChange) => ({ count: moves.length, session: moves.length === 1 ? moves[0]!.session : null });

type NotUndone = Refusal<'nothing-to-undo' | 'moved-after'>;

/** Takes the visitor's last change of the board back, all of it, as long as nobody moved those sessions since. */
export const undo = (visit: Visit, edition: EditionId): Promise<void | NotUndone> =>
  turn(visit, edition, queries.lastChange, ({ session, before, after }) => ({ session, before: after, after: before }), visit.now);

/** Does again what the visitor took back last. */
export const redo = (visit: Visit, edition: EditionId): Promise<void | NotUndone> => turn(visit, edition, queries.lastUndone, (move) => move, null);

const turn = (
  visit: Visit,
  edition: EditionId,
  find: typeof queries.lastChange,
  way: (move: StoredMove) => StoredMove,
  undoneAt: Date | null,
): Promise<void | NotUndone> =>
  atOnce(visit, async (visit) => {
    await queries.holdBoard(visit.db, edition);
    const found = visit.person && (await find(visit.db, edition, visit.person.id));
    if (!found) return { refused: 'nothing-to-undo' };
    const moves = found.moves.map(way);
    const now = await queries.draftsOf(
      visit.db,
      moves.map(({ session }) => session),
    );
    if (moves.some(({ session, before }) => !sameDraft(now.get(session) ?? null, before))) return { refused: 'moved-after' };
    await put(visit, edition, moves);
    await queries.setUndone(visit.db, found.id, undoneAt);
    const [first] = moves;
    await record(visit, {
      what: undoneAt === null ? 'board-changed' : 'board-undone',
      edition,
      ...(moves.length === 1 && first && { session: first.session }),
      details: { count: moves.length },
    });
  });

const sameDraft = (one: StoredDraft | null, other: StoredDraft | null): boolean =>
  one === null || other === null
    ? one === other
    : one.startsAt === other.startsAt && one.endsAt === other.endsAt && one.venue === other.venue && one.isPinned === other.isPinned;
