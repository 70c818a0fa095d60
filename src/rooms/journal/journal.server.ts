import { newId } from '#ground/chance.server.ts';
import { now } from '#ground/clock.server.ts';
import type { LineId, PersonId, SessionId } from '#ground/id.ts';
import { written } from '#ground/measures.server.ts';
import type { Visit } from '#ground/visit.ts';
import { strangeIn } from './details.ts';
import type { Happening, Line, Reaction } from './line.ts';
import { deleteJobsAbout, everyLine, insertLinesWithJobs, newestLines, selectLines, type About } from './queries.server.ts';

export type { Happening, Line, Reaction, What } from './line.ts';
export { countFailed, failedReactions, letGo, reactAgain, type FailedReaction } from './failed.server.ts';
export { anchor, seal, verify, type Verdict } from './seal.server.ts';

/** Writes down what happened, together with the change itself, so that what follows from it is never lost. */
export async function record(visit: Visit, happening: Happening): Promise<LineId> {
  const [id] = await recordAll(visit, [happening]);
  return id!;
}

/** The same for many at once, in one statement. */
export async function recordAll(visit: Visit, happenings: readonly Happening[]): Promise<LineId[]> {
  if (!visit.db.isTransaction) throw new Error(`'${happenings[0]?.what}' is recorded outside atOnce`);
  for (const { what, details = {} } of happenings) {
    const strange = strangeIn(typeof details['reason'] === 'string' ? { ...details, reason: true } : details);
    if (strange !== null) throw new Error(`'${what}' may not say what it says in ${strange}`);
  }
  // Numbered now, not by when the visit began: who came first may have stood in line longer, and the order of the lines is what happened.
  const lines = happenings.map((happening) => ({ ...happening, id: newId<'journal line'>(now()) }));
  if (lines.length > 0) await insertLinesWithJobs(visit, lines);
  for (const { what } of lines) written.inc({ what });
  return lines.map(({ id }) => id);
}

/** What happened to a session or to somebody, the oldest first. */
export const lines = (visit: Visit, about: About, limit = 1000): Promise<Line[]> => selectLines(visit, about, limit);

/** What happened to a session, the newest first, from before a line; `byHand` leaves out what people did for themselves. */
export const newest = (
  visit: Visit,
  about: { readonly session: SessionId; readonly before: LineId | null; readonly byHand: boolean },
  limit: number,
): Promise<Line[]> => newestLines(visit, about, limit);

/** What happened anywhere, the newest first, with the seal of each line; `forOthers` leaves out what people did for themselves. */
export const everything = (visit: Visit, which: { readonly before: LineId | null; readonly forOthers: boolean }, limit: number) =>
  everyLine(visit, which, limit);

/** The lines with these numbers, for those who follow them up. */
export const linesOf = (visit: Visit, ids: readonly string[]): Promise<Line[]> => selectLines(visit, { ids }, ids.length);

/** Nothing more follows from what happened to somebody who is going. */
export const followNoMore = (visit: Visit, person: PersonId): Promise<void> => deleteJobsAbout(visit, person);

/** Runs everything that follows from a line; when one reaction fails the others still run, and the fault names which. */
export async function react(visit: Visit, line: Line, reactions: readonly Reaction[]): Promise<void> {
  const faults: Error[] = [];
  for (const { name, to, run } of reactions) {
    if (!to.includes(line.what)) continue;
    await run(visit, line).catch((fault: unknown) =>
      faults.push(new Error(`${name}: ${fault instanceof Error ? fault.message : String(fault)}`, { cause: fault })),
    );
  }
  if (faults.length > 0) throw new AggregateError(faults, faults.map(({ message }) => message).join('; '));
}
