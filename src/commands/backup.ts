import { sql } from 'kysely';
import { config } from '#ground/config.server.ts';
import { backUp, passphraseIn, whyNoLock, type Lock } from '#rooms/upkeep';
import { sentence, words } from '#words';
import { openHouse, visitOfHouse } from '../house.server.ts';
import { progress, reason, size } from './tool/backups.ts';
import { fail, languageOfTool, readOptions, type Options } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('tool.help-backup');

/** Leaves the tables as they are: a backup before an update is of what there was. */
export async function runAlone(args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['encrypt', 'passphrase', 'keep'], [], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const keep = asked.values.get('keep') ?? '14';
  if (!/^[1-9]\d{0,3}$/.test(keep)) return fail(t('tool.number-wrong', { value: keep }));
  const settings = config();
  const lock = await lockOf(asked, settings.backup.recipients);
  const whyNot = whyNoLock(lock);
  if (whyNot !== null) return fail(t('tool.recipient-wrong', { why: whyNot }));
  const to = asked.positionals[0] ?? settings.backup.folder;
  const house = await openHouse(settings, { asItIs: true });
  const screen = progress();
  try {
    const visit = visitOfHouse(house.db, 'innovember backup');
    const { rows } = await sql<{ is: boolean }>`select to_regclass('public.installation') is not null as is`.execute(house.db);
    if (!rows[0]?.is) return fail(t('tool.backup-nothing'));
    const done = await backUp(visit, {
      where: house.where,
      dataDir: settings.dataDir,
      to,
      keep: Number(keep),
      lock,
      onProgress: (part, bytes) => screen.show(t('tool.backup-writing', { part, size: size(bytes) })),
    });
    screen.end();
    if ('not' in done) return fail(sentence(language, `tool.backup-not-${done.not}`, { folder: to }));
    const { file, rows: many, files, takenAway } = done;
    const swept = takenAway.length > 0 ? `\n${t('tool.backup-swept', { count: takenAway.length })}` : '';
    process.stdout.write(`${t('tool.backup-made', { file, size: size(done.bytes), rows: many, files })}${swept}\n`);
    return 0;
  } catch (fault) {
    screen.end();
    return fail(t('tool.backup-failed', { why: reason(fault, t) }));
  } finally {
    await house.close();
  }
}

async function lockOf({ values }: Options, standard: readonly string[]): Promise<Lock> {
  const passphrase = values.get('passphrase');
  if (passphrase !== undefined) return { passphrase: await passphraseIn(passphrase) };
  const recipients = values.get('encrypt')?.split(',') ?? standard;
  return recipients.length > 0 ? { recipients } : null;
}
