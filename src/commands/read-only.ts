import type { Visit } from '#ground/visit.ts';
import * as upkeep from '#rooms/upkeep';
import { words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('upkeep.help-read-only');

/** Closes the house for changes, or opens it again; running servers follow within a second. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['message'], [], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const [order, ...more] = asked.positionals;
  if ((order !== 'on' && order !== 'off') || more.length > 0) return fail(help);
  const message = asked.values.get('message');
  if (order === 'on') await upkeep.closeForChanges(visit, message === undefined ? {} : { [language]: message });
  else await upkeep.openForChanges(visit);
  process.stdout.write(`${t(order === 'on' ? 'upkeep.read-only-is-on' : 'upkeep.read-only-is-off')}\n`);
  return 0;
}
