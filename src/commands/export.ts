import type { Visit } from '#ground/visit.ts';
import { exported } from '#rooms/exchange';
import { edition } from '#rooms/programme';
import { words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('exchange.help-export');

/** Writes the public programme of an edition to standard output. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['edition', 'format'], [], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const slug = asked.values.get('edition') ?? asked.positionals[0];
  const format = asked.values.get('format') ?? 'json';
  if (slug === undefined) return fail(t('exchange.no-export-edition'));
  if (format !== 'json' && format !== 'xml' && format !== 'csv') return fail(t('exchange.bad-format', { format }));
  const found = await edition(visit, slug);
  if (!found) return fail(t('exchange.edition-missing', { slug }));
  process.stdout.write(`${await exported({ ...visit, language: 'nl' }, found, format)}\n`);
  return 0;
}
