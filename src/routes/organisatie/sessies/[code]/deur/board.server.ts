// What the page at the door shows and takes, from the doors of several rooms.
import { hashOf } from '#ground/chance.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { say } from '#ground/text.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import type { Session } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import type { Answer, Question } from '#rooms/seats/door/phone.ts';
import type { Board, Guest } from '#rooms/seats/door/board.ts';

const day = 86_400_000;
const atOnce = 2000;

/** Everybody with a place on site and everybody who waits for one, with no more about them than a host needs. */
export async function boardOf(visit: Visit, { id, code, title, start, end, timeZone }: Session): Promise<Board> {
  const [{ places }, guests] = await Promise.all([seats.occupancy(visit, { id }), guestsOf(visit, id)]);
  // Without a time the list goes at the end of tomorrow.
  const until = (end ?? start)?.getTime() ?? Math.ceil(visit.now.getTime() / day) * day;
  const board = { code, title, start: start?.getTime() ?? null, timeZone, until: until + day, capacity: places.onSite.capacity, guests };
  return { ...board, mark: hashOf(JSON.stringify(board)).slice(0, 16) };
}

async function guestsOf(visit: Visit, id: Session['id']): Promise<Guest[]> {
  const names = new Map((await identity.organisations(visit)).map(({ slug, name }) => [slug, say(name, visit.language).text]));
  const guests: Guest[] = [];
  let after: string | undefined;
  do {
    const page = await seats.roll(visit, { id }, { after, limit: atOnce });
    for (const one of page.items) {
      const standing = one.attendance === 'onSite' ? one.standing : one.waitsFor === 'onSite' ? ('waiting' as const) : null;
      if (standing === null) continue;
      guests.push({
        pass: one.pass,
        name: one.name ?? one.email,
        organisation: one.organisation === null ? null : (names.get(one.organisation) ?? one.organisation),
        standing,
        position: standing === 'waiting' ? one.position : null,
        checkedInAt: one.checkedInAt?.getTime() ?? null,
      });
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
  return guests;
}

/** Longer ago than this is a phone that was told a wrong time. */
const longestAgo = 7 * day;
/** A question whose answer was lost comes again, a little later; then nobody else let this person in. */
const sameMoment = 30_000;

/** Takes what a phone did, in its order; each pass is let in once and the first moment counts, however often it is told. */
export async function take(visit: Visit, session: Session, told: Question['told']): Promise<Answer['answers']> {
  const answers: Answer['answers'][number][] = [];
  for (const { nr, pass, what, ago } of told) {
    const at = new Date(visit.now.getTime() - Math.min(ago, longestAgo));
    answers.push({ nr, refused: await (what === 'in' ? letIn(visit, session, pass, at) : letOut(visit, session, pass)) });
  }
  return answers;
}

async function letIn(visit: Visit, session: Session, pass: string, at: Date): Promise<string | null> {
  const done = await seats.checkIn(visit, session, { pass }, at);
  if (isRefusal(done)) return done.refused;
  return !done.isNew && at.getTime() - done.at.getTime() > sameMoment ? 'in-already' : null;
}

async function letOut(visit: Visit, session: Session, pass: string): Promise<string | null> {
  const done = await seats.undoCheckIn(visit, session, { pass });
  return isRefusal(done) ? done.refused : null;
}
