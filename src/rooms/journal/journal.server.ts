import { newId } from '#ground/chance.server.ts';
import type { LineId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import type { Happening, Line, Reaction } from './line.ts';
import { insertLineWithJob, selectLines, type About } from './queries.server.ts';

export type { Happening, Line, Reaction, What } from './line.ts';

/** Writes down what happened, together with the change itself, so that what follows from it is never lost. */
export async function record(visit: Visit, happening: Happening): Promise<LineId> {
  if (!visit.db.isTransaction) throw new Error(`'${happening.what}' is recorded outside atOnce`);
  const id = newId<'journal line'>(visit.now);
  await insertLineWithJob(visit, id, happening);
  return id;
}

/** What happened to a session or to somebody, the oldest first. */
export const lines = (visit: Visit, about: About, limit = 1000): Promise<Line[]> => selectLines(visit, about, limit);

/** Runs everything that follows from a line; when one reaction fails the others still run, and the fault names which. */
export async function react(visit: Visit, line: Line, reactions: readonly Reaction[]): Promise<void> {
  const faults: Error[] = [];
  for (const { name, to, run } of reactions) {
    if (!to.includes(line.what)) continue;
    await run(visit, line).catch((fault: unknown) => faults.push(new Error(`${name}: ${fault instanceof Error ? fault.message : String(fault)}`, { cause: fault })));
  }
  if (faults.length > 0) throw new AggregateError(faults, faults.map(({ message }) => message).join('; '));
}
