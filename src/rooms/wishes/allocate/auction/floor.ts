// How high a floor for the worst-off can be: a part of what each could have if nobody else were there.
import { ask, choose, cost, guarantee, newDesk, total, worthOfPicks, type Aims, type Desk } from './demand.ts';
import type { Market } from './market.ts';
import { findPrices, firstSample, type Crew } from './prices.ts';

/** Floors that are tried, the highest first. */
const floors = [0.7, 0.65, 0.6, 0.55, 0.5, 0.4, 0.3];
/** A floor is kept when all but these reach it, and it costs no more than this part of the total. */
const most = { below: 0.002, cost: 0.01 };

/** The best bundle of everybody in from..to if nobody else were there. */
export function setBest(market: Market, from: number, to: number): void {
  const desk = newDesk(market);
  for (let t = from; t < to; t++) market.best[t] = bestAlone(market, t, desk);
}

/** The scaled value of the best bundle of the person with turn t at no price. */
export function bestAlone(market: Market, t: number, desk: Desk): number {
  const from = market.start[t]!;
  for (let i = 0; i < market.start[t + 1]! - from; i++) desk.surplus[i] = market.plain[from + i]!;
  choose(market, total.bonus, t, desk);
  return desk.worth;
}

/** The guarantee with the highest floor that a sample of the people can nearly all have; moves `price` towards it. */
export function highestFloor(market: Market, price: Float64Array, crew: Crew): Aims {
  const sample = Math.min(firstSample, market.people);
  const priceFor = (aims: Aims, from: Float64Array): Float64Array => {
    const found = from.slice();
    findPrices(market, aims, found, crew, [sample]);
    return found;
  };
  const plain = priceFor(guarantee, price);
  price.set(plain);
  const without = lookAt(market, guarantee, plain, sample, floors);
  for (const [n, floor] of floors.entries()) {
    if (without.below[n] === 0) return { ...guarantee, floor };
    // Without any urging twice so many would have to be lifted as ever were: not worth a try.
    if (without.below[n]! > 0.25) continue;
    const aims = { ...guarantee, floor };
    const found = priceFor(aims, plain);
    const { below, value } = lookAt(market, aims, found, sample, [floor]);
    if (below[0]! > most.below || value < (1 - most.cost) * without.value) continue;
    price.set(found);
    return aims;
  }
  return guarantee;
}

/** Which part of a sample would be below each floor at these prices, and the total value they ask for. */
function lookAt(market: Market, aims: Aims, price: Float64Array, people: number, floors: readonly number[]): { below: number[]; value: number } {
  const desk = newDesk(market);
  const below = floors.map(() => 0);
  let value = 0;
  for (let t = 0; t < people; t++) {
    cost(market, price, t, desk);
    ask(market, aims, market.value, t, desk);
    const worth = worthOfPicks(desk);
    value += worth;
    floors.forEach((floor, n) => (below[n]! += worth < floor * market.best[t]! ? 1 / people : 0));
  }
  return { below, value };
}
