// How many would ask for each session at prices around the present ones.
import { ask, cost, leeways, type Aims, type Desk } from './demand.ts';
import type { Market } from './market.ts';

/** Steps in which the window around a price is cut; above the last stands whoever would pay more than the window shows. */
export const steps = 64;

/** Counts people from..to into `tally` (columns x (steps + 1)): at which step of their windows they would let go. */
export function tallyBids(
  market: Market,
  price: Float64Array,
  aims: Aims,
  reach: number,
  from: number,
  to: number,
  tally: Int32Array,
  desk: Desk,
): void {
  const { start, item, shareStart, share } = market;
  const scale = steps / (2 * reach);
  const hasShares = shareStart.length > 0;
  for (let t = from; t < to; t++) {
    cost(market, price, t, desk);
    ask(market, aims, market.value, t, desk);
    leeways(market, aims.bonus, t, -reach, desk);
    const first = start[t]!;
    const count = start[t + 1]! - first;
    for (let i = 0; i < count; i++) {
      const at = (desk.leeway[i]! + reach) * scale;
      if (!(at >= 0)) continue;
      const step = at < steps ? at | 0 : steps;
      tally[item[first + i]! * (steps + 1) + step]!++;
      if (hasShares) for (let s = shareStart[first + i]!; s < shareStart[first + i + 1]!; s++) tally[share[s]! * (steps + 1) + step]!++;
    }
  }
}

/** How far a column's price should move so that `places` ask for it while all others stay, -reach..reach. */
export function moveOf(tally: Int32Array, column: number, places: number, reach: number): number {
  const base = column * (steps + 1);
  let above = tally[base + steps]!;
  if (above >= places) return reach;
  for (let step = steps - 1; step >= 0; step--) {
    const here = tally[base + step]!;
    if (above + here >= places) return reach * ((2 * (step + 1 - (places - above) / here)) / steps - 1);
    above += here;
  }
  return -reach;
}
