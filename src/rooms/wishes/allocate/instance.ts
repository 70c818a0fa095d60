/**
 * What a draw is about, as flat arrays so that a million people fit in memory and threads can share them. People and
 * items are numbers from 0; an item is one way of taking part in one session (on site, online), and the two ways of the
 * same session clash with each other.
 */
export interface Instance {
  readonly people: number;
  readonly items: number;
  /** Places to give away, per item. */
  readonly capacity: Int32Array;
  /** Which session item i is a way into, when some have two; absent: every item is a session of its own. */
  readonly session?: Uint16Array;
  /** The wishes of person p stand at wishStart[p] up to wishStart[p + 1]; length people + 1. */
  readonly wishStart: Int32Array;
  readonly wishItem: Uint16Array;
  /** How much each is wished, above 0, in the person's own measure: the draw scales everybody's wishes to one total. */
  readonly wishWeight: Float32Array;
  /** How many more sessions each person wants at most. */
  readonly wanted: Uint8Array;
  /** How many sessions each person has already; they count for 'nobody below three'. */
  readonly has: Uint8Array;
  /** The items that cannot be combined with item i stand at clashStart[i] up to clashStart[i + 1]; both ways round. */
  readonly clashStart: Int32Array;
  readonly clashItem: Uint16Array;
  /** The groups of person p stand at groupStart[p] up to groupStart[p + 1]. */
  readonly groupStart: Int32Array;
  readonly group: Uint16Array;
  /** At most so many places of an item for people of a group. */
  readonly shares: readonly Share[];
}

export interface Share {
  readonly item: number;
  readonly group: number;
  readonly most: number;
}

/** Four 32-bit numbers, from the seed that was committed to: it decides among equals and nothing else. */
export type Seed = readonly [number, number, number, number];

export interface Allocation {
  /** 1 for every wish (in the order of wishItem) that is granted. */
  readonly given: Uint8Array;
  /** Per item, how contested it was, in scaled value: 0 when there was room. */
  readonly price: Float64Array;
  /** Which way it was made: proven best with a floor for the worst-off, or the auction. */
  readonly method: 'exact' | 'auction';
  /** No allocation can have a higher total of scaled value. */
  readonly bound: number;
}
