// Who sits where: the auction itself, from prices that are nearly right.
import { ask, leeways, newDesk, type Aims, type Desk } from './demand.ts';
import type { Market } from './market.ts';

/**
 * Everything that changes while seats are given: who holds what, by which bid, and what it takes to come in.
 */
export interface Seating {
  readonly market: Market;
  readonly owner: Int32Array;
  /** 1 for every wish that holds a seat. */
  readonly given: Uint8Array;
  /** The seats of item j lie at heapStart[j], taken[j] of them in use: a heap with the lowest bid in front. */
  readonly heapStart: Int32Array;
  readonly taken: Int32Array;
  readonly heapWish: Int32Array;
  readonly heapBid: Float64Array;
  /** How many of a share are in use, per column (for items it is `taken`). */
  readonly used: Int32Array;
  /** What it takes to come in, per column; never falls. */
  readonly entry: Float64Array;
  readonly held: Uint8Array;
}

/** A new bid goes at least this part of the room over the one it puts out, so that equals do not outbid each other for ever. */
const step = 1 / 300;

export function newSeating(market: Market): Seating {
  const { people, items, start, item, columns, places } = market;
  const owner = new Int32Array(item.length);
  const wished = new Int32Array(items);
  for (let t = 0; t < people; t++) {
    for (let w = start[t]!; w < start[t + 1]!; w++) {
      owner[w] = t;
      wished[item[w]!]!++;
    }
  }
  const heapStart = new Int32Array(items + 1);
  for (let j = 0; j < items; j++) heapStart[j + 1] = heapStart[j]! + Math.min(wished[j]!, places[j]!);
  const seats = heapStart[items]!;
  return {
    market,
    owner,
    given: new Uint8Array(item.length),
    heapStart,
    taken: new Int32Array(items),
    heapWish: new Int32Array(seats),
    heapBid: new Float64Array(seats),
    used: new Int32Array(columns),
    entry: new Float64Array(columns),
    held: new Uint8Array(people),
  };
}

/**
 * Everybody, by turn, bids for the bundle they like best at what it takes to come in; who is put out bids again (Kelso and
 * Crawford 1982; bids up to indifference as in Bertsekas' auction, Annals of Operations Research 14, 1988). Starts at
 * `price` less `room`, a little below where it will end, and ends because what it takes only rises.
 */
export function bidForSeats(seating: Seating, aims: Aims, price: Float64Array, room: number): number {
  const { market, entry } = seating;
  price.forEach((value, column) => (entry[column] = Math.max(0, value - room)));
  if (market.shareStart.length > 0) addItemPrice(seating, price, room);
  const desk = newDesk(market);
  const line = newLine(market.people);
  for (let t = 0; t < market.people; t++) line.join(t);
  let bids = 0;
  const most = 40 * market.people + 100_000;
  for (let t = line.next(); t >= 0 && bids < most; t = line.next()) bids += bid(seating, aims, t, room * step, desk, line);
  return bids;
}

/** A share's entry is the whole price for its group: that of the item and what the share adds. */
function addItemPrice({ market, entry }: Seating, price: Float64Array, room: number): void {
  for (let w = 0; w < market.item.length; w++) {
    for (let at = market.shareStart[w]!; at < market.shareStart[w + 1]!; at++) {
      const column = market.share[at]!;
      entry[column] = Math.max(0, price[column]! > 0 ? price[column]! + price[market.item[w]!]! - room : 0);
    }
  }
}

interface Line {
  readonly join: (t: number) => void;
  readonly next: () => number;
}

/** First in, first out; who stands in it already does not join twice. */
function newLine(people: number): Line {
  const ring = new Int32Array(people + 1);
  const isIn = new Uint8Array(people);
  let head = 0;
  let tail = 0;
  return {
    join: (t) => {
      if (isIn[t] === 1) return;
      isIn[t] = 1;
      ring[tail] = t;
      tail = tail === people ? 0 : tail + 1;
    },
    next: () => {
      if (head === tail) return -1;
      const t = ring[head]!;
      head = head === people ? 0 : head + 1;
      isIn[t] = 0;
      return t;
    },
  };
}

/** One person asks for their best bundle at present; returns how many new seats they took. */
function bid(seating: Seating, aims: Aims, t: number, step: number, desk: Desk, line: Line): number {
  const { market, given } = seating;
  const from = market.start[t]!;
  const count = market.start[t + 1]! - from;
  for (let i = 0; i < count; i++) desk.cost[i] = costOf(seating, from + i);
  ask(market, aims, market.value, t, desk);
  for (let i = 0; i < count; i++) if (given[from + i] === 1 && desk.isPicked[i] === 0) leave(seating, from + i);
  leeways(market, aims.bonus, t, Infinity, desk);
  let bids = 0;
  for (let k = 0; k < desk.picked; k++) {
    const i = desk.picks[k]!;
    if (given[from + i] === 1) continue;
    const least = costOf(seating, from + i);
    take(seating, from + i, least + Math.max(0, desk.leeway[i]!) + step, line);
    bids++;
  }
  return bids;
}

