import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isId } from '#ground/id.ts';
import * as programme from '#rooms/programme';
import * as proposals from '#rooms/proposals';
import { mayDecide } from '#rooms/proposals/review/review.ts';
import { fieldIn } from '#ui/field.ts';
import { notHere } from '../../../not-here.server.ts';
import { leader } from '../../entrance.server.ts';
import { decideFrom } from '../deciding.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** One proposal with all that was said about it, and who reads it. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const isNamed = event.url.searchParams.has('namen');
  const found = await proposals.resultOf(visit, edition, event.params.code, { isNamed });
  if (!found) return notHere(visit);
  const [members, themes] = [await proposals.committee(visit, edition), await programme.themes(visit, edition.id)];
  const { proposal } = found;
  return {
    edition,
    isNamed,
    themes,
    code: proposal.code,
    content: found.content,
    names: found.names,
    proposers: found.proposers,
    criteria: found.criteria,
    outcome: proposal.outcome,
    reviews: found.reviews,
    answers: found.questions
      .map((question) => ({ question, answer: found.content.answers[question.key] ?? '' }))
      .filter(({ answer }) => answer !== ''),
    decision: proposal.decision,
    text: proposal.text,
    isTold: proposal.releasedAt !== null,
    mayDecide: mayDecide(proposal),
    readers: found.readers.map((reader) => ({ ...reader, email: members.find(({ id }) => id === reader.person)?.email ?? '' })),
    others: members.filter(({ id }) => !found.readers.some(({ person }) => person === id)).map(({ id, email, asked }) => ({ id, email, asked })),
    isSaved: event.url.searchParams.has('bewaard'),
  };
};

const back = (event: RequestEvent, said = ''): never =>
  redirect(303, address(event.locals.place, `/organisatie/voorstellen/${event.params['code'] ?? ''}`) + said);

export const actions: Actions = {
  besluit: async (event) => {
    const form = await event.request.formData();
    const done = await decideFrom(event, form, event.params.code);
    if ('refused' in done) return fail(409, { ...done, text: fieldIn(form, 'text', 2000), decision: fieldIn(form, 'decision', 10) });
    return back(event, '?bewaard#besluit');
  },

  /** Somebody more of the committee reads it. */
  erbij: async (event) => {
    const { visit, edition } = leader(event);
    const no = await proposals.assignByHand(visit, edition, event.params.code, fieldIn(await event.request.formData(), 'person', 36));
    if (no) return fail(409, { refused: `refused.${no.refused}` });
    return back(event, '#lezers');
  },

  eraf: async (event) => {
    const { visit, edition } = leader(event);
    const person = fieldIn(await event.request.formData(), 'person', 36);
    const no = isId<'person'>(person) ? await proposals.unassign(visit, edition, event.params.code, person) : { refused: 'not-in-committee' };
    if (no) return fail(409, { refused: `refused.${no.refused}` });
    return back(event, '#lezers');
  },
};
