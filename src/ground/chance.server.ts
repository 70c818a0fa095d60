// The one place where chance enters: ids, codes and secrets. Tests give their own seed where it matters.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Id } from './id.ts';

/** A version 7 UUID: the time in front, so that rows stand in the order in which they were made. */
export function newId<Noun extends string>(now: Date): Id<Noun> {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Id<Noun>;
}

/** 256 bits for an address or a cookie; only its hash is kept. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Six digits, evenly spread. */
export const newDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0');

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Six characters that nobody reads wrong: no I, L, O or U. */
export const newSessionCode = (): string => Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('');
