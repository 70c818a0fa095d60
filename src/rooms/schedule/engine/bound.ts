// How much could be attended at most, whatever the schedule.
import type { Instance } from './instance.ts';

/**
 * No schedule lets anybody attend more sessions than there can be one after the other (`turns`: as many slots as fit
 * without overlap), so nobody gets more than the `turns` marks of theirs that weigh most; the sum of that over all people.
 *
 * Where all slots stand apart and every session may be in each, and there are places enough (slots x venues >= sessions),
 * this is the optimum of the linear relaxation
 *
 *   max sum_p sum_t sum_s w_ps y_pst,   y_pst <= x_st,   sum_s y_pst <= 1,   sum_t x_st = 1,   sum_s x_st <= venues,
 *
 * and not only a bound of it. At most: sum_t y_pst <= 1 for each s, and sum_s sum_t y_pst <= turns, so what a person gets is
 * at most the value of the `turns` heaviest marks. Reached: x_st = 1 / turns keeps every rule, and y_pst = 1 / turns for
 * the `turns` heaviest marks of p, 0 for others, gives exactly that. So a linear solver has nothing to add there;
 * bound.test.ts lets HiGHS find the same number.
 */
export function upperBound(instance: Pick<Instance, 'slots' | 'interest'>): number {
  const turns = turnsIn(instance.slots);
  const { interest } = instance;
  let sum = 0;
  for (let person = 0; person < interest.people; person++) {
    const weights = interest.weight.slice(interest.start[person], interest.start[person + 1]).sort();
    for (let n = Math.max(0, weights.length - turns); n < weights.length; n++) sum += weights[n]!;
  }
  return sum;
}

/** How many slots fit without overlap: always the one that ends first. */
export function turnsIn(slots: Instance['slots']): number {
  let turns = 0;
  let end = -Infinity;
  for (const slot of [...slots].sort((a, b) => a.end - b.end))
    if (slot.start >= end) {
      turns++;
      end = slot.end;
    }
  return turns;
}
