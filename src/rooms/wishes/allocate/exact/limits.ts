// Everything of which there is only so much: the places of an item, and the shares of groups in it.
import type { Instance } from '../instance.ts';

/** Items first, by number, then shares in their order. A wish takes from its item and from the shares of its person's groups. */
export interface Limits {
  readonly size: number;
  readonly places: Float64Array;
  /** A limit that a wish takes from and that is full, a share before its item; -1 when none is. */
  readonly firstFull: (wish: number, taken: Float64Array) => number;
  readonly each: (wish: number, visit: (limit: number) => void) => void;
  /** Adds to every limit that the wish takes from. */
  readonly add: (wish: number, to: Float64Array, number: number) => void;
  /** The sum over every limit that the wish takes from. */
  readonly sum: (wish: number, of: Float64Array) => number;
}

export function limitsOf({ people, items, capacity, shares, wishStart, wishItem, groupStart, group }: Instance): Limits {
  const size = items + shares.length;
  const places = Float64Array.from({ length: size }, (_, limit) => (limit < items ? capacity[limit]! : shares[limit - items]!.most));
  const start = new Int32Array(wishItem.length + 1);
  const list: number[] = [];
  if (shares.length > 0) {
    const byItem = new Map<number, Map<number, number[]>>();
    shares.forEach((share, number) => {
      const ofItem = byItem.get(share.item) ?? new Map<number, number[]>();
      byItem.set(share.item, ofItem.set(share.group, [...(ofItem.get(share.group) ?? []), items + number]));
    });
    for (let person = 0; person < people; person++) {
      const groups = group.subarray(groupStart[person], groupStart[person + 1]);
      for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) {
        const ofItem = byItem.get(wishItem[wish]!);
        if (ofItem !== undefined) for (const one of groups) list.push(...(ofItem.get(one) ?? []));
        start[wish + 1] = list.length;
      }
    }
  }
  const share = Int32Array.from(list);
  return {
    size,
    places,
    firstFull: (wish, taken) => {
      // A share comes before its item: who gives up a place of the share gives up one of the item.
      for (let at = start[wish]!; at < start[wish + 1]!; at++) if (taken[share[at]!]! >= places[share[at]!]!) return share[at]!;
      const item = wishItem[wish]!;
      return taken[item]! >= places[item]! ? item : -1;
    },
    each: (wish, visit) => {
      visit(wishItem[wish]!);
      for (let at = start[wish]!; at < start[wish + 1]!; at++) visit(share[at]!);
    },
    add: (wish, to, number) => {
      to[wishItem[wish]!]! += number;
      for (let at = start[wish]!; at < start[wish + 1]!; at++) to[share[at]!]! += number;
    },
    sum: (wish, of) => {
      let sum = of[wishItem[wish]!]!;
      for (let at = start[wish]!; at < start[wish + 1]!; at++) sum += of[share[at]!]!;
      return sum;
    },
  };
}
