import { error } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import * as itinerary from '#rooms/itinerary';
import * as programme from '#rooms/programme';
import { more, proposal, reach, remove, swap, undo, versionIn, type Kept } from '#rooms/registration';
import { windows } from '#rooms/wishes';
import { waitingFor } from '#rooms/wishes/weighing.ts';
import { stopsOf, titleOf } from '#rooms/registration/stops.ts';
import { guideOf, mustBeOpen, onTo, type Guide } from '../guide.server.ts';

export const load: PageServerLoad = async (event) => {
  const guide = guideOf(event);
  const { visit, edition, secret } = guide;
  mustBeOpen(guide, '4-voorstel', await event.parent());
  const draft = await proposal(visit, secret ?? '', edition);
  if (!draft) error(404);
  const all = await programme.sessions(visit, edition.id);
  const sessions = new Map(all.map((session) => [session.code, session]));
  const mine = (await itinerary.mine(visit, edition.id)).map((entry) => entry.session);
  const title = (code: string | null) => titleOf(sessions.get(code ?? ''), visit.language);
  return {
    wishing: waitingFor(await windows(visit, edition), all),
    stops: stopsOf(draft, sessions, mine, visit.now, visit.language),
    month: all.map(({ code, themes, start, end, deepens, state }) => ({ code, themes, start, end, deepens, state })),
    themes: await programme.themes(visit, edition.id),
    organisations: await programme.organisations(visit, edition.id),
    change: draft.last && {
      what: draft.last.what,
      gone: title(draft.last.gone),
      came: title(draft.last.came),
      code: draft.last.came,
      canUndo: draft.last.before !== null,
    },
    losses: draft.losses.map(({ session, why }) => ({ title: title(session), why })).filter((loss) => loss.title !== ''),
    already: mine.length,
    now: visit.now,
  };
};

export const actions: Actions = {
  swap: (event) => changed(event, ({ visit, secret, edition }, form) => swap(visit, secret, edition, String(form.get('session')), versionIn(form))),
  remove: (event) =>
    changed(event, ({ visit, secret, edition }, form) => remove(visit, secret, edition, String(form.get('session')), versionIn(form))),
  more: (event) =>
    changed(event, ({ visit, secret, edition }, form) =>
      more(visit, secret, edition, form.get('kind') === 'surprise' ? 'surprise' : 'fit', versionIn(form)),
    ),
  undo: (event) => changed(event, ({ visit, secret, edition }, form) => undo(visit, secret, edition, versionIn(form))),
  next: async (event) => {
    const guide = guideOf(event);
    onTo('5-wie-ben-je', await reach(guide.visit, guide.secret, guide.edition, '5-wie-ben-je'), guide, event.cookies);
  },
};

async function changed(event: RequestEvent, change: (guide: Guide, form: FormData) => Promise<Kept>): Promise<never> {
  const guide = guideOf(event);
  const form = await event.request.formData();
  onTo('4-voorstel', await change(guide, form), guide, event.cookies, '#wijziging');
}
