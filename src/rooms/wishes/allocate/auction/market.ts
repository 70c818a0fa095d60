// The instance as the auction sees it: people in the order of their turns, scaled values, and what clashes in one look.
import type { Instance, Seed } from '../instance.ts';
import { scale } from '../scale.ts';
import { drawn } from '../turns.ts';

/**
 * People are renumbered by turn, so that equals go by turn wherever people go by number, and so that the first thousands
 * are a fair sample. Their wishes stand in the order in which they were given. All arrays can be shared by threads.
 */
export interface Market {
  readonly people: number;
  readonly items: number;
  /** Who has turn t: the number of that person in the instance. */
  readonly order: Int32Array;
  /** The wishes of turn t stand at start[t] up to start[t + 1]. */
  readonly start: Int32Array;
  readonly item: Uint16Array;
  /** Scaled value, plus less than `turn` by lot, which decides among equals. Unwanted when it is no wish. */
  readonly value: Float32Array;
  /** Scaled value as it is. */
  readonly plain: Float32Array;
  readonly wanted: Uint8Array;
  readonly has: Uint8Array;
  /** 1 when some of this person's wishes clash with each other. */
  readonly isTangled: Uint8Array;
  /** A bit for every pair of items; every item clashes with itself. */
  readonly clash: Uint32Array;
  /** What is for sale has a column: first the items, then the shares, each with so many places. */
  readonly columns: number;
  readonly places: Float64Array;
  /** The columns, beside its item, in which wish w counts, stand at shareStart[w] up to shareStart[w + 1]; empty without shares. */
  readonly shareStart: Int32Array;
  readonly share: Int32Array;
  readonly mostWishes: number;
  /** Per turn the scaled value of their best bundle if nobody else were there; what the floor is a part of. */
  readonly best: Float32Array;
}

/** The most that lot adds to a scaled value: far below any difference that somebody means. */
export const turn = 2 ** -14;

export const unwanted = -1e9;

/** The instance in the order of turns, on its own: for who reads an allocation rather than makes one. */
export function marketOf(instance: Instance, seed: Seed, order: Int32Array): Market {
  const market = newMarket(instance, order);
  setBlock(market, { instance, seed }, 0, market.people);
  return market;
}

/** Room for the instance in the order of turns; `setBlock` writes the people and their wishes. */
export function newMarket(instance: Instance, order: Int32Array): Market {
  const { people, items, shares, wishStart } = instance;
  const wishes = instance.wishItem.length;
  const start = shared(Int32Array, people + 1);
  for (let t = 0; t < people; t++) start[t + 1] = start[t]! + wishStart[order[t]! + 1]! - wishStart[order[t]!]!;
  return {
    people,
    items,
    order,
    start,
    item: shared(Uint16Array, wishes),
    value: shared(Float32Array, wishes),
    plain: shared(Float32Array, wishes),
    wanted: shared(Uint8Array, people),
    has: shared(Uint8Array, people),
    isTangled: shared(Uint8Array, people),
    clash: clashBits(instance),
    columns: items + shares.length,
    places: Float64Array.from([...instance.capacity, ...shares.map(({ most }) => most)]),
    ...shareColumns(instance, order),
    mostWishes: mostOf(wishStart),
    best: shared(Float32Array, people),
  };
}

/** Writes the turns from..to; two people with the same wishes differ by their turns alone. */
export function setBlock(market: Market, { instance, seed }: { readonly instance: Instance; readonly seed: Seed }, from: number, to: number): void {
  const { order, start, item, value, plain, isTangled } = market;
  for (let t = from; t < to; t++) {
    const person = order[t]!;
    const first = instance.wishStart[person]!;
    const at = start[t]!;
    market.wanted[t] = instance.wanted[person]!;
    market.has[t] = instance.has[person]!;
    scale(instance, person, plain, at);
    for (let w = at; w < start[t + 1]!; w++) {
      item[w] = instance.wishItem[first + w - at]!;
      value[w] = plain[w]! > 0 ? plain[w]! + (turn * drawn(seed, t, item[w]!)) / 2 ** 32 : unwanted;
      for (let other = at; other < w && isTangled[t] === 0; other++) if (clashes(market, item[w]!, item[other]!)) isTangled[t] = 1;
    }
  }
}

export const clashes = ({ clash, items }: Pick<Market, 'clash' | 'items'>, a: number, b: number): boolean => {
  const row = a * ((items + 31) >>> 5);
  return ((clash[row + (b >>> 5)]! >>> (b & 31)) & 1) === 1;
};

interface Bytes<Numbers> {
  new (buffer: SharedArrayBuffer): Numbers;
  readonly BYTES_PER_ELEMENT: number;
}

export const shared = <Numbers>(Kind: Bytes<Numbers>, length: number): Numbers => new Kind(new SharedArrayBuffer(length * Kind.BYTES_PER_ELEMENT));

function clashBits({ items, clashStart, clashItem }: Instance): Uint32Array {
  const row = (items + 31) >>> 5;
  const bits = shared(Uint32Array, items * row);
  const mark = (a: number, b: number): void => {
    bits[a * row + (b >>> 5)]! |= 1 << (b & 31);
  };
  for (let a = 0; a < items; a++) {
    mark(a, a);
    for (let at = clashStart[a]!; at < clashStart[a + 1]!; at++) {
      mark(a, clashItem[at]!);
      mark(clashItem[at]!, a);
    }
  }
  return bits;
}

/** Which shares a wish counts in: those of its item for a group of its person. */
function shareColumns({ people, items, shares, wishStart, wishItem, groupStart, group }: Instance, order: Int32Array) {
  if (shares.length === 0) return { shareStart: new Int32Array(0), share: new Int32Array(0) };
  const ofItem = Array.from({ length: items }, () => new Map<number, number[]>());
  shares.forEach(({ item, group }, number) => ofItem[item]!.set(group, [...(ofItem[item]!.get(group) ?? []), items + number]));
  const start = [0];
  const found: number[] = [];
  for (let t = 0; t < people; t++) {
    const person = order[t]!;
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) {
      const groups = ofItem[wishItem[wish]!]!;
      for (let at = groupStart[person]!; groups.size > 0 && at < groupStart[person + 1]!; at++) found.push(...(groups.get(group[at]!) ?? []));
      start.push(found.length);
    }
  }
  const shareStart = shared(Int32Array, start.length);
  const share = shared(Int32Array, found.length);
  shareStart.set(start);
  share.set(found);
  return { shareStart, share };
}

function mostOf(start: Int32Array): number {
  let most = 0;
  for (let at = 1; at < start.length; at++) most = Math.max(most, start[at]! - start[at - 1]!);
  return most;
}
