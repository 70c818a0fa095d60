import type { Visit } from '#ground/visit.ts';
import type { Refusal } from '#ground/refusal.ts';
import { readName } from './name.ts';
import * as queries from './queries.server.ts';

/** How the visitor wants to be called at the door; null when they never said. Only for themselves and for hosts of their sessions. */
export const calledName = (visit: Visit): Promise<string | null> =>
  visit.person ? queries.nameOf(visit.db, visit.person.id) : Promise.resolve(null);

/** Keeps how the visitor wants to be called at the door, or that they would rather not say. */
export async function callMe(
  visit: Visit,
  typed: string,
): Promise<{ readonly name: string | null } | { readonly problem: 'name-too-long' } | Refusal<'not-signed-in'>> {
  if (!visit.person) return { refused: 'not-signed-in' };
  const read = readName(typed);
  if ('name' in read) await queries.updateName(visit.db, visit.person.id, read.name);
  return read;
}
