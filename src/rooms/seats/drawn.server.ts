// The outcome of a draw becomes seats. While a wish window has a session's places, nobody claims them by themselves.
import type { PersonId, SessionId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import type { Attendance } from '#rooms/programme/session.ts';
import { drawn } from './desk.ts';
import { passDesks, passHouse, type Passing } from './desk.server.ts';
import * as queries from './queries.server.ts';
import { whyNot } from './seat.ts';

/** From now on these sessions' places are given by the draw of one window. All or none. */
export async function keepFor(visit: Visit, window: string, sessions: readonly SessionId[]): Promise<void | Refusal<'kept-already'>> {
  const held = await queries.lockPlacesOf(visit.db, sessions);
  if (held.some(({ kept_for }) => kept_for !== null && kept_for !== window)) return { refused: 'kept-already' };
  await queries.setKept(visit.db, sessions, window);
}

/** The places are everybody's again, except of some sessions; who waits beside a free one moves up. */
export async function letGo(visit: Visit, window: string, except: readonly SessionId[] = []): Promise<void> {
  const kept = (await queries.sessionsKeptFor(visit.db, window)).filter(({ id }) => !except.includes(id));
  await queries.lockPlacesOf(
    visit.db,
    kept.map(({ id }) => id),
  );
  await queries.letGoOf(visit.db, window, except);
  for (const session of await queries.withRoomAndLine(
    visit.db,
    kept.map(({ id }) => id),
  ))
    await passHouse(visit, session, () => Promise.resolve());
}

/** One place or place in line that a draw gives somebody. */
export interface Drawn {
  readonly session: SessionId;
  readonly person: PersonId;
  readonly attendance: Attendance;
  readonly groups: readonly string[];
}

/**
 * Writes what a draw gave: in each session first the places, then the lines in their order, behind whoever stood there
 * already. Who has a place in a session keeps that one. Part of the caller's transaction; refused when it no longer fits
 * the places, the shares or the sessions as they are now.
 */
export async function seatDrawn(
  visit: Visit,
  window: string,
  { given, lines }: { readonly given: readonly Drawn[]; readonly lines: readonly Drawn[] },
): Promise<void | Refusal<'places-changed'>> {
  const codes = new Map((await queries.sessionsKeptFor(visit.db, window)).map(({ id, code }) => [id, code]));
  const asks = new Map<SessionId, Seating[]>();
  for (const [standing, all] of [
    ['held', given],
    ['waiting', lines],
  ] as const)
    for (const one of all) {
      const code = codes.get(one.session);
      if (code === undefined) return { refused: 'places-changed' };
      const there = asks.get(one.session) ?? [];
      there.push({ ...one, standing, code, internal: true, by: visit.person?.id ?? null });
      asks.set(one.session, there);
    }
  await queries.lockPlacesOf(visit.db, [...asks.keys()]);
  for (const some of fewAtATime([...asks.values()])) {
    const passed = await passDesks(visit, some, (seating, at, own) => {
      const isClosed = whyNot({ ...at, keptFor: null }, visit.now) !== null;
      if (isClosed || at.keptFor !== window) return seating.standing === 'held' ? { refused: 'places-changed' as const } : { after: own, what: null };
      return drawn(at.desk, own, seating);
    });
    if (passed.some((one) => isRefusal(one))) return { refused: 'places-changed' };
  }
}

interface Seating extends Drawn, Passing {
  readonly standing: 'held' | 'waiting';
}

/** Whole sessions, until there are enough for one statement. */
const enough = 4000;
function fewAtATime(sessions: readonly Seating[][]): Seating[][] {
  const batches: Seating[][] = [];
  for (const there of sessions) {
    const last = batches.at(-1);
    if (last && last.length + there.length <= enough) last.push(...there);
    else batches.push([...there]);
  }
  return batches;
}
