// The one place where chance enters: ids, codes and secrets. Tests give their own seed where it matters.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Id } from './id.ts';

/** Characters that nobody reads wrong: no I, L, O or U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

let made = 0;
/**
 * A version 7 UUID: the time in front, then a counter, so that rows stand in the order in which this process made them,
 * also those of one moment; the last 48 bits are chance.
 */
export function newId<Noun extends string>(now: Date): Id<Noun> {
  const bytes = randomBytes(16);
  made = (made + 1) % 0x4000000;
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt16BE(0x7000 | (made >> 14), 6);
  bytes.writeUInt16BE(0x8000 | (made & 0x3fff), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Id<Noun>;
}

/** The id that belongs to some words, always the same one (UUID version 8): for what somebody may ask twice and wants once. */
export const idFrom = <Noun extends string>(words: string): Id<Noun> =>
  hashOf(words).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5') as Id<Noun>;

/** 256 bits for an address or a cookie; only its hash is kept. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** 256 bits as 64 hexadecimal digits, by which a draw decides among equals. */
export const newSeed = (): string => randomBytes(32).toString('hex');

/** A name of twelve characters that says nothing about anybody: 60 bits. */
export const newPseudonym = (): string => Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]).join('');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Six digits, evenly spread. */
export const newDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** Six characters. */
export const newSessionCode = (): string => Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('');
