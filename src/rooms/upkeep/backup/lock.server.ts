// Backups can be locked with age (age-encryption.org): for recipients whose keys are elsewhere, or with a passphrase.
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';

/** Whom it is locked for; null: for nobody. */
export type Lock = { readonly recipients: readonly string[] } | { readonly passphrase: string } | null;
/** What opens it. */
export interface Keys {
  readonly identities: readonly string[];
  readonly passphrase: string | null;
}
export const noKeys: Keys = { identities: [], passphrase: null };

/** What an identity file holds: one key a line, as age-keygen writes it. */
export const identitiesIn = async (file: string): Promise<string[]> =>
  (await readFile(file, 'utf8')).split('\n').flatMap((line) => (/^AGE-SECRET-KEY-/.test(line.trim()) ? [line.trim()] : []));
/** The first line of a file. */
export const passphraseIn = async (file: string): Promise<string> => (await readFile(file, 'utf8')).split(/\r?\n/, 1)[0] ?? '';

/** The sentence about a recipient that is none; null when all are good. */
export function whyNoLock(lock: Lock): string | null {
  try {
    encrypterFor(lock);
    return null;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}

export async function* locked(plain: AsyncIterable<Buffer>, lock: Lock): AsyncGenerator<Uint8Array> {
  const encrypter = encrypterFor(lock);
  yield* encrypter === null ? plain : await through(Readable.from(plain, { objectMode: false }), (stream) => encrypter.encrypt(stream));
}

export function unlocked(file: Readable, { identities, passphrase }: Keys): Promise<Readable> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  if (passphrase !== null) decrypter.addPassphrase(passphrase);
  return through(file, (stream) => decrypter.decrypt(stream));
}

function encrypterFor(lock: Lock): Encrypter | null {
  if (lock === null) return null;
  const encrypter = new Encrypter();
  if ('passphrase' in lock) encrypter.setPassphrase(lock.passphrase);
  else for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  return encrypter;
}

/** age speaks the web's streams. */
async function through(
  from: Readable,
  change: (stream: globalThis.ReadableStream<Uint8Array>) => Promise<globalThis.ReadableStream<Uint8Array>>,
): Promise<Readable> {
  const web: ReadableStream = Readable.toWeb(from);
  return Readable.fromWeb((await change(web as globalThis.ReadableStream<Uint8Array>)) as ReadableStream);
}
