// Windows as they are looked at as a whole: how many wish, and what a draw made of each session.
import type { Refusal } from '#ground/refusal.ts';
import { seesInternal, type Visit } from '#ground/visit.ts';
import { mayLead } from '#rooms/identity/may.ts';
import * as queries from './queries.server.ts';
import type { Reviewed, Window, WindowId } from './window.ts';

const mostSessions = 5_000;

/** Per session, by time, what a confirmed draw made of it: for everybody, as far as they may see the session. */
export async function published(visit: Visit, { id, state }: Pick<Window, 'id' | 'state'>): Promise<Reviewed[]> {
  if (state !== 'confirmed') return [];
  const all = await reviewed(visit.db, id);
  const visible = await queries.visibleAmong(
    visit.db,
    all.map(({ session }) => session),
    seesInternal(visit),
  );
  return all.filter(({ session }) => visible.has(session));
}

// What was confirmed does not change any more, and everybody may ask for it, while counting all wishes is dear.
const kept = new WeakMap<Visit['db'], Map<string, Promise<Reviewed[]>>>();
const mostKept = 20;
function reviewed(db: Visit['db'], id: WindowId): Promise<Reviewed[]> {
  const known = kept.get(db) ?? new Map<string, Promise<Reviewed[]>>();
  kept.set(db, known);
  const asked = known.get(id) ?? queries.reviewOf(db, id, null, mostSessions);
  known.delete(id);
  known.set(id, asked);
  if (known.size > mostKept) known.delete(known.keys().next().value!);
  asked.catch(() => known.delete(id));
  return asked;
}

/** How many people wish in a window and how many wishes they have; for who leads the edition. */
export async function tally(
  visit: Visit,
  { id, edition }: Pick<Window, 'id' | 'edition'>,
): Promise<{ readonly people: number; readonly wishes: number } | Refusal<'not-leading'>> {
  if (!mayLead(visit.person, edition)) return { refused: 'not-leading' };
  return queries.tallyOf(visit.db, id);
}
