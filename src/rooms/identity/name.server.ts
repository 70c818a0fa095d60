import type { Visit } from '#ground/visit.ts';
import type { Refusal } from '#ground/refusal.ts';
import { readName } from './name.ts';
import { atOnce } from '#ground/database.server.ts';
import { agree, disagree } from './consent.server.ts';
import * as queries from './queries.server.ts';

/** How the visitor wants to be called at the door; null when they never said. Only for themselves and for hosts of their sessions. */
export const calledName = (visit: Visit): Promise<string | null> =>
  visit.person ? queries.nameOf(visit.db, visit.person.id) : Promise.resolve(null);

/** Keeps how the visitor wants to be called at the door, or that they would rather not say. */
export async function callMe(
  visit: Visit,
  typed: string,
): Promise<{ readonly name: string | null } | { readonly problem: 'name-too-long' } | Refusal<'not-signed-in'>> {
  const me = visit.person?.id;
  if (!me) return { refused: 'not-signed-in' };
  const read = readName(typed);
  if ('problem' in read) return read;
  return atOnce(visit, async (visit) => {
    await queries.updateName(visit.db, me, read.name);
    await (read.name === null ? disagree : agree)(visit, me, 'door-name');
    return read;
  });
}
