/** What is prepared once for everybody who composes from the same sessions: what clashes, and what brings variety. */
import { most } from './objective.ts';

export interface Marks {
  /** Any number that is the same for the same theme, organisation, week; null is none, and earns no bonus. */
  readonly theme: number | null;
  readonly organisation: number | null;
  readonly week: number | null;
}

/** What is the same for everybody: built once per edition, read by every search. */
export interface Board {
  readonly count: number;
  /** 32-bit words in one row of `clash`. */
  readonly width: number;
  /** count x width: bit j of row i says that i and j cannot both be chosen; every session clashes with itself. */
  readonly clash: Uint32Array;
  /** count x 3: dense numbers of theme, organisation and week in one numbering, -1 is none. */
  readonly marks: Int32Array;
  readonly markCount: number;
  /** Groups of mutually clashing sessions that cover the board. */
  readonly group: Int32Array;
  readonly groupCount: number;
  /** Room to calculate in, used again by every search: searches run one after another, never at once. */
  readonly desk: Desk;
}

/** The scratch paper of a search; nothing on it outlives the search. */
interface Desk {
  /** One row per depth: bit i says that session i clashes with something picked. */
  readonly blocked: Uint32Array;
  /** How often a mark occurs among what is chosen and picked. */
  readonly covered: Int32Array;
  readonly picked: Int32Array;
  /** Per group the number of the last count that met it. */
  readonly seen: Float64Array;
  /** Per mark likewise. */
  readonly met: Float64Array;
  /** What every session is worth in a slot of either kind, tiers included; NaN where it cannot stand. */
  readonly asFit: Float64Array;
  readonly asSurprise: Float64Array;
  readonly fits: Pool;
  readonly surprises: Pool;
  readonly keys: Float64Array;
  /** The same bytes as `keys`; the lower half of a number comes first, as on every machine that runs Node. */
  readonly halves: Uint32Array;
}

/** The first `length` are candidates, in falling worth. */
export interface Pool {
  readonly order: Int32Array;
  /** By position in `order`, tiers included. */
  readonly worth: Float64Array;
  length: number;
}

/**
 * Prepares a board. `clashes` are the pairs that cannot be chosen together, each once, in any order.
 * Sessions are best numbered by their end: then the groups are the smallest cover there is for plain intervals.
 */
export function boardOf(sessions: readonly Marks[], clashes: Iterable<readonly [number, number]>): Board {
  const count = sessions.length;
  const width = (count + 31) >>> 5;
  const clash = new Uint32Array(count * width);
  for (let i = 0; i < count; i++) mark(clash, width, i, i);
  for (const [a, b] of clashes) {
    mark(clash, width, a, b);
    mark(clash, width, b, a);
  }
  const { marks, markCount } = numbered(sessions);
  const { group, groupCount } = groups(count, width, clash);
  const slots = most.fits + most.surprises;
  const pool = (): Pool => ({ order: new Int32Array(count), worth: new Float64Array(count), length: 0 });
  const keys = new Float64Array(count);
  const desk: Desk = {
    blocked: new Uint32Array((slots + 1) * width),
    covered: new Int32Array(markCount),
    picked: new Int32Array(slots + 1),
    seen: new Float64Array(groupCount),
    met: new Float64Array(markCount),
    asFit: new Float64Array(count),
    asSurprise: new Float64Array(count),
    fits: pool(),
    surprises: pool(),
    keys,
    halves: new Uint32Array(keys.buffer),
  };
  return { count, width, clash, marks, markCount, group, groupCount, desk };
}

/** True when two sessions of the board cannot be chosen together. */
export const clashes = (board: Board, a: number, b: number): boolean => isMarked(board.clash, a * board.width, b);

/** Themes, organisations and weeks in one dense numbering. */
function numbered(sessions: readonly Marks[]): Pick<Board, 'marks' | 'markCount'> {
  const numbers = new Map<string, number>();
  const numberOf = (kind: string, value: number | null): number => {
    if (value === null) return -1;
    const key = `${kind}${value}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const marks = Int32Array.from(
    sessions.flatMap(({ theme, organisation, week }) => [numberOf('theme', theme), numberOf('organisation', organisation), numberOf('week', week)]),
  );
  return { marks, markCount: numbers.size };
}

/** Greedy cover: the first session without a group starts one, later ones join that clash with everybody in it. */
function groups(count: number, width: number, clash: Uint32Array): Pick<Board, 'group' | 'groupCount'> {
  const group = new Int32Array(count).fill(-1);
  let groupCount = 0;
  for (let first = 0; first < count; first++) {
    if (group[first] !== -1) continue;
    const joint = clash.slice(first * width, (first + 1) * width);
    for (let session = first; session < count; session++) {
      if (group[session] !== -1 || !isMarked(joint, 0, session)) continue;
      group[session] = groupCount;
      for (let word = 0; word < width; word++) joint[word]! &= clash[session * width + word]!;
    }
    groupCount++;
  }
  return { group, groupCount };
}

/** Bit `at` of a row that starts at word `row`. */
export const isMarked = (bits: Uint32Array, row: number, at: number): boolean => ((bits[row + (at >>> 5)]! >>> (at & 31)) & 1) === 1;

function mark(bits: Uint32Array, width: number, row: number, at: number): void {
  bits[row * width + (at >>> 5)]! |= 1 << (at & 31);
}
