import { fail, redirect } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { say } from '#ground/text.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import { hasStarted } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import type { OnRoll } from '#rooms/seats';
import { attendanceIn } from '#rooms/seats/typed.ts';
import { rollViewIn, type RollView } from '#rooms/seats/view.ts';
import { runner } from '../../entrance.server.ts';
import { knowing } from './deelnemers/knowing.server.ts';
import type { Actions, PageServerLoad } from './$types';

const atATime = 50;
const mostFound = 100;

/** How full a session is, and who comes, may come or waits, some at a time. */
export const load: PageServerLoad = async (event) => {
  const { visit, session } = await runner(event);
  const { searchParams } = event.url;
  const view = rollViewIn(searchParams.get('wie'));
  const after = searchParams.get('na');
  const [{ places, shares }, { items, next }] = await Promise.all([
    seats.occupancy(visit, session),
    seats.roll(visit, session, { ...asked[view], ...(after !== null && { after }), limit: atATime }),
  ]);
  const changed = searchParams.get('gedaan');
  return {
    now: visit.now,
    session,
    places,
    shares,
    view,
    hasStarted: hasStarted(session, visit.now),
    people: await named(visit, items),
    isFromStart: after === null,
    next,
    did: changed === null ? null : didIn(changed),
  };
};

const asked: Readonly<Record<RollView, seats.RollAsked>> = {
  plaats: { standing: 'held' },
  aangeboden: { standing: 'offered' },
  'wachtlijst-zaal': { line: 'onSite' },
  'wachtlijst-online': { line: 'online' },
  afwezig: { standing: 'held', attendance: 'onSite', isIn: false },
};

const didIn = (word: string) => (word === 'remove' || attendanceIn(word) ? (word as 'remove' | 'onSite' | 'online') : null);

/** With the name of where they work; passes stay at the door. */
async function named(visit: Visit, people: readonly OnRoll[]) {
  const organisations = people.some(({ organisation }) => organisation !== null) ? await identity.organisations(visit) : [];
  const names = new Map(organisations.map(({ slug, name }) => [slug, say(name, visit.language).text]));
  return people.map(({ pass: _, organisation, ...one }) => ({ ...one, organisation: organisation && (names.get(organisation) ?? organisation) }));
}

export const actions: Actions = {
  /** Finds people on the roll. Posted: what is typed about somebody does not stand in an address. */
  zoek: async (event) => {
    const { visit, session } = await runner(event);
    const q = String((await event.request.formData()).get('q') ?? '')
      .trim()
      .slice(0, 100);
    if (q === '') redirect(303, event.url.pathname);
    const { items, next } = await seats.roll(visit, session, { q, limit: mostFound });
    return { found: await named(visit, items), isMore: next !== null, q };
  },

  /** On to giving a place to somebody who is not on the roll yet. */
  erbij: async (event) => {
    const { visit, session } = await runner(event);
    const email = String((await event.request.formData()).get('email') ?? '').slice(0, 254);
    const person = await identity.personCalled(visit, email);
    if (!person) return fail(400, { problem: email.trim() === '' ? ('problem.email-missing' as const) : ('refused.person-unknown' as const), email });
    redirect(
      303,
      address(event.locals.place, `/organisatie/sessies/${event.params.code}/deelnemers/${person.id}`) + `?ken=${knowing(session, person)}`,
    );
  },
};
