import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Visit } from '#ground/visit.ts';
import { countBounced, readBounce } from '#rooms/mail';
import { words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('letters.help-bounced');

/** Reads a message of a mail server that could not bring a letter, from a file or from standard input. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, [], [], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const [file, ...more] = asked.positionals;
  if (file === undefined || more.length > 0) return fail(help);
  const message = file === '-' ? await text(process.stdin) : await readFile(file).catch(() => null);
  if (message === null) return fail(t('letters.bounced-no-file', { file }));
  const outcome = await readBounce(visit, message);
  process.stdout.write(`${t(`letters.bounced-${outcome}`)} ${t('letters.bounced-count', { count: await countBounced(visit) })}\n`);
  return 0;
}
