// What the commands about backups share.
import { identitiesIn, passphraseIn, readBackup, type CheckedUp, type Keys, type NotRestored, type Restored } from '#rooms/upkeep';
import { sentence, type Say } from '#words';
import type { Language } from '#ground/visit.ts';
import type { Options } from './tool.ts';

type Damages = Awaited<ReturnType<typeof readBackup>>['damage'];

/** What opens a locked backup; a file that cannot be read is a fault with a sentence. */
export async function keysOf({ values }: Options, t: Say): Promise<Keys> {
  const [identity, passphrase] = [values.get('identity'), values.get('passphrase')];
  return {
    identities: identity === undefined ? [] : await identitiesIn(identity).catch(() => unreadable(identity, t)),
    passphrase: passphrase === undefined ? null : await passphraseIn(passphrase).catch(() => unreadable(passphrase, t)),
  };
}

function unreadable(file: string, t: Say): never {
  throw new Error(t('tool.file-missing', { file }));
}

export const damageInWords = (damage: Damages, language: Language): string[] =>
  damage.slice(0, 20).map(({ code, part }) => sentence(language, `tool.damage-${code}`, { part }));

export const whyNot = (not: NotRestored, language: Language): string =>
  [
    sentence(language, `tool.restore-not-${not.not}`, { names: 'names' in not ? not.names.join(', ') : '' }),
    ...('damage' in not ? damageInWords(not.damage, language) : []),
  ].join('\n');

export const restoredInWords = ({ migrated, erased, before }: Restored, t: Say): string[] => [
  ...(before === null ? [] : [t('tool.restore-before', { file: before })]),
  ...(migrated.length === 0 ? [] : [t('tool.restore-migrated', { count: migrated.length })]),
  ...(erased === 0 ? [] : [t('tool.restore-erased', { count: erased })]),
];

export const checkedInWords = ({ ledger, journal }: CheckedUp, t: Say): string[] => [
  t('tool.checked-ledger', ledger),
  t('tool.checked-journal', journal),
];

export function size(bytes: number): string {
  const [unit, divisor] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9];
  return `${(bytes / divisor).toFixed(1)} ${unit}`;
}

/** One line that is written over, and only for somebody who looks. */
export function progress(): { readonly show: (text: string) => void; readonly end: () => void } {
  const screen = process.stderr;
  if (!screen.isTTY) return { show: () => {}, end: () => {} };
  return { show: (text) => void screen.write(`\r${text.slice(0, screen.columns - 1)}\x1b[K`), end: () => void screen.write('\r\x1b[K') };
}

/** Why something went wrong, as somebody who operates a machine says it. */
export function reason(fault: unknown, t: Say): string {
  if (fault instanceof Error && 'code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EFBIG')) return t('tool.disk-full');
  return fault instanceof Error ? fault.message : String(fault);
}
