// The only chance in a draw: everybody's turn, and turns among equals, all from the seed that was committed to.
import type { Seed } from './instance.ts';

/**
 * A 32-bit number from the seed and two numbers, evenly spread and without a visible pattern: pcg4d, which Jarzynski and
 * Olano found to pass the statistical tests of hash functions (Hash Functions for GPU Rendering, JCGT 9(3), 2020).
 */
export function drawn(seed: Seed, first: number, second: number): number {
  let a = Math.imul(seed[0] ^ first, 1664525) + 1013904223;
  let b = Math.imul(seed[1] ^ second, 1664525) + 1013904223;
  let c = Math.imul(seed[2], 1664525) + 1013904223;
  let d = Math.imul(seed[3], 1664525) + 1013904223;
  for (let round = 0; round < 2; round++) {
    a = (a + Math.imul(b, d)) | 0;
    b = (b + Math.imul(c, a)) | 0;
    c = (c + Math.imul(a, b)) | 0;
    d = (d + Math.imul(b, c)) | 0;
    a ^= a >>> 16;
    b ^= b >>> 16;
    c ^= c >>> 16;
    d ^= d >>> 16;
  }
  return (a ^ d) >>> 0;
}

/** People in the order of their turns: a permutation of 0..people, every one as likely as another. */
export function turnOrder(seed: Seed, people: number): Int32Array {
  const high = new Uint32Array(people);
  const low = new Uint32Array(people);
  const order = new Int32Array(people);
  for (let person = 0; person < people; person++) {
    high[person] = drawn(seed, person, 0x7475726e);
    low[person] = drawn(seed, person, 0x7469652d);
    order[person] = person;
  }
  // The least significant digits first: 64 bits, so that two people hardly ever draw the same.
  return byKey(byKey(order, low), high);
}

/** The same people in the order of their keys (per person, 32 bits); equals stay as they stood. Radix sort. */
export function byKey(order: Int32Array, key: Uint32Array): Int32Array {
  const one = new Int32Array(order.length);
  const other = new Int32Array(order.length);
  byDigit(order, one, key, 0);
  byDigit(one, other, key, 11);
  byDigit(other, one, key, 22);
  return one;
}

function byDigit(from: Int32Array, to: Int32Array, key: Uint32Array, shift: number): void {
  const place = new Uint32Array(2049);
  for (const person of from) place[((key[person]! >>> shift) & 2047) + 1]!++;
  for (let digit = 0; digit < 2048; digit++) place[digit + 1]! += place[digit]!;
  for (const person of from) to[place[(key[person]! >>> shift) & 2047]!++] = person;
}
