import * as programme from '#rooms/programme';
import { callOf, myProposals } from '#rooms/proposals';
import { callState, timeLeft } from '#rooms/proposals/call.ts';
import { notHere } from '../not-here.server.ts';
import type { PageServerLoad } from './$types';

/** What a team asks people to propose, and until when. */
export const load: PageServerLoad = async ({ locals: { visit, edition } }) => {
  if (!edition) return notHere(visit);
  const call = await callOf(visit, edition);
  const [themes, mine] = await Promise.all([programme.themes(visit, edition.id), myProposals(visit, edition)]);
  return { edition, call, themes, state: callState(call, visit.now), left: call && timeLeft(call.closesAt, visit.now), mine: mine.length };
};
