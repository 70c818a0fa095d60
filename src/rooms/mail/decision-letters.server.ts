// Letters about decisions: who gets one, and whether it still holds when it leaves.
import type { PersonId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import type { Line } from '#rooms/journal';
import * as programme from '#rooms/programme';
import * as proposals from '#rooms/proposals';
import { decisionLetter } from './about-decisions.ts';
import type { Letter } from './letter.ts';
import type { Desk } from './parts.ts';
import type { Waiting } from './queries.server.ts';

/** Everybody who proposed the session of a line. */
export const toldIn = async (visit: Visit, { session }: Line): Promise<readonly PersonId[]> =>
  session === null ? [] : proposals.proposersTold(visit, session);

/** To somebody who proposed it; `visit` is theirs. */
export async function aboutDecision(visit: Visit, desk: Desk, { details }: Waiting): Promise<Letter | { readonly not: string }> {
  const told = await proposals.decisionTold(visit, String(details['session']), String(details['decision']));
  const edition = told && (await programme.edition(visit, told.edition));
  if (!told || !edition) return { not: 'it was decided otherwise since' };
  return visit.person && told.proposers.includes(visit.person.id) ? decisionLetter(desk, told, edition) : { not: 'they left the proposal' };
}
