// The door of figures: where an edition stands, over time, against what it wanted. Counts only, never who.
import { atOnce } from '#ground/database.server.ts';
import type { EditionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { local } from '#rooms/programme/when.ts';
import { evenness, readable, type Day, type Figures, type Goal, type Measure } from './figure.ts';
import * as queries from './queries.server.ts';

export { figuresCsv, figuresOds } from './files.server.ts';

export interface Overview {
  /** By day, the last one is the newest; empty before anything was counted. */
  readonly days: readonly Day[];
  readonly goals: readonly Goal[];
}

/** What was kept by day, with small numbers left out, and the goals. Nothing is counted for it. */
export async function overview(visit: Visit, edition: EditionId): Promise<Overview> {
  const days = await queries.days(visit.db, edition);
  return { days: days.map(({ day, figures }) => ({ day, figures: readable(figures) })), goals: await queries.goals(visit.db, edition) };
}

/** Counts everything as it is now. */
export async function count(visit: Visit, edition: EditionId): Promise<Figures> {
  const { withThree, ...figures } = await queries.counted(visit.db, edition);
  return {
    ...figures,
    three: figures.participants === 0 ? 0 : Math.round((100 * withThree) / figures.participants),
    themes: evenness(await queries.byTheme(visit.db, edition)),
  };
}

/** The worker asks it each minute: today's figures of every edition that is not over. */
export async function keepFigures(visit: Visit): Promise<void> {
  for (const { id, timeZone } of await queries.counting(visit.db, visit.now))
    await queries.keep(visit.db, id, local(visit.now, timeZone).day, await count(visit, id), visit.now);
}

/** Sets or changes a goal; `revision` is 0 where there was none. */
export const setGoal = (visit: Visit, edition: EditionId, goal: Goal): Promise<void | Refusal<'changed-meanwhile'>> =>
  atOnce(visit, async (visit) => {
    if (!(await queries.putGoal(visit.db, edition, goal))) return { refused: 'changed-meanwhile' };
    await record(visit, { what: 'goals-changed', edition });
  });

export const dropGoal = (visit: Visit, edition: EditionId, measure: Measure): Promise<void> =>
  atOnce(visit, async (visit) => {
    if (await queries.deleteGoal(visit.db, edition, measure)) await record(visit, { what: 'goals-changed', edition });
  });

/** Notes that somebody took the figures along. */
export const noteDownload = (visit: Visit, edition: EditionId): Promise<void> =>
  atOnce(visit, async (visit) => void (await record(visit, { what: 'figures-downloaded', edition })));
