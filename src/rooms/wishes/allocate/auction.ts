// The draw for very many people: an auction in which prices stand for how contested a session is, and nobody pays.
import { crewOfOne, type Crew } from './auction/crew.ts';
import { total, type Aims } from './auction/demand.ts';
import { fillPlaces } from './auction/fill.ts';
import { highestFloor } from './auction/floor.ts';
import { keepGuarantee } from './auction/guarantee.ts';
import { newMarket, type Market } from './auction/market.ts';
import { boundNow, findPrices, samplesOf } from './auction/prices.ts';
import { bidForSeats, newSeating, type Seating } from './auction/seating.ts';
import type { Allocation, Instance, Seed } from './instance.ts';
import { turnOrder } from './turns.ts';

export interface AuctionOptions {
  /** Told now and then which part is done, 0..1. */
  readonly onProgress?: ((part: number) => void) | undefined;
}

/**
 * An allocation with as high a total of scaled value as can be found, after two promises: as many people as possible have one
 * session, then two, then three; and whoever could have a floor (the highest of 70, 60, 50, 40, 30% of their own best that
 * nearly everybody in a sample can have, at 1% of the total at most) is lifted to it. Never over capacity or share, nobody has
 * two that clash or more than they want; the same seed gives the same answer. One thread; some ten seconds and half a
 * gigabyte for a million people with eight wishes each.
 *
 * Prices are found by tatonnement on samples (auction/prices.ts), seats by bids from just below them (auction/seating.ts:
 * Kelso and Crawford 1982, Bertsekas 1988), the last who have too little by augmenting paths (auction/guarantee.ts).
 */
export function auction(instance: Instance, seed: Seed, { onProgress }: AuctionOptions = {}): Allocation {
  return auctionByTurns(instance, seed, turnOrder(seed, instance.people), { onProgress });
}

/** The same, with everybody's turns given: order[t] is who has turn t. */
export function auctionByTurns(instance: Instance, seed: Seed, order: Int32Array, { onProgress }: AuctionOptions = {}): Allocation {
  return settle(instance, crewOfOne(newMarket(instance, order), { instance, seed }), onProgress ?? (() => {}));
}

/** From an empty market to the allocation, with whoever reckons. */
export function settle(instance: Instance, crew: Crew, onProgress: (part: number) => void): Allocation {
  const { market, sheet } = crew;
  const samples = samplesOf(market.people);
  crew.run({ kind: 'set' });
  onProgress(0.1);
  findPrices(crew, total, samples, (part) => onProgress(0.1 + 0.3 * part));
  const bound = boundNow(crew);
  const price = sheet.price.slice();
  const aims = highestFloor(crew);
  findPrices(crew, aims, samples, (part) => onProgress(0.5 + 0.3 * part));
  const seating = seat(market, aims, sheet.price);
  keepGuarantee(seating);
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
