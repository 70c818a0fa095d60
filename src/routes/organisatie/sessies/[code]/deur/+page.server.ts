import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isId } from '#ground/id.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as seats from '#rooms/seats';
import { shows } from '#rooms/seats/door/board.ts';
import { readPass } from '#rooms/seats/door/pass.ts';
import type { Actions, PageServerLoad } from './$types';
import { runner } from '../../../entrance.server.ts';
import { boardOf, take } from './board.server.ts';

/** Who is expected at a session, for its hosts. Asked empty, it holds nobody's name: so a phone keeps it for when there is no connection. */
export const load: PageServerLoad = async (event) => {
  const { visit, session } = await runner(event);
  const { code, title, start, end, timeZone, location } = session;
  return {
    session: { code, title, start, end, timeZone, location },
    board: event.url.searchParams.has('leeg') ? null : await boardOf(visit, session),
    freed: /^\d{1,6}$/.test(event.url.searchParams.get('vrij') ?? '') ? Number(event.url.searchParams.get('vrij')) : null,
    now: visit.now,
  };
};

export const actions: Actions = {
  in: (event) => press(event, 'in'),
  out: (event) => press(event, 'out'),
  typed: async (event) => {
    const { visit, session } = await runner(event);
    const typed = String((await event.request.formData()).get('typed') ?? '').slice(0, 500);
    const { guests } = await boardOf(visit, session);
    const read = readPass(
      typed,
      session.code,
      guests.map(({ pass }) => pass),
    );
    return 'no' in read ? fail(400, { no: read.no, typed }) : tell(event, 'in', read.pass);
  },
  /** Finds people on the list. Posted: what is typed about somebody does not stand in an address. */
  find: async (event) => {
    await runner(event);
    return lookedFor(await event.request.formData());
  },
  absent: async (event) => {
    const { visit, session } = await runner(event);
    const freed = await seats.releaseAbsent(visit, session);
    if (isRefusal(freed)) return fail(409, { refused: freed.refused });
    redirect(303, `${event.url.pathname}?vrij=${freed}`);
  },
};

async function press(event: RequestEvent, what: 'in' | 'out') {
  const form = await event.request.formData();
  const pass = String(form.get('pass'));
  return isId(pass) ? tell(event, what, pass, lookedFor(form)) : unknown(event, lookedFor(form));
}

/** A button gives a pass that is one; who runs the session hears that this is none. */
async function unknown(event: RequestEvent, beside: ReturnType<typeof lookedFor>) {
  await runner(event);
  return fail(400, { ...beside, no: 'pass-unknown' as const, typed: '' });
}

async function tell(event: RequestEvent, what: 'in' | 'out', pass: string, beside: Partial<ReturnType<typeof lookedFor>> = {}) {
  const { visit, session } = await runner(event);
  const [answer] = await take(visit, session, [{ nr: 0, pass, what, ago: 0 }]);
  if (answer && answer.refused !== null) return fail(409, { ...beside, refused: answer.refused, pass });
  return { ...beside, what, pass };
}

/** Whom the list was asked for, so that it stays with them. */
const lookedFor = (form: FormData) => ({
  q: String(form.get('q') ?? '').slice(0, 100),
  show: shows.find((one) => one === form.get('show')) ?? ('all' as const),
});
