// How full sessions are, at a glance.
import type { SessionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import type { Attendance, Session } from '#rooms/programme/session.ts';
import type { Share } from './desk.ts';
import type { Fullness } from './fullness.ts';
import * as queries from './queries.server.ts';

/** How full each of these sessions is, for who runs them: asked once, however many there are. */
export async function occupancies(
  visit: Visit,
  sessions: readonly SessionId[],
): Promise<ReadonlyMap<SessionId, Readonly<Record<Attendance, Fullness>>>> {
  const none = { capacity: 0, held: 0, offered: 0, waiting: 0, checkedIn: 0 };
  const all = new Map(sessions.map((session) => [session, { onSite: none as Fullness, online: none as Fullness }]));
  for (const { session, attendance, ...counts } of await queries.countsOfAll(visit.db, sessions)) all.get(session)![attendance] = counts;
  return all;
}

/** What everybody may know of a session's lines: how long they are, by which rules, and whether wishes come first. */
export interface Lines {
  readonly waiting: Readonly<Record<Attendance, number>>;
  readonly shares: readonly Share[];
  readonly isKept: boolean;
}

export async function lines(visit: Visit, session: Pick<Session, 'id'>): Promise<Lines> {
  const rows = await queries.linesOf(visit.db, session.id);
  const waiting = (attendance: Attendance) => rows.find((row) => row.attendance === attendance)?.waiting ?? 0;
  return {
    waiting: { onSite: waiting('onSite'), online: waiting('online') },
    shares: rows.flatMap(({ attendance, shares }) => shares.map((share) => ({ attendance, ...share }))),
    isKept: rows.some(({ isKept }) => isKept),
  };
}
