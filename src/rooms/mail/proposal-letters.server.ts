// Letters about proposals: who gets one, and whether it still holds when it leaves.
import type { PersonId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import type { Line } from '#rooms/journal';
import * as programme from '#rooms/programme';
import * as proposals from '#rooms/proposals';
import { callState } from '#rooms/proposals/call.ts';
import { standingOf } from '#rooms/proposals/proposal.ts';
import { proposalReminder, proposalSubmitted, proposerInvited } from './about-proposals.ts';
import type { Letter } from './letter.ts';
import type { Desk } from './parts.ts';
import * as queries from './queries.server.ts';
import type { Waiting } from './queries.server.ts';

/** Everybody who proposed the session of a line. */
export const proposersIn = async (visit: Visit, { session }: Line): Promise<readonly PersonId[]> =>
  session === null ? [] : proposals.proposersOf(visit, session);

/** To somebody who proposes; `visit` is theirs. */
export async function aboutProposal(visit: Visit, desk: Desk, { kind, details }: Waiting): Promise<Letter | { readonly not: string }> {
  const code = await queries.codeOfSession(visit.db, String(details['session']));
  const proposal = code === null ? null : await proposals.proposalOf(visit, code);
  const edition = proposal && (await programme.edition(visit, proposal.edition));
  const call = edition && (await proposals.callOf(visit, edition));
  if (!proposal || !edition || !call) return { not: 'the proposal is gone, or theirs no more' };
  const told = { code: proposal.code, title: proposal.title, edition, until: call.closesAt };
  const standing = standingOf(proposal);
  if (kind === 'proposal-submitted') return standing === 'submitted' ? proposalSubmitted(desk, told) : { not: 'it is not submitted any more' };
  const isTime = standing === 'draft' && callState(call, visit.now) === 'open';
  return isTime ? proposalReminder(desk, told) : { not: 'it is no draft any more, or the call has closed' };
}

/** To whoever is asked to join, known here or not. */
export async function aboutInvitation(visit: Visit, desk: Desk, id: string): Promise<Letter | { readonly not: string }> {
  const asked = await proposals.invitation(visit, id);
  return asked ? proposerInvited(desk, asked) : { not: 'the invitation is over' };
}