function costOf({ market, entry }: Seating, w: number): number {
  let cost = entry[market.item[w]!]!;
  if (market.shareStart.length > 0)
    for (let at = market.shareStart[w]!; at < market.shareStart[w + 1]!; at++) cost = Math.max(cost, entry[market.share[at]!]!);
  return cost;
}

/** Seats a wish at a bid, and puts out the lowest bids that stand in its way: in its groups first, then in the item. */
function take(seating: Seating, w: number, bid: number, line: Line): void {
  const { market, owner, used, taken, heapStart, heapBid, entry } = seating;
  const item = market.item[w]!;
  const from = heapStart[item]!;
  const putOut = (place: number): void => {
    const out = seating.heapWish[place]!;
    removeAt(seating, item, place);
    line.join(owner[out]!);
  };
  if (market.shareStart.length > 0)
    for (let at = market.shareStart[w]!; at < market.shareStart[w + 1]!; at++) {
      const column = market.share[at]!;
      if (used[column]! >= market.places[column]!) putOut(lowestOf(seating, item, column));
    }
  if (taken[item]! >= market.places[item]!) putOut(from);
  insert(seating, item, w, bid);
  if (taken[item]! >= market.places[item]!) entry[item] = Math.max(entry[item]!, heapBid[from]!);
  if (market.shareStart.length > 0)
    for (let at = market.shareStart[w]!; at < market.shareStart[w + 1]!; at++) {
      const column = market.share[at]!;
      if (used[column]! >= market.places[column]!) entry[column] = Math.max(entry[column]!, heapBid[lowestOf(seating, item, column)]!);
    }
}

/** Where the lowest bid of a share's group lies. */
function lowestOf({ market, heapStart, taken, heapWish, heapBid }: Seating, item: number, column: number): number {
  let lowest = -1;
  for (let place = heapStart[item]!; place < heapStart[item]! + taken[item]!; place++) {
    const w = heapWish[place]!;
    for (let at = market.shareStart[w]!; at < market.shareStart[w + 1]!; at++)
      if (market.share[at] === column && (lowest === -1 || heapBid[place]! < heapBid[lowest]!)) lowest = place;
  }
  return lowest;
}

/** Gives up the seat of a wish. */
export function leave(seating: Seating, w: number): void {
  const item = seating.market.item[w]!;
  let place = seating.heapStart[item]!;
  while (seating.heapWish[place] !== w) place++;
  removeAt(seating, item, place);
}

// The heaps: of equal bids the one with the later turn is put out first.

export function insert(seating: Seating, item: number, w: number, bid: number): void {
  const { taken, heapStart, given, held, owner } = seating;
  given[w] = 1;
  held[owner[w]!]!++;
  count(seating, w, 1);
  rise(seating, heapStart[item]!, taken[item]!++, w, bid);
}

function removeAt(seating: Seating, item: number, place: number): void {
  const { taken, heapStart, heapWish, heapBid, given, held, owner } = seating;
  const out = heapWish[place]!;
  given[out] = 0;
  held[owner[out]!]!--;
  count(seating, out, -1);
  const from = heapStart[item]!;
  const last = --taken[item]!;
  const at = place - from;
  if (at === last) return;
  const w = heapWish[from + last]!;
  const bid = heapBid[from + last]!;
  if (rise(seating, from, at, w, bid) === at) sink(seating, from, at, last, w, bid);
}

function count({ market, used }: Seating, w: number, by: number): void {
  if (market.shareStart.length > 0) for (let at = market.shareStart[w]!; at < market.shareStart[w + 1]!; at++) used[market.share[at]!]! += by;
}

function rise({ heapWish, heapBid }: Seating, from: number, at: number, w: number, bid: number): number {
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!isBefore(bid, w, heapBid[from + above]!, heapWish[from + above]!)) break;
    heapBid[from + at] = heapBid[from + above]!;
    heapWish[from + at] = heapWish[from + above]!;
    at = above;
  }
  heapBid[from + at] = bid;
  heapWish[from + at] = w;
  return at;
}

function sink({ heapWish, heapBid }: Seating, from: number, at: number, size: number, w: number, bid: number): void {
  for (let below = 2 * at + 1; below < size; below = 2 * at + 1) {
    if (below + 1 < size && isBefore(heapBid[from + below + 1]!, heapWish[from + below + 1]!, heapBid[from + below]!, heapWish[from + below]!))
      below++;
    if (!isBefore(heapBid[from + below]!, heapWish[from + below]!, bid, w)) break;
    heapBid[from + at] = heapBid[from + below]!;
    heapWish[from + at] = heapWish[from + below]!;
    at = below;
  }
  heapBid[from + at] = bid;
  heapWish[from + at] = w;
}

const isBefore = (bid: number, w: number, other: number, v: number): boolean => bid < other || (bid === other && w > v);
