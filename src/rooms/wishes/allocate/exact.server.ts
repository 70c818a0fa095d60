// The draw that is proven best, for instances small enough to look at every set that anybody could get: HiGHS decides.
import loadHighs from 'highs';
import type { Column } from './exact/columns.ts';
import { floorPart, type Ground } from './exact/search.ts';

/** HiGHS stops after so many nodes, which is the same everywhere; a limit of time would not be. */
const mostNodes = 20_000;

export interface Exact {
  /** 1 for every wish that is granted. */
  readonly given: Uint8Array;
  /** The highest total of scaled value of any allocation at all, without guarantees. */
  readonly bound: number;
  /** Nobody gets less than this part of their own best, and no allocation with the same guarantees can promise more, up to `floorPart`. */
  readonly floor: number;
}

/**
 * One set of sessions for everybody, in this order: as many people as possible with one session, then with two, then with
 * three; then the highest floor for the worst-off, up to `floorPart` of their own best; then the highest total. Each is
 * proven by mixed integer programming (HiGHS: Huangfu and Hall 2018), one thread, a fixed random seed. Null when HiGHS
 * fails or proves nothing in so many nodes.
 */
export async function exact(ground: Ground, columns: readonly Column[]): Promise<Exact | null> {
  if (columns.length === 0) return { given: new Uint8Array(0), bound: 0, floor: floorPart };
  try {
    const solve = await solverOf(ground, columns);
    const values = columns.map(({ value }) => value);
    const least = [1, 2, 3].reduce<Least[] | null>((kept, tier) => {
      if (kept === null) return null;
      const has = columns.map((column) => (column.tier >= tier ? 1 : 0));
      const chosen = solve(has, kept, 0);
      return chosen && [...kept, { of: has, least: sum(chosen, has) }];
    }, []);
    if (least === null) return null;
    const floor = highestFloor(columns, (part) => solve(null, least, part) !== null);
    const chosen = solve(values, least, floor);
    const best = solve(values, [], 0);
    if (chosen === null || best === null) return null;
    const given = new Uint8Array(ground.instance.wishItem.length);
    for (const at of chosen) for (const wish of columns[at]!.wishes) given[wish] = 1;
    return { given, bound: sum(best, values), floor };
  } catch {
    loaded = null;
    return null;
  }
}

/** Loading takes longer than a small draw; a HiGHS that has failed is not asked again. */
let loaded: ReturnType<typeof loadHighs> | null = null;

/** A sum over the columns that must not become lower. */
interface Least {
  readonly of: readonly number[];
  readonly least: number;
}

/** Which columns have the highest sum, one a person, none with a share below the floor; null when none was proven. */
type Solve = (worth: readonly number[] | null, least: readonly Least[], floor: number) => readonly number[] | null;

async function solverOf({ instance, limits }: Ground, columns: readonly Column[]): Promise<Solve> {
  const highs = await (loaded ??= loadHighs());
  const { people } = instance;
  return (worth, least, floor) => {
    const rows = people + limits.size + least.length;
    const starts = new Int32Array(columns.length + 1);
    const indices: number[] = [];
    const values: number[] = [];
    columns.forEach((column, at) => {
      const entry = (row: number, value: number): void => {
        indices.push(row);
        values.push(value);
      };
      entry(column.person, 1);
      for (const wish of column.wishes) limits.each(wish, (limit) => entry(people + limit, 1));
      least.forEach(({ of }, row) => of[at] !== 0 && entry(people + limits.size + row, of[at]!));
      starts[at + 1] = indices.length;
    });
    const isOpen = columns.map(({ share }) => share >= floor - 0.5 / fine);
    return highs.withModel(
      {
        numCols: columns.length,
        numRows: rows,
        sense: highs.constants.objectiveSense.maximize,
        colCost: worth === null ? new Float64Array(columns.length) : Float64Array.from(worth),
        colLower: new Float64Array(columns.length),
        colUpper: Float64Array.from(isOpen, (open) => (open ? 1 : 0)),
        integrality: new Int32Array(columns.length).fill(highs.constants.variableType.integer),
        rowLower: Float64Array.from({ length: rows }, (_, row) =>
          row < people ? 1 : row < people + limits.size ? -highs.infinity : least[row - people - limits.size]!.least - 0.5,
        ),
        rowUpper: Float64Array.from({ length: rows }, (_, row) =>
          row < people ? 1 : row < people + limits.size ? limits.places[row - people]! : highs.infinity,
        ),
        matrix: {
          format: 'csc',
          numRows: rows,
          numCols: columns.length,
          starts,
          indices: Int32Array.from(indices),
          values: Float64Array.from(values),
        },
      },
      (model) => {
        model.options.set({ output_flag: false, random_seed: 0, mip_rel_gap: 0, mip_abs_gap: 1e-5, mip_max_nodes: mostNodes });
        model.run();
        if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return null;
        const { colValue } = model.getSolution();
        return [...columns.keys()].filter((at) => colValue[at]! > 0.5);
      },
    );
  };
}

/**
 * Floors are told apart to so many parts, and what lies half a part below one counts as on it: chance among equals moves
 * a share by less. A total is told to 0.00001, far below what one wish is worth.
 */
const fine = 100_000;

/** The highest share that everybody can have at least, of those that somebody can have: halving what is left every time. */
function highestFloor(columns: readonly Column[], isPossible: (floor: number) => boolean): number {
  if (isPossible(floorPart)) return floorPart;
  const shares = [...new Set(columns.map(({ share }) => Math.round(fine * share) / fine).filter((share) => share < floorPart))].sort((a, b) => a - b);
  let [low, high] = [0, shares.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isPossible(shares[middle]!)) low = middle;
    else high = middle;
  }
  return shares[low] ?? 0;
}

const sum = (chosen: readonly number[], of: readonly number[]): number => chosen.reduce((total, at) => total + of[at]!, 0);
