import { settings } from '#ground/config.server.ts';
import type { Visit } from '#ground/visit.ts';
import { words } from '#words';
import { fail, languageOfTool } from './tool/tool.ts';

const t = words(languageOfTool());

export const help = t('exchange.help-config');

/** Tells every setting and what it is for; the values are left out, because some are secret. */
export function run(_visit: Visit, args: readonly string[]): Promise<number> {
  if (args.length > 0) return Promise.resolve(fail(t('exchange.unknown-option', { option: args[0] ?? '' })));
  const lines = Object.entries(settings.shape).map(([name, { description = '' }]) => `${name.padEnd(18)}${description}\n`);
  process.stdout.write(lines.join(''));
  return Promise.resolve(0);
}
