// The one place where chance enters: ids, codes and secrets. Tests give their own seed where it matters.
import { createCipheriv, createDecipheriv, createHash, randomBytes, randomInt } from 'node:crypto';
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

/** Twelve characters that are read out to somebody and typed over once: 60 bits. */
export const newInvitation = (): string => newPseudonym();

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Six digits, evenly spread. */
export const newDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** Six characters. */
export const newSessionCode = (): string => Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Locked so that only who knows the secret reads it, and nobody changes it unseen (AES-256-GCM). */
export function locked(content: Uint8Array, secret: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret), iv);
  return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** What `locked` locked; a fault when the secret is another one. */
export function unlocked(content: Uint8Array, secret: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(secret), content.subarray(0, 12));
  decipher.setAuthTag(content.subarray(-16));
  return Buffer.concat([decipher.update(content.subarray(12, -16)), decipher.final()]);
}

// Other words in front than hashOf gives: what stands in a database as a hash is no key.
const keyFrom = (secret: string): Buffer => createHash('sha256').update(`key\0${secret}`).digest();
