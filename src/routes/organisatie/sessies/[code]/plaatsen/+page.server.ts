import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { atOnce } from '#ground/database.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { attendances, type Attendance } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import { withShare } from '#rooms/seats/share.ts';
import { attendanceIn, capacityIn, groupIn, mostPlaces, wholeIn } from '#rooms/seats/typed.ts';
import { notHere } from '../../../../not-here.server.ts';
import { runner } from '../../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** How many places there are, how they are shared, and what was changed just now. */
export const load: PageServerLoad = async (event) => {
  const { visit, session } = await runner(event);
  const [{ places, shares }, organisations] = await Promise.all([seats.occupancy(visit, session), identity.organisations(visit)]);
  const { searchParams } = event.url;
  const way = attendanceIn(searchParams.get('bewaard'));
  const rule = searchParams.get('regel');
  return {
    session,
    places,
    shares,
    organisations,
    saved: way && { way, up: wholeIn(searchParams.get('door') ?? '', 0, mostPlaces) ?? 0 },
    rule: rule === 'bewaard' || rule === 'weg' ? rule : null,
  };
};

export const actions: Actions = {
  /** More or fewer places; with more the first in line move up at once. */
  aantal: async (event) => {
    const { visit, session } = await runner(event);
    const form = await event.request.formData();
    const way = wayIn(event, form);
    const typed = text(form, 'capacity');
    const read = capacityIn(typed);
    if (!read) return fail(400, { way, typed, problem: 'problem.places-not-a-number' });
    const changed = await atOnce(visit, async (visit) => {
      const before = await seats.occupancy(visit, session);
      const no = await seats.setPlaces(visit, session, way, read.capacity);
      if (isRefusal(no)) return no;
      const after = await seats.occupancy(visit, session);
      return { up: Math.max(0, waitingIn(before) - waitingIn(after)) };
    });
    if (isRefusal(changed)) return fail(409, { way, typed, problem: `refused.${changed.refused}` });
    back(event, `?bewaard=${way}&door=${changed.up}`);
  },

  /** A share for a group, new or with another number. */
  regel: async (event) => {
    const form = await event.request.formData();
    const typed = { way: wayIn(event, form), group: text(form, 'group'), most: text(form, 'most') };
    const [group, most] = [groupIn(typed.group), wholeIn(typed.most, 0, mostPlaces)];
    if (group === null || most === null)
      return fail(400, {
        rule: typed,
        problems: { ...(group === null && { group: 'problem.group-missing' }), ...(most === null && { most: 'problem.most-not-a-number' }) },
      });
    const no = await changeShares(event, typed.way, (shares) => withShare(shares, { group, most }));
    if (no) return fail(409, { rule: typed, problems: { most: `refused.${no.refused}` } });
    back(event, '?regel=bewaard#regels');
  },

  /** One share less. */
  weg: async (event) => {
    const form = await event.request.formData();
    const gone = text(form, 'group');
    const way = wayIn(event, form);
    const no = await changeShares(event, way, (shares) => shares.filter(({ group }) => group !== gone));
    if (no) return fail(409, { rule: { way, group: gone, most: '' }, problems: { most: `refused.${no.refused}` } });
    back(event, '?regel=weg#regels');
  },
};

interface Ruled {
  readonly group: string;
  readonly most: number;
}
async function changeShares(event: RequestEvent, way: Attendance, change: (shares: readonly Ruled[]) => readonly Ruled[]) {
  const { visit, session } = await runner(event);
  return atOnce(visit, async (visit) => {
    const { shares } = await seats.occupancy(visit, session);
    const own = shares.filter(({ attendance }) => attendance === way).map(({ group, most }) => ({ group, most }));
    return seats.setShares(visit, session, way, change(own));
  });
}

const waitingIn = ({ places }: seats.Occupancy): number => attendances.reduce((sum, way) => sum + places[way].waiting, 0);
const text = (form: FormData, name: string): string => String(form.get(name) ?? '').slice(0, 100);
const wayIn = (event: RequestEvent, form: FormData): Attendance => attendanceIn(form.get('way')) ?? notHere(event.locals.visit);
const back = (event: RequestEvent, said: string): never =>
  redirect(303, address(event.locals.place, `/organisatie/sessies/${event.params['code'] ?? ''}/plaatsen`) + said);
