import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import * as programme from '#rooms/programme';
import { mostReason } from '#rooms/seats/typed.ts';
import * as wishes from '#rooms/wishes';
import { moment } from '#rooms/programme/moment.ts';
import { doneIn, stepIn } from '#rooms/wishes/steps.ts';
import type { Window } from '#rooms/wishes/window.ts';
import { notHere } from '../../../not-here.server.ts';
import { leader } from '../../entrance.server.ts';
import { windowHere } from '../window.server.ts';
import type { Actions, PageServerLoad } from './$types';

const atATime = 50;

/** One window as who leads the edition sees it: how far, how much is wished, what the draw made of it, and what to do now. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition, window } = await windowHere(event);
  const { searchParams } = event.url;
  const [tally, review] = await Promise.all([
    wishes.tally(visit, window),
    wishes.review(visit, window.id, { after: searchParams.get('na'), limit: atATime }),
  ]);
  if (isRefusal(tally) || isRefusal(review)) return notHere(visit);
  const sessions = new Map((await programme.sessionsToRun(visit, edition.id)).map(({ code, title }) => [code, title]));
  return {
    window,
    timeZone: edition.timeZone,
    tally,
    items: review.items.map((item) => ({ ...item, title: sessions.get(item.session) ?? { nl: item.session } })),
    next: review.next,
    isFromStart: !searchParams.has('na'),
    step: stepIn(searchParams.get('stap'), window.state),
    done: doneIn(searchParams.get('gedaan'), window.state),
    isStill: searchParams.has('stil'),
  };
};

export const actions: Actions = {
  sluit: (event) => doing(event, 'gesloten', wishes.drawNow),
  bevestig: (event) => doing(event, 'bevestigd', wishes.confirm),
  opnieuw: (event) => doing(event, 'opnieuw', wishes.drawAgain),
  afblazen: async (event) => {
    const reason = String((await event.request.formData()).get('reason') ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    const problem = reason === '' ? 'reason-missing' : reason.length > mostReason ? 'reason-too-long' : null;
    if (problem) return fail(400, { problem, reason: reason.slice(0, 1000) });
    return doing(event, 'afgeblazen', (visit, id) => wishes.callOff(visit, id, reason));
  },
  /** A secret address for an auditor; it is shown once. */
  controle: async (event) => {
    const { visit, edition, window } = await windowHere(event);
    const link = await wishes.makeAuditLink(visit, window.id);
    if (isRefusal(link)) return refused(link);
    return {
      audit: new URL(address(event.locals.place, `/loting/controle/${link.secret}`), event.url.origin).href,
      until: moment(link.until, edition.timeZone, visit.language),
    };
  },
};

async function doing(event: RequestEvent<{ window: string }>, done: string, work: (visit: Visit, id: string) => Promise<Window | Refusal>) {
  const { visit } = leader(event);
  const window = await work(visit, event.params.window);
  if (!isRefusal(window)) redirect(303, `${address(event.locals.place, `/organisatie/wensen/${window.id}`)}?gedaan=${done}`);
  if (window.refused === 'window-unknown' || window.refused === 'not-leading') notHere(visit);
  return refused(window);
}

const refused = ({ refused }: Refusal) => fail(409, { refused });
