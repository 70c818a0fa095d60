// Small draws for tests, told as somebody would tell them.
import type { Instance, Share } from './instance.ts';

export interface Told {
  readonly capacity: readonly number[];
  readonly clashes: readonly (readonly [number, number])[];
  readonly people: readonly {
    readonly wishes: readonly { readonly item: number; readonly weight: number }[];
    readonly wanted: number;
    readonly has: number;
    readonly groups: readonly number[];
  }[];
  readonly shares: readonly Share[];
}

export function madeUp({ capacity, clashes, people, shares }: Told): Instance {
  const clash = capacity.map((_, item) => [
    ...new Set(clashes.filter(([a, b]) => a !== b && (a === item || b === item)).map(([a, b]) => (a === item ? b : a))),
  ]);
  const startsOf = (lists: readonly (readonly unknown[])[]): Int32Array => {
    const starts = new Int32Array(lists.length + 1);
    lists.forEach((list, at) => (starts[at + 1] = starts[at]! + list.length));
    return starts;
  };
  return {
    people: people.length,
    items: capacity.length,
    capacity: Int32Array.from(capacity),
    wishStart: startsOf(people.map(({ wishes }) => wishes)),
    wishItem: Uint16Array.from(people.flatMap(({ wishes }) => wishes.map(({ item }) => item))),
    wishWeight: Float32Array.from(people.flatMap(({ wishes }) => wishes.map(({ weight }) => weight))),
    wanted: Uint8Array.from(people, ({ wanted }) => wanted),
    has: Uint8Array.from(people, ({ has }) => has),
    clashStart: startsOf(clash),
    clashItem: Uint16Array.from(clash.flat()),
    groupStart: startsOf(people.map(({ groups }) => groups)),
    group: Uint16Array.from(people.flatMap(({ groups }) => groups)),
    shares,
  };
}
