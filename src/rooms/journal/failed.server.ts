// What followed from a line and failed eight times is kept aside, until somebody has it tried again or lets it go.
import { sql } from 'kysely';
import { atOnce } from '#ground/database.server.ts';
import type { LineId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import type { What } from './line.ts';
import { renewJobs } from './queries.server.ts';

export interface FailedReaction {
  readonly line: LineId;
  readonly what: What;
  readonly happenedAt: Date;
  readonly failedAt: Date;
  /** Which reactions failed, and why. */
  readonly fault: string;
}

/** What is kept aside, the newest first. */
export async function failedReactions({ db }: Visit, { from, limit }: { readonly from: number; readonly limit: number }): Promise<FailedReaction[]> {
  const { rows } = await sql<FailedReaction>`
    select j.id as line, j.what, j.happened_at as "happenedAt", q.created_on as "failedAt", coalesce(q.source_output ->> 'message', '') as fault
    from pgboss.job q join journal j on j.id = q.source_id
    where q.name = 'journal-failed' order by q.created_on desc, q.id offset ${from} limit ${limit}`.execute(db);
  return rows;
}

export async function countFailed({ db }: Visit): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from pgboss.job where name = 'journal-failed'`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Tries what follows from these lines again, or from all that are kept aside; answers how many there were. */
export const reactAgain = (visit: Visit, lines: readonly string[] | 'all'): Promise<number> =>
  atOnce(visit, async ({ db }) => {
    const taken = await takeFromAside(db, lines);
    await renewJobs(db, taken);
    return taken.length;
  });

/** What follows from these lines is not tried any more; answers how many there were. */
export const letGo = (visit: Visit, lines: readonly string[]): Promise<number> =>
  atOnce(visit, async ({ db }) => (await takeFromAside(db, lines)).length);

async function takeFromAside(db: Visit['db'], lines: readonly string[] | 'all'): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    delete from pgboss.job where name = 'journal-failed' and (${lines === 'all'} or source_id = any(${lines === 'all' ? [] : lines}::uuid[]))
    returning source_id as line`.execute(db);
  return rows.map(({ line }) => line);
}
