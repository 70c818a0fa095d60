import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as schedule from '#rooms/schedule';
import { noRoom, roomIn, spansIn, spansSent, typedRoom, typedRoomOf, typedTimes } from '#rooms/schedule/venue-form.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Where sessions can be, and at which times. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const { searchParams } = event.url;
  const gone = searchParams.get('weg') ?? '';
  const [venues, slots, name] = await Promise.all([
    schedule.venues(visit, edition.id),
    schedule.slots(visit, edition.id),
    schedule.removedVenueName(visit, edition.id, gone),
  ]);
  const asked = venues.find(({ id }) => id === searchParams.get('wijzig'));
  return {
    ...{ edition, venues, slots },
    asked: asked ? { id: asked.id, revision: asked.revision, typed: typedRoomOf(asked) } : { id: '', revision: 0, typed: noRoom },
    times: { first: edition.startsOn, last: edition.endsOn, weekdays: ['0', '1', '2', '3', '4'], times: '', isOpen: false },
    gone: name === null ? null : { id: gone, name },
    isDone: searchParams.has('gedaan'),
  };
};

export const actions: Actions = {
  /** A room more, or another word about one. */
  bewaar: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const typed = typedRoom(form);
    const id = fieldIn(form, 'id', 36);
    const read = roomIn(typed);
    if ('problems' in read) return fail(400, { room: typed, problems: read.problems });
    const revision = Number(fieldIn(form, 'revision', 9));
    const saved =
      id === '' ? await schedule.makeVenue(visit, edition.id, read.room) : await schedule.changeVenue(visit, edition.id, id, revision, read.room);
    if (isRefusal(saved)) return fail(409, { room: typed, refused: saved.refused });
    back(event, '?gedaan');
  },
  weg: async (event) => {
    const { visit, edition } = leader(event);
    const id = fieldIn(await event.request.formData(), 'id', 36);
    const no = await schedule.removeVenue(visit, edition.id, id);
    if (no) return fail(409, { refused: no.refused });
    back(event, `?weg=${id}`);
  },
  terug: async (event) => {
    const { visit, edition } = leader(event);
    await schedule.restoreVenue(visit, edition.id, fieldIn(await event.request.formData(), 'id', 36));
    back(event, '?gedaan');
  },
  /** Many times at once. */
  tijden: async (event) => {
    const { visit, edition } = leader(event);
    const typed = typedTimes(await event.request.formData());
    const read = spansIn(typed, edition.timeZone);
    if ('problems' in read) return fail(400, { times: typed, problems: read.problems });
    await schedule.makeSlots(visit, edition.id, read.spans, typed.isOpen);
    back(event, '?gedaan#tijden');
  },
  /** What is ticked: open for hosts, closed, or away. What went can be put back at once. */
  gekozen: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const ids = form
      .getAll('slot')
      .filter((one): one is string => typeof one === 'string')
      .slice(0, 1000);
    const what = fieldIn(form, 'wat', 5);
    if (what === 'weg') return { removed: await schedule.removeSlots(visit, edition.id, ids) };
    await schedule.openSlots(visit, edition.id, ids, what === 'open');
    back(event, '?gedaan#tijden');
  },
  'tijden-terug': async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    await schedule.makeSlots(visit, edition.id, spansSent(form).slice(0, 1000), form.has('open'));
    back(event, '?gedaan#tijden');
  },
};

const back = ({ locals }: RequestEvent, said: string): never => redirect(303, address(locals.place, '/organisatie/ruimtes') + said);
