// All that is worked out about a draw without knowing who is who: the report, who comes first in each line, and the file
// by which anybody repeats it.
import { writeFile, type DrawnItem } from './allocate/file.ts';
import type { Allocation, Instance, Seed } from './allocate/instance.ts';
import { outcome } from './allocate/outcome.ts';
import { waitingOrder, type WaitingOrder } from './allocate/waiting-order.ts';
import type { Report } from './window.ts';

/** What goes to the thread that draws. */
export interface Task {
  readonly instance: Instance;
  /** 64 hexadecimal digits, and what was told of them beforehand. */
  readonly seed: string;
  readonly seedHash: string;
  readonly items: readonly DrawnItem[];
  /** How many groups there are; what they are called stays here. */
  readonly groups: number;
  readonly pseudonyms: readonly string[];
}

export interface Reckoned {
  readonly allocation: Allocation;
  /** Per person what they got, as a part of the best they could have had alone. */
  readonly share: Float64Array;
  readonly waiting: WaitingOrder;
  readonly report: Report;
  readonly file: string;
}

export function reckon(task: Task, seed: Seed, allocation: Allocation, engine: string): Reckoned {
  const { instance } = task;
  const { value, best, total, bound, ...counted } = outcome(instance, allocation);
  const waiting = waitingOrder(instance, allocation, seed);
  return {
    allocation,
    share: value.map((one, person) => (best[person]! > 0 ? Math.min(1, one / best[person]!) : 1)),
    waiting,
    report: {
      people: instance.people,
      wishes: wishesIn(instance),
      places: sum(instance.capacity),
      given: sum(allocation.given),
      engine,
      method: allocation.method,
      value: total,
      bound,
      worstOff: counted.worstOff,
      firstPercentile: counted.firstPercentile,
      withThree: counted.withThree,
      withNothing: counted.withNothing,
      belowThree: counted.belowThree,
      sessions: counted.sessions,
      envy: counted.envy,
    },
    file: writeFile({
      engine,
      seed: task.seed,
      seedHash: task.seedHash,
      items: task.items,
      groups: Array.from({ length: task.groups }, (_, group) => `g${group}`),
      people: task.pseudonyms,
      instance,
      allocation,
      waiting,
    }),
  };
}

const sum = (numbers: Int32Array | Uint8Array): number => {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
};

/** Who would take either way into a session stands in the draw twice, and wished once. */
export function wishesIn({ people, wishStart, wishItem, session }: Pick<Instance, 'people' | 'wishStart' | 'wishItem' | 'session'>): number {
  let wishes = 0;
  for (let person = 0; person < people; person++)
    wishes += new Set(Array.from(wishItem.subarray(wishStart[person]!, wishStart[person + 1]!), (item) => session?.[item] ?? item)).size;
  return wishes;
}
