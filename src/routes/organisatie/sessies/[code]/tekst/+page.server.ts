import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { may } from '#rooms/identity/access.ts';
import { mayLead } from '#rooms/identity/may.ts';
import * as programme from '#rooms/programme';
import { typedFrom, typedSession, writtenIn } from '#rooms/programme/written-form.ts';
import type { State } from '#rooms/programme/session.ts';
import * as proposals from '#rooms/proposals';
import * as seats from '#rooms/seats';
import { fieldIn } from '#ui/field.ts';
import { begunIn, meet, settled } from '#ui/meanwhile.ts';
import { worker } from '../../../working.server.ts';
import type { Actions, PageServerLoad } from './$types';

type Entered = Awaited<ReturnType<typeof worker>>;

/** What a session says, for who writes it. */
export const load: PageServerLoad = async (event) => {
  const entered = await worker(event, 'session.write');
  const { visit, session, person, edition } = entered;
  const done = event.url.searchParams.get('gedaan');
  return {
    session,
    themes: await programme.themes(visit, edition.id),
    typed: typedFrom(session),
    leads: leadsOf(entered),
    mayDecide: may(person, 'session.cancel', session),
    steps: await stepsFrom(entered),
    done: dones.find((one) => one === done) ?? null,
  };
};

/** Only who leads the edition gives a session to another organisation. */
const leadsOf = ({ person, session }: Entered): string | null => (mayLead(person, session.edition) ? null : (session.organisations[0] ?? null));

const dones = ['bewaard', 'gemaakt', 'publiceer', 'terug', 'annuleer'] as const;
const steps = { publiceer: 'published', terug: 'draft', annuleer: 'cancelled' } as const satisfies Record<string, State>;
type Step = keyof typeof steps;

/** What can be done with it now. What was proposed is decided by its committee; what somebody has a place in is not hidden again. */
async function stepsFrom({ visit, person, session }: Entered): Promise<Step[]> {
  if (!may(person, 'session.cancel', session)) return [];
  if (session.state === 'cancelled') return ['publiceer'];
  if (session.state === 'published') return (await seats.holders(visit, session)).length === 0 ? ['terug', 'annuleer'] : ['annuleer'];
  if (session.state === 'submitted' || session.state === 'declined') return [];
  const isProposed = session.state === 'draft' && (await proposals.proposersOf(visit, session.id)).length > 0;
  return isProposed ? [] : ['publiceer'];
}

const step = (name: Step) => async (event: RequestEvent) => {
  const entered = await worker(event, 'session.cancel');
  // Whoever pressed it saw the session in some state: in another one they would want something else.
  if (fieldIn(await event.request.formData(), 'state', 20) !== entered.session.state) return fail(409, { refused: 'changed-meanwhile' });
  if (!(await stepsFrom(entered)).includes(name)) return fail(409, { refused: 'not-in-this-state' });
  const no = await programme.setState(entered.visit, entered.session, steps[name]);
  return isRefusal(no) ? fail(409, { refused: no.refused }) : go(event, name);
};

export const actions: Actions = {
  bewaar: async (event) => {
    const entered = await worker(event, 'session.write');
    const { visit, session } = entered;
    const form = await event.request.formData();
    const mine = settled(form, typedSession(form));
    const begun = begunIn(form);
    const read = writtenIn(mine, { before: session, leads: leadsOf(entered) });
    if ('problems' in read) return fail(400, { typed: mine, begun, problems: read.problems });
    const saved = await programme.writeSession(visit, session.code, begun.revision, read.written);
    if (!isRefusal(saved)) return go(event, 'bewaard');
    if (saved.refused !== 'changed-meanwhile') return fail(409, { typed: mine, begun, refused: saved.refused });
    const now = (await programme.workingSession(visit, session.code)) ?? session;
    const meeting = meet({ revision: now.revision, base: begun.base, theirs: typedFrom(now), mine });
    return fail(409, { typed: meeting.fields, meeting });
  },
  publiceer: step('publiceer'),
  terug: step('terug'),
  annuleer: step('annuleer'),
};

const go = (event: RequestEvent, said: string): never =>
  redirect(303, `${address(event.locals.place, `/organisatie/sessies/${event.params['code']}/tekst`)}?gedaan=${said}`);
