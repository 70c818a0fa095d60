import { join } from 'node:path';
import { now } from '#ground/clock.server.ts';
import { config, root } from '#ground/config.server.ts';
import { migrationsIn } from '#ground/migrations.server.ts';
import { backUpBefore, checkUp, report, restore, type CheckedUp } from '#rooms/upkeep';
import { words } from '#words';
import { findDatabase } from '../house.server.ts';
import { checkedInWords, keysOf, progress, reason, restoredInWords, whyNot } from './tool/backups.ts';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('tool.help-restore');

/** Brings a backup back as a whole or not at all, and tells how it went. */
export async function runAlone(args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['identity', 'passphrase'], ['force'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const [file] = asked.positionals;
  if (file === undefined) return fail(t('tool.file-which'));
  const keys = await keysOf(asked, t);
  const settings = config();
  const { where, release } = await findDatabase(settings);
  const screen = progress();
  const began = now();
  const found: { isBack?: true; checked?: CheckedUp } = {};
  try {
    const { dataDir, backup } = settings;
    const done = await restore(
      {
        where,
        dataDir,
        file,
        keys,
        migrations: await migrationsIn(join(root, 'migrations')),
        now: began,
        force: asked.flags.has('force') ? () => backUpBefore(where, dataDir, backup.recipients, began) : null,
        onProgress: (part) => screen.show(t('tool.reading', { part })),
      },
      async () => {
        found.isBack = true;
        found.checked = await checkUp({ language, now: now(), person: null, request: 'innovember restore' }, where, dataDir);
      },
    );
    screen.end();
    if ('not' in done) return fail(whyNot(done, language));
    const { checked } = found;
    const lines = [
      t('tool.restore-done', { now: now().toISOString(), file, moment: done.madeAt, version: done.version, rows: done.rows, files: done.files }),
      ...restoredInWords(done, t),
      t('tool.restore-sign-ins'),
      ...(checked ? checkedInWords(checked, t) : []),
    ];
    const at = await report(dataDir, 'restore', `${lines.join('\n')}\n`, { at: now().toISOString(), file, ...done, ...checked });
    process.stdout.write(`${[...lines, t('tool.report-at', { file: at })].join('\n')}\n`);
    return checked && checked.ledger.found + checked.journal.found === 0 ? 0 : 1;
  } catch (fault) {
    screen.end();
    return fail(t(found.isBack ? 'tool.restore-unfinished' : 'tool.restore-failed', { why: reason(fault, t) }));
  } finally {
    await release();
  }
}
