// Who comes, for those who run a session. Who calls these has made sure that the visitor may.
import type { PersonId, SessionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import type { Attendance, Session } from '#rooms/programme/session.ts';
import type { Share } from './desk.ts';
import type { Fullness } from './fullness.ts';
import type { Standing } from './seat.ts';
import * as queries from './queries.server.ts';

export interface OnRoll {
  readonly person: PersonId;
  readonly name: string | null;
  readonly email: string;
  readonly organisation: string | null;
  readonly standing: Standing;
  readonly attendance: Attendance;
  readonly waitsFor: Attendance | null;
  readonly position: number | null;
  readonly arrival: number;
  readonly offeredUntil: Date | null;
  readonly claimedAt: Date;
  readonly checkedInAt: Date | null;
  readonly pass: string;
}

export interface RollAsked {
  readonly standing?: Standing | undefined;
  readonly attendance?: Attendance | undefined;
  readonly isIn?: boolean | undefined;
  /** In this line: who waits, and who waits for it while keeping a place in the other way. */
  readonly line?: Attendance | undefined;
  readonly person?: PersonId | undefined;
  /** Part of a name, an address or an organisation. */
  readonly q?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/** Everybody with a seat in a session, in order of arrival, some at a time; `next` is asked for with `after`. */
export async function roll(
  visit: Visit,
  session: Pick<Session, 'id'>,
  { limit = 100, after, ...asked }: RollAsked = {},
): Promise<{ readonly items: readonly OnRoll[]; readonly next: string | null }> {
  const rows = await queries.rollOf(visit.db, session.id, asked, /^\d{1,15}$/.test(after ?? '') ? Number(after) : 0, limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)!.arrival) : null };
}

export interface Occupancy {
  readonly places: Readonly<Record<Attendance, Fullness>>;
  readonly shares: readonly (Share & { readonly taken: number })[];
}

/** How full a session is, in every way an organiser asks for. */
export async function occupancy(visit: Visit, session: Pick<Session, 'id'>): Promise<Occupancy> {
  const [counts, shares] = await Promise.all([queries.countsOf(visit.db, session.id), queries.sharesOf(visit.db, session.id)]);
  const none = { capacity: 0, held: 0, offered: 0, waiting: 0, checkedIn: 0 };
  const of = (attendance: Attendance) => {
    const { capacity, held, offered, waiting, checkedIn } = counts.find((row) => row.attendance === attendance) ?? none;
    return { capacity, held, offered, waiting, checkedIn };
  };
  return { places: { onSite: of('onSite'), online: of('online') }, shares };
}

export interface PlacesLeft {
  readonly session: SessionId;
  readonly attendance: Attendance;
  readonly capacity: number | null;
  readonly taken: number;
  readonly waiting: number;
  readonly shares: readonly { readonly group: string; readonly most: number; readonly taken: number }[];
}

/** What a draw has to give away: the places of these sessions and how many are taken already. */
export const placesOf = (visit: Visit, sessions: readonly SessionId[]): Promise<PlacesLeft[]> => queries.placesOf(visit.db, sessions);
