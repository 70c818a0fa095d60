import type { EditionId, SessionId } from '#ground/id.ts';
import { folded } from '#ground/text.ts';
import type { Visit } from '#ground/visit.ts';
import type { Board, Span } from './board.ts';
import * as queries from './queries.server.ts';

/** The whole board of an edition, in five questions whatever its size. */
export async function boardOf(visit: Visit, edition: EditionId): Promise<Board> {
  const [sessions, venues, slots, ranges, hosts] = [
    await queries.onBoard(visit.db, edition),
    await queries.venuesOf(visit.db, edition),
    await queries.slotsOf(visit.db, edition),
    await queries.unavailableOf(visit.db, edition),
    await queries.hostsOf(visit.db, edition),
  ];
  const unavailable = new Map<SessionId, Span[]>();
  for (const { session, start, end } of ranges) unavailable.set(session, [...(unavailable.get(session) ?? []), { start, end }]);
  const needed = new Map(sessions.map(({ id, speakers }): [SessionId, string[]] => [id, speakers.map((name) => `name ${folded(name.trim())}`)]));
  for (const { session, person } of hosts) needed.get(session)?.push(person);
  return { sessions, venues, slots, unavailable, needed };
}
