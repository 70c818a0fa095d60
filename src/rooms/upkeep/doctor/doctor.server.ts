import type { Config } from '#ground/config.server.ts';
import type { Visit } from '#ground/visit.ts';
import { ok, unknown, type Finding } from './finding.ts';
import * as inside from './inside.server.ts';
import * as outside from './outside.server.ts';

export type { Finding } from './finding.ts';

/**
 * How an installation is doing: everything that can be seen from its own machine, in the order in which somebody would
 * look. `isThorough` recomputes seats and journal too.
 */
export async function examine(visit: Visit, settings: Config, { isThorough }: { readonly isThorough: boolean }): Promise<Finding[]> {
  const asked: readonly (() => Promise<Finding[]> | Finding[])[] = [
    () => [ok('config')],
    () => inside.database(visit),
    () => inside.disk(settings),
    () => outside.site(settings, visit.now),
    () => outside.mailServer(settings),
    () => outside.mailDomain(settings),
    () => outside.provider(settings),
    () => inside.backups(visit, settings),
    () => inside.queue(visit),
    () => inside.files(visit, settings),
    () => inside.roles(visit),
    () => inside.accessibility(visit, settings),
    ...(isThorough ? [() => inside.books(visit)] : []),
  ];
  return (await Promise.all(asked.map((ask) => answered(ask)))).flat();
}

/** One that cannot be answered holds up none of the others. */
async function answered(ask: () => Promise<Finding[]> | Finding[]): Promise<Finding[]> {
  try {
    return await ask();
  } catch (fault) {
    return [unknown('not-seen', { why: fault instanceof Error ? fault.message : String(fault) })];
  }
}
