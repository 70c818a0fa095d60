import type { Visit } from '#ground/visit.ts';
import * as upkeep from '#rooms/upkeep';
import { kinds, type Failed } from '#rooms/upkeep/failed.ts';
import { words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('upkeep.help-failed');

const most = 100;

/** Tells what failed and was kept aside, or has all of it tried again. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, [], ['json'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const [order = 'list', ...more] = asked.positionals;
  if ((order !== 'list' && order !== 'retry') || more.length > 0) return fail(help);
  if (order === 'retry') {
    let count = 0;
    for (const kind of kinds) count += await upkeep.tryAgain(visit, kind, 'all');
    process.stdout.write(`${t('upkeep.failed-again', { count })}\n`);
    return 0;
  }
  const counts = await upkeep.countsOfFailed(visit);
  const found = await Promise.all(
    kinds.map(async (kind) => ({ kind, count: counts[kind], newest: await upkeep.failed(visit, kind, { from: 0, limit: most }) })),
  );
  const said = asked.flags.has('json')
    ? JSON.stringify(found)
    : found.flatMap(({ kind, count, newest }) => [t(`upkeep.failed-${kind}s`, { count }), ...newest.map(line)]).join('\n');
  process.stdout.write(`${said}\n`);
  return found.some(({ count }) => count > 0) ? 1 : 0;
}

const line = ({ what, recipient, failedAt, fault }: Failed): string =>
  `  ${failedAt.toISOString()}  ${what}${recipient === null ? '' : `  ${recipient}`}  ${fault}`;
