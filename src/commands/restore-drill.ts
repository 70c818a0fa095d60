import { now } from '#ground/clock.server.ts';
import { config } from '#ground/config.server.ts';
import type { Visit } from '#ground/visit.ts';
import { drill, newestBackup, report } from '#rooms/upkeep';
import { words } from '#words';
import { checkedInWords, keysOf, progress, restoredInWords, whyNot } from './tool/backups.ts';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('tool.help-restore-drill');

/** Shows that the newest backup can be brought back, and keeps a dated report of it. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['identity', 'passphrase'], ['json'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const file = asked.positionals[0] ?? (await newestBackup(visit));
  if (file === null) return fail(t('tool.drill-none'));
  const screen = progress();
  const done = await drill(visit, file, await keysOf(asked, t), (part) => screen.show(t('tool.reading', { part }))).finally(() => screen.end());
  if ('not' in done) return fail(whyNot(done, language));
  const moment = now().toISOString();
  const lines = [
    t(done.isGood ? 'tool.drill-good' : 'tool.drill-bad', { now: moment, file, moment: done.madeAt, seconds: done.seconds }),
    ...restoredInWords(done, t),
    ...checkedInWords(done, t),
  ];
  const at = await report(config().dataDir, 'drill', `${lines.join('\n')}\n`, { at: moment, ...done });
  const said = asked.flags.has('json') ? JSON.stringify({ at: moment, ...done }) : [...lines, t('tool.report-at', { file: at })].join('\n');
  process.stdout.write(`${said}\n`);
  return done.isGood ? 0 : 1;
}
