// Where a draw that was repeated came out otherwise than its file says.
import type { Attendance } from '../../programme/session.ts';
import type { DrawFile } from './file.ts';
import type { Allocation } from './instance.ts';
import type { WaitingOrder } from './waiting-order.ts';

/** `inFile` and `repeated` are what was found: 1 or 0 for a seat, who stands there in a waiting list, a figure. */
export interface Difference {
  readonly what: 'method' | 'bound' | 'price' | 'seat' | 'waiting';
  readonly session?: string;
  readonly attendance?: Attendance;
  readonly person?: string;
  /** Where in a waiting list, from 1. */
  readonly place?: number;
  readonly inFile: string | number | null;
  readonly repeated: string | number | null;
}

/** Every difference, those of the draw as a whole first; of a waiting list only the first place. */
export function* differences(file: DrawFile, allocation: Allocation, waiting: WaitingOrder): Generator<Difference> {
  const { instance, items, people } = file;
  if (file.allocation.method !== allocation.method) yield { what: 'method', inFile: file.allocation.method, repeated: allocation.method };
  if (file.allocation.bound !== allocation.bound) yield { what: 'bound', inFile: file.allocation.bound, repeated: allocation.bound };
  for (let item = 0; item < instance.items; item++) {
    const [inFile, repeated] = [file.allocation.price[item]!, allocation.price[item]!];
    if (inFile !== repeated) yield { what: 'price', ...items[item]!, inFile, repeated };
  }
  for (let person = 0; person < instance.people; person++) {
    for (let wish = instance.wishStart[person]!; wish < instance.wishStart[person + 1]!; wish++) {
      const [inFile, repeated] = [file.allocation.given[wish]!, allocation.given[wish]!];
      if (inFile !== repeated) yield { what: 'seat', ...items[instance.wishItem[wish]!]!, person: people[person]!, inFile, repeated };
    }
  }
  for (let item = 0; item < instance.items; item++) {
    const [inFile, repeated] = [lineOf(file.waiting, item), lineOf(waiting, item)];
    const length = Math.max(inFile.length, repeated.length);
    for (let at = 0; at < length; at++) {
      if (inFile[at] === repeated[at]) continue;
      const named = (person: number | undefined): string | null => (person === undefined ? null : people[person]!);
      yield { what: 'waiting', ...items[item]!, place: at + 1, inFile: named(inFile[at]), repeated: named(repeated[at]) };
      break;
    }
  }
}

const lineOf = ({ start, person }: WaitingOrder, item: number): Int32Array => person.subarray(start[item], start[item + 1]);
