/** Whole numbers from 0 up to a bound, the same for the same seed (mulberry32); `part` is one between 0 and 1. */
export interface Chance {
  readonly below: (bound: number) => number;
  readonly part: () => number;
}

export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { below: (bound) => Math.floor((next() / 0x1_0000_0000) * bound), part: () => next() / 0x1_0000_0000 };
}
