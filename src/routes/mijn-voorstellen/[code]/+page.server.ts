import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';
import { inviteProposer, leave, proposalOf, reopen, saveProposal, submit, uninviteProposer, withdraw } from '#rooms/proposals';
import { callState } from '#rooms/proposals/call.ts';
import { whyNot, standingOf } from '#rooms/proposals/proposal.ts';
import { atField, contentIn, typedFrom, typedProposal } from '#rooms/proposals/proposal-form.ts';
import { fieldIn } from '#ui/field.ts';
import { begunIn, meet, settled } from '#ui/meanwhile.ts';
import { mine } from './mine.server.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['begonnen', 'bewaard', 'ingediend', 'ingetrokken', 'terug', 'gevraagd', 'mee', 'weg'] as const;

/** A proposal of one's own: to write, hand in, take back, and share. */
export const load: PageServerLoad = async (event) => {
  const { visit, proposal, edition, call } = await mine(event);
  const [themes, organisations] = await Promise.all([programme.themes(visit, edition.id), identity.organisations(visit)]);
  const [standing, state] = [standingOf(proposal), callState(call, visit.now)];
  const typed = typedFrom(proposal, call.questions);
  return {
    code: proposal.code,
    edition,
    standing,
    state,
    closesAt: call.closesAt,
    questions: call.questions,
    isAnonymous: call.isAnonymous,
    themes,
    organisations,
    me: visit.person.id,
    proposers: proposal.proposers.map(({ person, email }) => ({ person, email })),
    invitations: proposal.invitations.map(({ id, email }) => ({ id, email })),
    title: proposal.title,
    decisionText: proposal.decisionText,
    revision: proposal.revision,
    // A first guess: whose somebody is.
    typed: typed['organisation'] === '' && visit.person.organisation ? { ...typed, organisation: visit.person.organisation } : typed,
    begun: typed,
    mayWrite: whyNot('write', standing, state) === null,
    mayReopen: whyNot('reopen', standing, state, proposal.submittedAt !== null) === null,
    did: dones.find((one) => one === event.url.searchParams.get('gedaan')) ?? null,
  };
};

async function keep(event: RequestEvent, form: FormData) {
  const { visit, proposal, call } = await mine(event);
  const typed = settled(form, typedProposal(form, call.questions));
  const begun = begunIn(form);
  const read = contentIn(typed, call.questions);
  const { language } = event.locals.place;
  const no = (status: number, more: { problems?: object; refused?: string; meeting?: ReturnType<typeof meet> }) =>
    fail(status, { typed: more.meeting?.fields ?? typed, begun, problems: {}, refused: null, meeting: null, ...more });
  if ('problems' in read) return { no: no(400, { problems: read.problems }) };
  const saved = await saveProposal(visit, proposal.code, begun.revision, read.content);
  if ('problems' in saved) return { no: no(400, { problems: atField(saved.problems, language) }) };
  if (!isRefusal(saved)) return { kept: { visit, saved, typed: typedFrom(saved, call.questions) } };
  const now = saved.refused === 'changed-meanwhile' ? await proposalOf(visit, proposal.code) : null;
  if (now === null) return { no: no(409, { refused: saved.refused }) };
  return { no: no(409, { meeting: meet({ ...begun, revision: now.revision, theirs: typedFrom(now, call.questions), mine: typed }) }) };
}

export const actions: Actions = {
  bewaar: async (event) => {
    const form = await event.request.formData();
    const kept = await keep(event, form);
    if (!kept.kept) return kept.no;
    // The script that keeps drafts meanwhile stays where it is, and goes on from here.
    if (form.get('auto') === 'yes') return { kept: { revision: kept.kept.saved.revision, begun: kept.kept.typed } };
    return go(event, 'bewaard');
  },
  indienen: async (event) => {
    const kept = await keep(event, await event.request.formData());
    if (!kept.kept) return kept.no;
    const { visit, saved, typed } = kept.kept;
    const handed = await submit(visit, saved.code);
    // What was typed is kept already: the form goes on from there.
    const begun = { revision: saved.revision, base: typed };
    const none = { typed, begun, problems: {}, refused: null, meeting: null };
    if ('problems' in handed) return fail(400, { ...none, problems: atField(handed.problems, event.locals.place.language) });
    return isRefusal(handed) ? fail(409, { ...none, refused: handed.refused }) : go(event, 'ingediend');
  },
  intrekken: async (event) => done(event, await withdraw((await mine(event)).visit, event.params['code'] ?? ''), 'ingetrokken'),
  terug: async (event) => done(event, await reopen((await mine(event)).visit, event.params['code'] ?? ''), 'terug'),
  uitnodigen: async (event) => {
    const { visit, proposal } = await mine(event);
    const email = fieldIn(await event.request.formData(), 'email', 254);
    const asked = await inviteProposer(visit, proposal.code, email);
    return isRefusal(asked) ? fail(409, { email, invited: asked.refused }) : go(event, 'gevraagd', '#samen');
  },
  weg: async (event) => {
    const { visit, proposal } = await mine(event);
    const id = fieldIn(await event.request.formData(), 'id', 36);
    return done(event, await uninviteProposer(visit, proposal.code, id), 'weg', '#samen');
  },
  stop: async (event) => {
    const { visit, proposal } = await mine(event);
    const left = await leave(visit, proposal.code);
    if (left) return fail(409, { refused: left.refused });
    redirect(303, address(event.locals.place, '/mijn-voorstellen'));
  },
};

type Done = (typeof dones)[number];
const go = (event: RequestEvent, said: Done, at = ''): never =>
  redirect(303, `${address(event.locals.place, `/mijn-voorstellen/${event.params['code']}`)}?gedaan=${said}${at}`);
const done = (event: RequestEvent, result: unknown, said: Done, at = '') =>
  isRefusal(result) ? fail(409, { refused: result.refused }) : go(event, said, at);
