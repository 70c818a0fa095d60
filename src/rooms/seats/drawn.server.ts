// The outcome of a draw becomes seats. While a wish window has a session's places, nobody claims them by themselves.
import type { PersonId, SessionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { recordAll } from '#rooms/journal';
import type { Attendance } from '#rooms/programme/session.ts';
import { passHouse, told } from './desk.server.ts';
import type { Own } from './seat.ts';
import * as queries from './queries.server.ts';

/** From now on these sessions' places are given by the draw of one window. All or none. */
export async function keepFor(visit: Visit, window: string, sessions: readonly SessionId[]): Promise<void | Refusal<'kept-already'>> {
  const held = await queries.lockPlacesOf(visit.db, sessions);
  if (held.some(({ kept_for }) => kept_for !== null && kept_for !== window)) return { refused: 'kept-already' };
  await queries.setKept(visit.db, sessions, window);
}

/** The places are everybody's again; who waits beside a free one moves up. */
export async function letGo(visit: Visit, window: string): Promise<void> {
  const kept = await queries.sessionsKeptFor(visit.db, window);
  await queries.lockPlacesOf(
    visit.db,
    kept.map(({ id }) => id),
  );
  await queries.letGoOf(visit.db, window);
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

const atATime = 4000;
/**
 * Writes what a draw gave: first the places, then the lines in their order, behind whoever stood there already. Who has
 * a place in a session keeps that one. Part of the caller's transaction; refused when places were changed meanwhile.
 */
export async function seatDrawn(
  visit: Visit,
  window: string,
  { given, lines }: { readonly given: readonly Drawn[]; readonly lines: readonly Drawn[] },
): Promise<void | Refusal<'places-changed'>> {
  const sessions = [...new Set([...given, ...lines].map(({ session }) => session))];
  const held = await queries.lockPlacesOf(visit.db, sessions);
  if (held.some(({ kept_for }) => kept_for !== window)) return { refused: 'places-changed' };
  const seated = await queries.seatedIn(visit.db, sessions);
  const desks = new Map(sessions.map((session) => [session, { arrivals: 0, turns: 0 }]));
  for (const { session, arrivals, turns } of held) {
    const desk = desks.get(session)!;
    desk.arrivals += arrivals;
    desk.turns += turns;
  }
  const counts = new Map<string, queries.Counted>();
  const written: (queries.Written & { readonly turn: number })[] = [];
  for (const [standing, all] of [
    ['held', given],
    ['waiting', lines],
  ] as const) {
    for (const one of all) {
      const key = `${one.session} ${one.person}`;
      if (seated.has(key)) continue;
      seated.add(key);
      const desk = desks.get(one.session)!;
      const after: Own = {
        standing,
        attendance: one.attendance,
        wants: null,
        arrival: ++desk.arrivals,
        offeredUntil: null,
        chosenAs: 'own',
        groups: one.groups,
        checkedInAt: null,
      };
      written.push({ session: one.session, person: one.person, after, turn: ++desk.turns });
      const of = `${one.session} ${one.attendance}`;
      const count = counts.get(of) ?? { session: one.session, attendance: one.attendance, taken: 0, waiting: 0, arrivals: 0, turns: 0 };
      counts.set(of, {
        ...count,
        taken: count.taken + (standing === 'held' ? 1 : 0),
        waiting: count.waiting + (standing === 'held' ? 0 : 1),
        arrivals: count.arrivals + 1,
        turns: count.turns + 1,
      });
    }
  }
  const isTooMany = ({ session, attendance, capacity, held: taken }: queries.PlacesRow): boolean =>
    capacity !== null && taken + (counts.get(`${session} ${attendance}`)?.taken ?? 0) > capacity;
  if (held.some(isTooMany)) return { refused: 'places-changed' };
  await writeAll(visit, written, [...counts.values()]);
}

async function writeAll(
  visit: Visit,
  written: readonly (queries.Written & { readonly turn: number })[],
  counts: readonly queries.Counted[],
): Promise<void> {
  for (let from = 0; from < written.length; from += atATime) {
    const some = written.slice(from, from + atATime);
    await queries.writeSeats(visit.db, some, from === 0 ? counts : [], visit.now);
    await recordAll(
      visit,
      some.map(({ session, person, after, turn }) => ({ what: 'seat-drawn', person, session, details: { turn, after: told(after) } })),
    );
  }
}
