// Somebody's own sign-ins: where they are in, and ended when they say so.
import { hashOf } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId, type PersonId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit, Way } from '#ground/visit.ts';
import { recordAll } from '#rooms/journal';
import * as queries from './passkeys/queries.server.ts';

export interface SignIn {
  readonly id: string;
  readonly way: Way;
  readonly device: string | null;
  readonly since: Date;
  /** To the hour. */
  readonly seenAt: Date;
  readonly isThis: boolean;
}

/** Where the visitor is signed in, the newest first; `token` is that of this browser. */
export async function mySignIns(visit: Visit, token: string): Promise<SignIn[]> {
  if (visit.person === null) return [];
  const kept = await queries.signInsOf(visit.db, visit.person.id, visit.now);
  return kept.map(({ id, way, device, provenAt, seenAt, tokenHash }) => ({
    ...{ id, way, device, since: provenAt, seenAt },
    isThis: tokenHash === hashOf(token),
  }));
}

/** Ends one sign-in of the visitor. */
export const endSignIn = (visit: Visit, id: string): Promise<void | Refusal<'sign-in-unknown'>> =>
  atOnce(visit, async (visit) => ((await end(visit, { only: id })) === 0 ? { refused: 'sign-in-unknown' } : undefined));

/** Ends every sign-in of the visitor but that of this browser; answers how many. */
export const endOtherSignIns = (visit: Visit, token: string): Promise<number> =>
  atOnce(visit, async (visit) => {
    const here = (await mySignIns(visit, token)).find(({ isThis }) => isThis);
    return here ? end(visit, { not: here.id }) : 0;
  });

async function end(visit: Visit, which: { readonly only: string } | { readonly not: string }): Promise<number> {
  const { person } = visit;
  const id = 'only' in which ? which.only : which.not;
  if (person === null || !isId(id)) return 0;
  const ended = await queries.endSignIns(visit.db, person.id, which, visit.now);
  await recordAll(
    visit,
    ended.map((signIn) => ({ what: 'sign-out' as const, person: person.id, details: { signIn } })),
  );
  return ended.length;
}

/** Ends every sign-in of somebody, or of everybody; answers how many. Who calls this has made sure that the visitor may. */
export const endSignInsOf = (visit: Visit, whose: PersonId | 'everybody'): Promise<number> =>
  atOnce(visit, async (visit) => {
    const ended = await queries.endAllSignIns(visit.db, whose, visit.now);
    await recordAll(
      visit,
      ended.map(({ id, person }) => ({ what: 'sign-out' as const, person, details: { signIn: id } })),
    );
    return ended.length;
  });
