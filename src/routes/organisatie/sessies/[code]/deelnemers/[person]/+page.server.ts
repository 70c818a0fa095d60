import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isId } from '#ground/id.ts';
import { isRefusal } from '#ground/refusal.ts';
import type { Person } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import { lines } from '#rooms/journal';
import type { Session } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import { byHandIn, mostReason } from '#rooms/seats/typed.ts';
import { notHere } from '../../../../../not-here.server.ts';
import { knowing } from '../knowing.server.ts';
import { runner } from '../../../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What somebody has in a session, and what an organiser can do about it. */
export const load: PageServerLoad = async (event) => {
  const { visit, session, who } = await concerned(event);
  const [{ places }, { items }] = await Promise.all([seats.occupancy(visit, session), seats.roll(visit, session, { person: who.id, limit: 1 })]);
  const [mine] = items;
  return {
    session,
    places,
    knows: event.url.searchParams.get('ken') ?? '',
    email: who.email,
    mine: mine ? { standing: mine.standing, attendance: mine.attendance, waitsFor: mine.waitsFor, position: mine.position, name: mine.name } : null,
  };
};

export const actions: Actions = {
  /** Looks whether it is filled in well, and asks whether it is right. */
  kijk: async (event) => {
    await concerned(event);
    const typed = typedIn(await event.request.formData());
    const read = byHandIn(typed);
    return 'problems' in read ? fail(400, { problems: read.problems, typed }) : { asks: read, typed: { ...typed, reason: read.reason } };
  },

  /** Back to the form, as it was filled in. */
  terug: async (event) => {
    await concerned(event);
    return { typed: typedIn(await event.request.formData()) };
  },

  /** Does it. */
  doe: async (event) => {
    const { visit, session, who } = await concerned(event);
    const typed = typedIn(await event.request.formData());
    const read = byHandIn(typed);
    if ('problems' in read) return fail(400, { problems: read.problems, typed });
    const done =
      read.act === 'remove'
        ? await seats.removeByHand(visit, session, who.id, read.reason)
        : await seats.placeByHand(visit, session, who.id, read.act, read.reason);
    if (isRefusal(done)) return fail(409, { refused: done.refused, typed });
    redirect(303, `${address(event.locals.place, `/organisatie/sessies/${session.code}`)}?gedaan=${read.act}`);
  },
};

/** The session, and the participant in question. */
async function concerned(event: RequestEvent) {
  const { visit, session } = await runner(event);
  const id = event.params['person'] ?? '';
  const who = isId<'person'>(id) ? await identity.personWith(visit, id) : null;
  if (!who || !(await isKnown(event, session, who))) return notHere(visit);
  return { visit, session, who };
}

/** A number alone tells nobody's address: it was typed just now, or something was the matter with this person at this session. */
async function isKnown({ url, locals: { visit } }: RequestEvent, session: Session, who: Person): Promise<boolean> {
  if (url.searchParams.get('ken') === knowing(session, who)) return true;
  return (await lines(visit, { session: session.id, person: who.id }, 1)).length > 0;
}

const typedIn = (form: FormData) => ({
  act: String(form.get('act') ?? '').slice(0, 20),
  reason: String(form.get('reason') ?? '').slice(0, mostReason * 5),
});
