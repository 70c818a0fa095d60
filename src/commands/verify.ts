import { readBackup } from '#rooms/upkeep';
import { words } from '#words';
import { damageInWords, keysOf, progress } from './tool/backups.ts';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('tool.help-verify');

/** Says whether a backup is whole, and else which part is not; without a database, on any machine. */
export async function runAlone(args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['identity', 'passphrase'], [], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const [file] = asked.positionals;
  if (file === undefined) return fail(t('tool.file-which'));
  const screen = progress();
  const found = await readBackup(file, await keysOf(asked, t), { onProgress: (part) => screen.show(t('tool.reading', { part })) }).catch(() => null);
  screen.end();
  if (!found) return fail(t('tool.file-missing', { file }));
  const { first, last, damage } = found;
  if (!first || !last || damage.length > 0) return fail([t('tool.verify-damaged', { file }), ...damageInWords(damage, language)].join('\n'));
  const rows = Object.values(last.tables).reduce((sum, table) => sum + table.rows, 0);
  const { madeAt: moment, version, tables } = first;
  process.stdout.write(`${t('tool.verify-good', { file, moment, version, tables: tables.length, rows, files: Object.keys(last.files).length })}\n`);
  return 0;
}
