// The draw for very many people: an auction in which prices stand for how contested a session is, and nobody pays.
import { total, type Aims } from './auction/demand.ts';
import { fillPlaces } from './auction/fill.ts';
import { highestFloor, setBest } from './auction/floor.ts';
import { marketOf, type Market } from './auction/market.ts';
import { boundAt, crewOfOne, findPrices, samplesOf, type Crew } from './auction/prices.ts';
import { bidForSeats, newSeating, type Seating } from './auction/seating.ts';
import type { Allocation, Instance, Seed } from './instance.ts';
import { turnOrder } from './turns.ts';

export interface AuctionOptions {
  /** Told now and then which part is done, 0..1. */
  readonly onProgress?: ((part: number) => void) | undefined;
}

/**
 * An allocation with as high a total of scaled value as can be found, after the guarantee: as many people as possible have
 * one session, then two, then three. Never over capacity or share, nobody has two that clash or more than they want; the same
 * seed gives the same answer. One thread; about 10 s and 500 MB for a million people with eight wishes each.
 */
export function auction(instance: Instance, seed: Seed, { onProgress }: AuctionOptions = {}): Allocation {
  return auctionByTurns(instance, seed, turnOrder(seed, instance.people), { onProgress });
}

/** The same, with everybody's turns given: order[t] is who has turn t. */
export function auctionByTurns(instance: Instance, seed: Seed, order: Int32Array, { onProgress }: AuctionOptions = {}): Allocation {
  const market = marketOf(instance, seed, order);
  return settle(instance, market, crewOfOne(market), onProgress ?? (() => {}));
}

/** From the market to the allocation, with whoever reckons. */
export function settle(instance: Instance, market: Market, crew: Crew, onProgress: (part: number) => void): Allocation {
  onProgress(0.05);
  setBest(market, 0, market.people);
  const price = new Float64Array(market.columns);
  findPrices(market, total, price, crew, samplesOf(market), (part) => onProgress(0.1 + 0.3 * part));
  const bound = boundAt(market, price, crew);
  const fairPrice = price.slice();
  const aims = highestFloor(market, fairPrice, crew);
  findPrices(market, aims, fairPrice, crew, samplesOf(market), (part) => onProgress(0.5 + 0.3 * part));
  const seating = seat(market, aims, fairPrice);
  fillPlaces(seating, aims.bonus);
  onProgress(1);
  return { given: givenOf(instance, seating), price: contested(seating, price), method: 'auction', bound };
}

/** How far below the prices found the bidding starts: further when too much stays empty that had a price. */
const rooms = [0.003, 0.03, 0.3];
const tolerated = 1e-5;

function seat(market: Market, aims: Aims, price: Float64Array): Seating {
  let best: Seating | null = null;
  for (const room of rooms) {
    const seating = newSeating(market);
    bidForSeats(seating, aims, price, room);
    if (best === null || emptyWorth(seating) < emptyWorth(best)) best = seating;
    if (emptyWorth(best) <= tolerated * market.people) break;
  }
  return best!;
}

const emptyWorth = ({ market, entry, taken }: Seating): number => {
  let worth = 0;
  for (let item = 0; item < market.items; item++) worth += entry[item]! * (market.places[item]! - taken[item]!);
  return worth;
};

function givenOf({ wishStart, wishItem }: Instance, { market, given }: Seating): Uint8Array {
  const answer = new Uint8Array(wishItem.length);
  for (let t = 0; t < market.people; t++) {
    const from = wishStart[market.order[t]!]!;
    for (let w = market.start[t]!; w < market.start[t + 1]!; w++) answer[from + w - market.start[t]!] = given[w]!;
  }
  return answer;
}

const contested = ({ market, taken }: Seating, price: Float64Array): Float64Array =>
  price.slice(0, market.items).map((one, item) => (taken[item]! >= market.places[item]! ? one : 0));
