// What was left over finds whoever it makes happier, and nobody loses by it.
import { choose, newDesk } from './demand.ts';
import { unwanted } from './market.ts';
import { insert, leave, type Seating } from './seating.ts';

/**
 * Everybody, by turn, may change to a better bundle of what they hold and what is free; again until nobody wants to. Each
 * change raises the total and takes from nobody.
 */
export function fillPlaces(seating: Seating, bonus: Float64Array): void {
  for (let round = 0; round < 20; round++) if (!fillOnce(seating, bonus)) return;
}

function fillOnce(seating: Seating, bonus: Float64Array): boolean {
  const { market, given } = seating;
  const desk = newDesk(market);
  let isChanged = false;
  for (let t = 0; t < market.people; t++) {
    const from = market.start[t]!;
    const count = market.start[t + 1]! - from;
    let isOffered = false;
    for (let i = 0; i < count; i++) {
      const isHeld = given[from + i] === 1;
      const isOpen = isHeld || isFree(seating, from + i);
      desk.surplus[i] = isOpen ? market.plain[from + i]! : unwanted;
      // A trifle in favour of what is held: nobody moves for nothing.
      if (isHeld) desk.surplus[i]! += trifle;
      else if (isOpen && market.plain[from + i]! > 0) isOffered = true;
    }
    if (!isOffered) continue;
    choose(market, bonus, t, desk);
    for (let i = 0; i < count; i++) if (given[from + i] === 1 && desk.isPicked[i] === 0) leave(seating, from + i);
    for (let k = 0; k < desk.picked; k++) {
      const w = from + desk.picks[k]!;
      if (given[w] === 1) continue;
      insert(seating, market.item[w]!, w, 0);
      isChanged = true;
    }
  }
  return isChanged;
}

const trifle = 1e-6;

export function isFree({ market, taken, used }: Seating, w: number): boolean {
  if (taken[market.item[w]!]! >= market.places[market.item[w]!]!) return false;
  if (market.shareStart.length > 0)
    for (let at = market.shareStart[w]!; at < market.shareStart[w + 1]!; at++)
      if (used[market.share[at]!]! >= market.places[market.share[at]!]!) return false;
  return true;
}
