// The real course survey as a draw with three seats where ten were asked: beside HiGHS (the optimum), turns and a draft.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import loadHighs from 'highs';
import { allocate } from '../src/rooms/wishes/allocate/allocate.server.ts';
import type { Instance, Seed } from '../src/rooms/wishes/allocate/instance.ts';
import { scaled } from '../src/rooms/wishes/allocate/scale.ts';
import { readUmass, type ScarceSurvey } from './interest.ts';
import { above, below, chance, exactly, type Row } from './table.ts';

const seats = 0.3;
const floor = 0.6;
/** Of those who did not say how many they want. */
const wantedAtLeast = 4;

export async function umassRows({
  data,
  folder,
  seed,
}: {
  readonly data: string | null;
  readonly folder: string | null;
  readonly seed: number;
}): Promise<{
  rows: Row[];
  skipped: string[];
}> {
  if (data !== null && !statSync(data).isDirectory()) return { rows: [], skipped: [] };
  const path = data ?? (folder === null ? null : join(folder, 'preferences/umass-2024'));
  if (path === null) return { rows: [], skipped: ['umass-2024: DATA does not name the folder of real data'] };
  const survey = readUmass(path);
  const instance = instanceOf(survey);
  const known: Known = { survey, instance, value: scaled(instance), sets: setsOf(survey, instance) };
  return { rows: await measured(known, seed), skipped: [] };
}

interface Known {
  readonly survey: ScarceSurvey;
  readonly instance: Instance;
  readonly value: Float32Array;
  readonly sets: Sets;
}

/** Per person, reckoned here from the survey and not by the engine: the best set, and how many up to three go together. */
interface Sets {
  readonly best: Float64Array;
  readonly needed: Uint8Array;
}

async function measured(known: Known, seed: number): Promise<Row[]> {
  const { instance } = known;
  const draw: Seed = [seed >>> 0, 0, 0, 0];
  await allocate(instance, draw);
  let time = Infinity;
  let ours: Uint8Array = new Uint8Array(0);
  let bound = 0;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    const found = await allocate(instance, draw);
    time = Math.min(time, performance.now() - start);
    ours = found.given;
    bound = found.bound;
  }
  const solve = await milp(known);
  const free = solve({ floor: 0, withThree: false });
  const floored = solve({ floor, withThree: false });
  const guaranteed = solve({ floor, withThree: true });
  const peers = {
    'random order': byTurns(known, seed, Infinity),
    draft: byTurns(known, seed, 1),
    HiGHS: free.given,
    'HiGHS with floor': floored.given,
    'HiGHS with floor and three': guaranteed.given,
  };
  const each = (figure: (given: Uint8Array) => number): Record<string, number> =>
    Object.fromEntries(Object.entries(peers).map(([name, given]) => [name, figure(given)]));
  const total = (given: Uint8Array): number => figuresOf(known, given).total;
  const row = (metric: string, figure: (given: Uint8Array) => number, unit: string, met: Pick<Row, 'target' | 'met'>, limit?: number): Row => ({
    case: 'umass-2024',
    metric,
    value: figure(ours),
    unit,
    ...met,
    ...(limit === undefined ? {} : { limit }),
    peers: each(figure),
  });
  const ofGuaranteed = (given: Uint8Array): number => total(given) / guaranteed.total;
  const ofFloored = (given: Uint8Array): number => total(given) / floored.total;
  const worst = (given: Uint8Array): number => figuresOf(known, given).worstOff;
  // Who has three already is promised no more of them: then the same engine has the floor alone to keep.
  const floorOnly = (await allocate({ ...instance, has: new Uint8Array(instance.people).fill(3) }, draw)).given;
  const without = (given: Uint8Array): number => figuresOf(known, given).belowThree;
  return [
    row('total, of the MILP with floor and three sessions', ofGuaranteed, 'share', above(ofGuaranteed(ours), 0.995), 1),
    // The limit says how much of it anybody can have who also leaves nobody below three.
    row('total, of the MILP with floor', ofFloored, 'share', above(ofFloored(ours), 0.995), guaranteed.total / floored.total),
    {
      case: 'umass-2024',
      metric: 'total where three are no promise, of the MILP with floor',
      value: ofFloored(floorOnly),
      unit: 'share',
      ...above(ofFloored(floorOnly), 0.995),
      limit: 1,
    },
    {
      case: 'umass-2024',
      metric: 'worst-off where three are no promise',
      value: worst(floorOnly),
      unit: 'share',
      target: `>= ${floor}`,
      met: worst(floorOnly) >= floor - 1e-6,
    },
    row('total, of the MILP without guarantees', (given) => total(given) / free.total, 'share', {}, 1),
    row('total, of our own bound', (given) => total(given) / bound, 'share', {}, 1),
    row('worst-off, of their own best', worst, 'share', { target: `>= ${floor}`, met: worst(ours) >= floor - 1e-6 }),
    row('people below three who could have it', without, 'people', exactly(without(ours), 0)),
    row('broken rules', (given) => faultsOf(known, given), 'rules', exactly(faultsOf(known, ours), 0)),
    {
      case: 'umass-2024',
      metric: 'time, fastest of three',
      value: time,
      unit: 'ms',
      ...below(time, 1000),
      peers: { HiGHS: free.time, 'HiGHS with floor': floored.time, 'HiGHS with floor and three': guaranteed.time },
    },
  ];
}

