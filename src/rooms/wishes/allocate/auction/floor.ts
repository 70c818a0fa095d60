// How high a floor for the worst-off can be: a part of what each could have if nobody else were there.
import { ask, cost, guarantee, newDesk, worthOfPicks, type Aims } from './demand.ts';
import type { Crew } from './crew.ts';
import type { Market } from './market.ts';
import { findPrices, firstSample } from './prices.ts';

/** Floors that are tried, the highest first. */
const floors = [0.7, 0.6, 0.5, 0.4, 0.3];
/** A floor is kept when all but these reach it, and it costs no more than this part of the total. */
const most = { below: 0.002, cost: 0.01 };

/** The guarantee with the highest floor that a sample of the people can nearly all have; moves the prices towards it. */
export function highestFloor(crew: Crew): Aims {
  const { market } = crew;
  const { price } = crew.sheet;
  const sample = Math.min(firstSample, market.people);
  findPrices(crew, guarantee, [sample]);
  const plain = price.slice();
  const without = lookAt(market, guarantee, price, sample, floors);
  for (const [n, floor] of floors.entries()) {
    if (without.below[n] === 0) return { ...guarantee, floor };
    // Without any urging twice so many would have to be lifted as ever were: not worth a try.
    if (without.below[n]! > 0.25) continue;
    const aims = { ...guarantee, floor };
    price.set(plain);
    findPrices(crew, aims, [sample]);
    const { below, value } = lookAt(market, aims, price, sample, [floor]);
    if (below[0]! <= most.below && value >= (1 - most.cost) * without.value) return aims;
  }
  price.set(plain);
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
