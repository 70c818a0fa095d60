// Who is there. Who calls these for others has made sure that the visitor may.
import { isId, type PersonId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import type { Session } from '#rooms/programme/session.ts';
import { absent, present, undone } from './desk.ts';
import { passDesks, passingFor } from './desk.server.ts';
import type { Standing } from './seat.ts';
import * as queries from './queries.server.ts';

type At = Pick<Session, 'id' | 'code'>;
/** Somebody by the pass they show, or by who they are on the roll. */
export type Who = { readonly pass: string } | { readonly person: PersonId };
export interface CheckedIn {
  readonly person: PersonId;
  readonly at: Date;
  readonly standing: Standing;
  /** False when they were in already: what was told first counts. */
  readonly isNew: boolean;
}
export type NotIn = Refusal<'session-unknown' | 'session-cancelled' | 'pass-unknown' | 'not-on-roll' | 'no-place-left'>;

/** Lets somebody in, once, however often it is asked. Who stands in line gets a place when one is free, at the door. */
export async function checkIn(visit: Visit, session: At, who: Who, at: Date): Promise<CheckedIn | NotIn> {
  const person = 'person' in who ? who.person : await personOfPass(visit, session, who.pass);
  if (person === null) return { refused: 'pass-unknown' };
  const moment = at > visit.now ? visit.now : at;
  const [passed] = await passDesks(visit, [passingFor(visit, session, person)], (_, at, own) => {
    if (at.state === 'cancelled') return { refused: 'session-cancelled' as const };
    return own === null ? { refused: 'not-on-roll' as const } : present(at.desk, own, moment);
  });
  if (!passed || isRefusal(passed)) return passed ?? { refused: 'session-unknown' };
  return { person, at: passed.after!.checkedInAt!, standing: passed.after!.standing, isNew: passed.isChanged };
}

/** It was somebody else, or a mistake. */
export async function undoCheckIn(visit: Visit, session: At, who: Who): Promise<void | NotIn> {
  const person = 'person' in who ? who.person : await personOfPass(visit, session, who.pass);
  if (person === null) return { refused: 'pass-unknown' };
  const [passed] = await passDesks(visit, [passingFor(visit, session, person)], (_, __, own) => undone(own));
  if (isRefusal(passed)) return { refused: 'session-unknown' };
}

const personOfPass = (visit: Visit, session: At, pass: string): Promise<PersonId | null> =>
  isId(pass.toLowerCase()) ? queries.personOfPass(visit.db, session.id, pass) : Promise.resolve(null);

/** Once a session has begun: the places in the room of who is not there come free, for those who are. Says how many. */
export async function releaseAbsent(visit: Visit, session: At): Promise<number | Refusal<'not-started' | 'session-unknown'>> {
  const start = await queries.startOf(visit.db, session.id);
  if (start === null || start > visit.now) return { refused: 'not-started' };
  const missing = await queries.absentFrom(visit.db, session.id);
  const passed = await passDesks(
    visit,
    missing.map((person) => passingFor(visit, session, person)),
    // Somebody may have come in since the list was made.
    (_, __, own) => absent(own),
  );
  return passed.filter((one) => !isRefusal(one) && one.isChanged).length;
}

/** What the visitor shows at the door of a session; null without a seat there. */
export const passOf = (visit: Visit, session: Pick<Session, 'id'>): Promise<string | null> =>
  visit.person ? queries.passOf(visit.db, session.id, visit.person.id) : Promise.resolve(null);
