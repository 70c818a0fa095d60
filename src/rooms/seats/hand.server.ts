// What an organiser does at a desk by hand: who calls these has made sure that the visitor may.
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { Attendance, Session } from '#rooms/programme/session.ts';
import { placed, released, whyNotFewer, whyNotShares, type Share } from './desk.ts';
import { passDesks, passHouse, passingFor, takenAt } from './desk.server.ts';
import { groupsOf } from './seat.ts';
import * as queries from './queries.server.ts';

type Which = Pick<Session, 'code'>;
export type NotByHand = Refusal<'session-unknown' | 'person-unknown' | 'internal-only' | 'not-offered' | 'no-place-left' | 'session-cancelled'>;

/** Gives somebody a place, past the line but never past the places, or moves them to the other way of taking part. */
export const placeByHand = (visit: Visit, session: Which, person: PersonId, attendance: Attendance, reason: string): Promise<void | NotByHand> =>
  atOnce(visit, async (visit) => {
    const who = await queries.belongingOf(visit.db, person);
    if (!who) return { refused: 'person-unknown' as const };
    const [passed] = await passDesks(visit, [{ ...passingFor(visit, session, person), internal: who.isInternal }], (_, at, own) => {
      if (at.state === 'cancelled') return { refused: 'session-cancelled' as const };
      const given = placed(at.desk, own, attendance, groupsOf(who));
      return isRefusal(given) ? { refused: given.refused === 'not-offered' ? given.refused : ('no-place-left' as const) } : { ...given, reason };
    });
    // Who calls this sees the session; that it is not there for the participant is another matter.
    if (isRefusal(passed)) return passed.refused === 'session-unknown' && !who.isInternal ? { refused: 'internal-only' as const } : passed;
  });

/** Takes somebody's place or place in line away; who waited longest moves up at once. */
export async function removeByHand(visit: Visit, session: Which, person: PersonId, reason: string): Promise<void | Refusal<'session-unknown'>> {
  const [passed] = await passDesks(visit, [passingFor(visit, session, person)], (_, __, own) => ({ ...released(own), reason }));
  if (isRefusal(passed)) return { refused: 'session-unknown' };
}

/**
 * Gives back everything that somebody has, one desk after the other, for who is going: who waits moves up. Also of what
 * is over or hidden by now. Answers how many seats that were.
 */
export async function releaseAll(visit: Visit, person: PersonId): Promise<number> {
  const codes = await queries.codesOfPerson(visit.db, person);
  for (const code of codes) await passDesks(visit, [{ ...passingFor(visit, { code }, person), hidden: true }], (_, __, own) => released(own));
  return codes.length;
}

/** More or fewer places; with more the first of the line move up at once, and never fewer than are taken. */
export const setPlaces = (
  visit: Visit,
  session: Pick<Session, 'id' | 'code'>,
  attendance: Attendance,
  capacity: number | null,
): Promise<void | Refusal<'session-unknown' | 'below-held' | 'still-waiting'>> =>
  passHouse(visit, session, async (visit, at) => {
    const places = at.desk.places[attendance];
    const no = whyNotFewer(places, capacity);
    if (no) return { refused: no };
    if (places.capacity === capacity) return;
    const turn = await queries.changePlaces(visit.db, session.id, attendance, capacity);
    at.desk = { ...at.desk, turns: turn, places: { ...at.desk.places, [attendance]: { ...places, capacity } } };
    await record(visit, { what: 'places-changed', session: session.id, details: { turn, attendance, from: places.capacity, to: capacity } });
  });

/** Every desk of the session reads them all. */
const mostShares = 200;

/** Other shares for one way of taking part; with larger ones whoever was held up moves up at once. */
export const setShares = (
  visit: Visit,
  session: Pick<Session, 'id' | 'code'>,
  attendance: Attendance,
  shares: readonly Pick<Share, 'group' | 'most'>[],
): Promise<void | Refusal<'session-unknown' | 'share-below-held' | 'too-many-shares'>> =>
  passHouse(visit, session, async (visit, at) => {
    const to = inOrder(shares);
    const from = inOrder(at.desk.shares.filter((share) => share.attendance === attendance));
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    if (to.length > mostShares) return { refused: 'too-many-shares' };
    const taken = await takenAt(visit, session.id);
    const no = whyNotShares(taken[attendance], to);
    if (no) return { refused: no };
    const turn = await queries.changeShares(visit.db, session.id, attendance, to);
    await record(visit, { what: 'shares-changed', session: session.id, details: { turn, attendance, from, to } });
    const others = at.desk.shares.filter((share) => share.attendance !== attendance);
    at.desk = { ...at.desk, turns: turn, shares: [...others, ...to.map((share) => ({ ...share, attendance }))], taken };
  });

const inOrder = (shares: readonly Pick<Share, 'group' | 'most'>[]) =>
  shares.map(({ group, most }) => ({ group, most })).toSorted((a, b) => (a.group < b.group ? -1 : 1));