function instanceOf({ interest, sessions, seats: all, wanted, together }: ScarceSurvey): Instance {
  const wishes = interest.map((row) => [...row.keys()].filter((item) => row[item]! > 0));
  const clashes = sessions.map((_, item) => [...new Set(together.filter((set) => set.includes(item)).flat())].filter((other) => other !== item));
  return {
    people: interest.length,
    items: sessions.length,
    capacity: Int32Array.from(all, (number) => Math.round(seats * number)),
    wishStart: startsOf(wishes),
    wishItem: Uint16Array.from(wishes.flat()),
    wishWeight: Float32Array.from(wishes.flatMap((items, person) => items.map((item) => interest[person]![item]!))),
    wanted: Uint8Array.from(wanted, (number) => number ?? wantedAtLeast),
    has: new Uint8Array(interest.length),
    clashStart: startsOf(clashes),
    clashItem: Uint16Array.from(clashes.flatMap((items) => items.sort((a, b) => a - b))),
    groupStart: new Int32Array(interest.length + 1),
    group: new Uint16Array(0),
    shares: [],
  };
}

function startsOf(lists: readonly (readonly number[])[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, at) => (starts[at + 1] = starts[at]! + list.length));
  return starts;
}

const wishesOf = ({ wishStart }: Instance, person: number): number[] =>
  Array.from({ length: wishStart[person + 1]! - wishStart[person]! }, (_, at) => wishStart[person]! + at);

function setsOf({ together }: ScarceSurvey, instance: Instance): Sets {
  const value = scaled(instance);
  const people = Array.from({ length: instance.people }, (_, person) => person);
  const one = value.map(() => 1);
  return {
    best: Float64Array.from(people, (person) => bestSet(instance, together, value, wishesOf(instance, person), instance.wanted[person]!).value),
    needed: Uint8Array.from(
      people,
      (person) => bestSet(instance, together, one, wishesOf(instance, person), Math.min(3, instance.wanted[person]!)).value,
    ),
  };
}

/** The set of highest value of these wishes, none two of them together in time. */
function bestSet({ wishItem }: Instance, together: ScarceSurvey['together'], value: ArrayLike<number>, wishes: readonly number[], most: number) {
  const order = wishes.toSorted((a, b) => value[b]! - value[a]!);
  const at = (wish: number): number[] => [...together.keys()].filter((set) => together[set]!.includes(wishItem[wish]!));
  const times = order.map(at);
  let best: { value: number; wishes: number[] } = { value: 0, wishes: [] };
  const look = (from: number, chosen: readonly number[], busy: ReadonlySet<number>, sum: number): void => {
    if (sum > best.value + 1e-9) best = { value: sum, wishes: [...chosen] };
    for (let next = from; next < order.length && chosen.length < most; next++) {
      if (sum + (most - chosen.length) * value[order[next]!]! <= best.value + 1e-9) return;
      if (times[next]!.some((set) => busy.has(set))) continue;
      look(next + 1, [...chosen, order[next]!], new Set([...busy, ...times[next]!]), sum + value[order[next]!]!);
    }
  };
  look(0, [], new Set(), 0);
  return best;
}

// The peers

/** In a random order everybody takes the best of what is left: all at once, or one at a time, back and forth (a draft). */
function byTurns({ survey, instance, value }: Known, seed: number, atOnce: number): Uint8Array {
  const random = chance(seed);
  const order = Array.from({ length: instance.people }, (_, person) => ({ person, by: random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ person }) => person);
  const left = instance.capacity.slice();
  const given = new Uint8Array(instance.wishItem.length);
  const rounds = atOnce === Infinity ? 1 : Math.max(...instance.wanted);
  for (let round = 0; round < rounds; round++) {
    for (const person of round % 2 === 0 ? order : order.toReversed()) {
      const has = wishesOf(instance, person).filter((wish) => given[wish] === 1);
      const busy = survey.together.filter((set) => has.some((wish) => set.includes(instance.wishItem[wish]!)));
      const open = wishesOf(instance, person).filter(
        (wish) => given[wish] === 0 && left[instance.wishItem[wish]!]! > 0 && !busy.some((set) => set.includes(instance.wishItem[wish]!)),
      );
      for (const wish of bestSet(instance, survey.together, value, open, Math.min(atOnce, instance.wanted[person]! - has.length)).wishes) {
        given[wish] = 1;
        left[instance.wishItem[wish]!]!--;
      }
    }
  }
  return given;
}

