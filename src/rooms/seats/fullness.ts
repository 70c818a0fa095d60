/** How full one way of taking part in a session is. */
export interface Fullness {
  /** Null is without limit, 0 is not offered. */
  readonly capacity: number | null;
  readonly held: number;
  readonly offered: number;
  readonly waiting: number;
  readonly checkedIn: number;
}

/** The same as a line from 0 to 100: held up to here, offered up to there, places up to the stop, who waits behind it. */
export interface Measures {
  readonly held: number;
  readonly offered: number;
  readonly places: number;
  readonly waiting: number;
}

/** Who waits takes up at most a third of the line, so that the places stay readable. */
export function measured({ capacity, held, offered, waiting }: Fullness): Measures {
  const taken = held + offered;
  // Without a limit the line goes on: there is always as much again.
  const places = Math.max(capacity ?? taken * 2, taken, 1);
  const tail = Math.min(waiting / (places + waiting), 1 / 3);
  const scale = ((1 - tail) * 100) / places;
  const rounded = (value: number): number => Math.round(value * 10) / 10;
  return { held: rounded(held * scale), offered: rounded(taken * scale), places: rounded(places * scale), waiting: rounded(tail * 100) };
}
