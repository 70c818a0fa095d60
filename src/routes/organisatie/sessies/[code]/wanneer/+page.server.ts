import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { may } from '#rooms/identity/access.ts';
import { workingSession } from '#rooms/programme';
import { isCode } from '#rooms/programme/session.ts';
import * as schedule from '#rooms/schedule';
import { rangeIn, spansSent, typedRange } from '#rooms/schedule/venue-form.ts';
import { fieldIn } from '#ui/field.ts';
import { notHere } from '../../../../not-here.server.ts';
import { organiser, strongerFor } from '../../../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Who runs the session, also before it is told to anybody. */
async function stater(event: Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>) {
  const { visit, person, edition } = organiser(event);
  const code = event.params['code'] ?? '';
  const session = isCode(code) ? await workingSession(visit, code) : null;
  if (!session || session.edition !== edition.slug || !states.includes(session.state)) return notHere(visit);
  if (!may(person, 'session.state-times', session)) return strongerFor(event, (person) => may(person, 'session.state-times', session));
  return { visit, edition, session };
}
const states: readonly string[] = ['accepted', 'scheduled', 'published', 'cancelled'];

/** When the hosts cannot, where the session stands, and which open times they may take. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition, session } = await stater(event);
  const choice = await schedule.ownChoice(visit, session);
  return {
    edition,
    session,
    unavailable: await schedule.unavailable(visit, session),
    spot: choice?.session.spot ?? null,
    slots: session.state === 'cancelled' ? [] : (choice?.slots ?? []),
    isDone: event.url.searchParams.has('gedaan'),
  };
};

export const actions: Actions = {
  nietdan: async (event) => {
    const { visit, edition, session } = await stater(event);
    const typed = typedRange(await event.request.formData());
    const read = rangeIn(typed, edition.timeZone);
    if ('problems' in read) return fail(400, { typed, problems: read.problems });
    await schedule.sayUnavailable(visit, session, read.span);
    back(event);
  },
  /** It can after all; and that can be taken back. */
  weldan: async (event) => {
    const { visit, session } = await stater(event);
    const [span] = spansSent(await event.request.formData());
    if (span) await schedule.sayAvailable(visit, session, span);
    return { gone: span ?? null };
  },
  tochniet: async (event) => {
    const { visit, session } = await stater(event);
    const [span] = spansSent(await event.request.formData());
    if (span) await schedule.sayUnavailable(visit, session, span);
    back(event);
  },
  kies: async (event) => {
    const { visit, session } = await stater(event);
    const chosen = await schedule.chooseSlot(visit, session, fieldIn(await event.request.formData(), 'slot', 36));
    if (isRefusal(chosen)) return fail(409, { refused: chosen.refused });
    back(event);
  },
};

const back = ({ locals, params }: RequestEvent): never =>
  redirect(303, `${address(locals.place, `/organisatie/sessies/${params['code'] ?? ''}/wanneer`)}?gedaan`);