/** The whole as one mixed integer programme, a variable a wish, a row for every moment at which somebody could be in two places. */
async function milp({ survey, instance, value, sets }: Known) {
  const highs = await loadHighs();
  const columns = value.length;
  return ({ floor, withThree }: { readonly floor: number; readonly withThree: boolean }) => {
    const rows: { readonly wishes: readonly number[]; readonly by: (wish: number) => number; readonly least: number; readonly most: number }[] = [];
    const one = (): number => 1;
    for (let person = 0; person < instance.people; person++) {
      const wishes = wishesOf(instance, person);
      rows.push({ wishes, by: one, least: withThree ? sets.needed[person]! : 0, most: instance.wanted[person]! });
      const moments = survey.together.map((set) => wishes.filter((wish) => set.includes(instance.wishItem[wish]!)));
      const seen = new Set<string>();
      for (const moment of moments) {
        if (moment.length < 2 || seen.has(moment.join())) continue;
        seen.add(moment.join());
        rows.push({ wishes: moment, by: one, least: 0, most: 1 });
      }
      if (floor > 0) rows.push({ wishes, by: (wish) => value[wish]!, least: floor * sets.best[person]! - 1e-9, most: Infinity });
    }
    const byItem = Array.from(instance.capacity, (): number[] => []);
    instance.wishItem.forEach((item, wish) => byItem[item]!.push(wish));
    byItem.forEach((wishes, item) => rows.push({ wishes, by: one, least: 0, most: instance.capacity[item]! }));
    const start = performance.now();
    return highs.withModel(
      {
        numCols: columns,
        numRows: rows.length,
        sense: highs.constants.objectiveSense.maximize,
        colCost: Float64Array.from(value),
        colLower: new Float64Array(columns),
        colUpper: new Float64Array(columns).fill(1),
        integrality: new Int32Array(columns).fill(highs.constants.variableType.integer),
        rowLower: Float64Array.from(rows, ({ least }) => least),
        rowUpper: Float64Array.from(rows, ({ most }) => (most === Infinity ? highs.infinity : most)),
        matrix: {
          format: 'csr',
          numRows: rows.length,
          numCols: columns,
          starts: startsOf(rows.map(({ wishes }) => wishes)),
          indices: Int32Array.from(rows.flatMap(({ wishes }) => wishes)),
          values: Float64Array.from(rows.flatMap(({ wishes, by }) => wishes.map(by))),
        },
      },
      (model) => {
        model.options.set({ output_flag: false, mip_rel_gap: 0 });
        model.run();
        if (model.getModelStatus() !== highs.constants.modelStatus.optimal) throw new Error('HiGHS found no optimum');
        const given = Uint8Array.from(model.getSolution().colValue, (part) => (part > 0.5 ? 1 : 0));
        return { given, total: model.getObjectiveValue(), time: performance.now() - start };
      },
    );
  };
}

// The figures

function figuresOf({ instance, value, sets }: Known, given: Uint8Array) {
  let [total, worstOff, belowThree] = [0, 1, 0];
  for (let person = 0; person < instance.people; person++) {
    const has = wishesOf(instance, person).filter((wish) => given[wish] === 1);
    const own = has.reduce((sum, wish) => sum + value[wish]!, 0);
    total += own;
    if (sets.best[person]! > 0) worstOff = Math.min(worstOff, own / sets.best[person]!);
    if (has.length < sets.needed[person]!) belowThree++;
  }
  return { total, worstOff, belowThree };
}

/** Rules broken: sessions too full, people with more than they want, people in two places. */
function faultsOf({ survey, instance }: Known, given: Uint8Array): number {
  const left = instance.capacity.slice();
  let faults = 0;
  for (let person = 0; person < instance.people; person++) {
    const items = wishesOf(instance, person)
      .filter((wish) => given[wish] === 1)
      .map((wish) => instance.wishItem[wish]!);
    for (const item of items) left[item]!--;
    if (items.length > instance.wanted[person]!) faults++;
    faults += survey.together.filter((set) => items.filter((item) => set.includes(item)).length > 1).length;
  }
  return faults + left.filter((number) => number < 0).length;
}
