// npm run bench -- compose: the best personal programme, beside HiGHS (the optimum), the best first, and MMR.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { boardOf, type Board } from '../src/rooms/compose/board.ts';
import { turn } from '../src/rooms/compose/objective.ts';
import { compose, recompose, valueOf, type Composition, type Request } from '../src/rooms/compose/optimum.ts';
import { madeUp, month, readCat, readUmass, running, type Interest, type Survey } from './interest.ts';
import { greedy, highs, mmr, modelOf, type Picks } from './peers.ts';
import { above, asked, below, chance, exactly, mean, quantile, report, type Row } from './table.ts';

const fits = 2;
const surprises = 1;
const people = 10_000;
/** How long HiGHS may take per case; as many people are compared as fit in it. */
const highsSeconds = Number(process.env['HIGHS_SECONDS'] ?? 20);
const same = 1e-6;

interface Case {
  readonly name: string;
  readonly survey: Survey;
  readonly board: Board;
  readonly requests: readonly Request[];
}

const { data, folder, seed } = asked();
const solve = await highs();
const skipped: string[] = [];
const rows = [...(await umass()), ...(await interest())];
report('compose', seed, rows, skipped);
if (
  rows.some((row) => row.metric.startsWith('equal to HiGHS') && row.value !== 1) ||
  rows.some((row) => row.metric === 'unaffected choices moved' && row.value !== 0)
) {
  console.error('compose is not optimal: this is a fault, not a slow machine.');
  process.exitCode = 1;
}

// The cases

async function umass(): Promise<Row[]> {
  const path = data === null ? (folder === null ? null : join(folder, 'preferences/umass-2024')) : statSync(data).isDirectory() ? data : null;
  if (path === null) {
    if (data === null) skipped.push('umass-2024: DATA does not name the folder of real data');
    return [];
  }
  const given = caseOf('umass-2024', readUmass(path), null);
  const { rows, faster } = measured(given, { p99: 0.1 });
  return [...rows, { case: given.name, metric: 'times faster than HiGHS', value: faster, unit: 'x', ...above(faster, 2000) }];
}

async function interest(): Promise<Row[]> {
  if (data !== null && statSync(data).isDirectory()) return [];
  const path = data ?? (folder === null ? null : join(folder, 'preferences/preflib-aamas/00037-00000001.cat'));
  if (path === null) skipped.push('preflib-aamas: DATA does not name the folder of real data; the cases below are made up');
  const known = path === null ? madeUp(200, 1000, seed) : readCat(path);
  const sizes = [
    { count: 109, starts: 30, p99: 0.5 },
    { count: 500, starts: 60, p99: 2 },
    { count: 1000, starts: 100, p99: 5 },
  ];
  return sizes.flatMap(({ count, starts, p99 }) => {
    const sessions = month(count, starts, seed);
    const given = caseOf(String(count), { sessions, interest: spread(known, count), together: running(sessions) }, people);
    return [...measured(given, { p99 }).rows, ...changed(given)];
  });
}

/** Columns of a matrix, drawn without repeating as long as there are enough. */
function spread(known: Interest, count: number): Interest {
  const random = chance(seed);
  const of = known[0]?.length ?? 0;
  const order = [...Array(of).keys()].map((column) => ({ column, by: random() })).sort((a, b) => a.by - b.by);
  return known.map((row) => Float64Array.from({ length: count }, (_, i) => row[order[i % of]!.column]!));
}

/** Everybody's request; with a number of people each answer serves several, who differ in when they can and in their turns. */
function caseOf(name: string, survey: Survey, number: number | null): Case {
  const random = chance(seed);
  const asking = number ?? survey.interest.length;
  const requests = Array.from({ length: asking }, (_, person) =>
    requestOf(survey, survey.interest[person % survey.interest.length]!, person, number === null ? 0 : 0.3, random),
  );
  const pairs = survey.together.flatMap((set) => set.flatMap((a, i) => set.slice(i + 1).map((b) => [a, b] as const)));
  return { name, survey, board: boardOf(survey.sessions, pairs), requests };
}

/** Fit is the interest given. A surprise stands outside the theme of what somebody likes best, and intrigues by interest and luck. */
function requestOf({ sessions }: Survey, interest: Float64Array, person: number, away: number, random: () => number): Request {
  const best = interest.reduce((top, value, i) => (value > (interest[top] ?? NaN) || Number.isNaN(interest[top]) ? i : top), 0);
  const organisation = Math.floor(random() * 40);
  const cannot = new Map<number, boolean>();
  const isAway = (start: number): boolean => {
    const halfDay = Math.floor(start / 300);
    if (!cannot.has(halfDay)) cannot.set(halfDay, random() < away);
    return cannot.get(halfDay)!;
  };
  const fit = new Float64Array(sessions.length).fill(NaN);
  const intrigue = new Float64Array(sessions.length).fill(NaN);
  const elsewhere = new Uint8Array(sessions.length);
  sessions.forEach((session, i) => {
    if (Number.isNaN(interest[i]) || isAway(session.meetings[0]?.[0] ?? 0)) return;
    const theirTurn = turn(seed + person, String(i));
    fit[i] = 0.98 * interest[i]! + theirTurn;
    elsewhere[i] = session.organisation === organisation ? 0 : 1;
    if (session.theme !== sessions[best]!.theme) intrigue[i] = 0.98 * (0.5 * interest[i]! + 0.5 * random()) + theirTurn;
  });
  return { fit, intrigue, elsewhere, fits, surprises, chosen: [] };
}

// The figures

function measured(given: Case, target: { readonly p99: number }): { rows: Row[]; faster: number } {
  const { name, board, requests } = given;
  for (let warm = 0; warm < 10_000; warm++) compose(board, requests[warm % requests.length]!);
  const ours = timed(requests, (request) => compose(board, request));
  const first = timed(requests, (request) => greedy(board, request));
  const varied = timed(requests.slice(0, 1000), (request) => mmr(board, request));
  const { compared, equal, times, faster } = besideHighs(given, ours);
  // Who has nothing to choose from is served equally well by everybody.
  const share = (picks: readonly Picks[]): number =>
    mean(picks.map((pick, i) => (ours.results[i]!.value === 0 ? 1 : worth(board, requests[i]!, pick) / ours.results[i]!.value)));
  const worse = first.results.filter((pick, i) => worth(board, requests[i]!, pick) < worth(board, requests[i]!, ours.results[i]!) - same).length;
  const [p50, p99] = [quantile(ours.times, 0.5), quantile(ours.times, 0.99)];
  const at = (part: number) => ({ greedy: quantile(first.times, part), MMR: quantile(varied.times, part), HiGHS: quantile(times, part) });
  return {
    faster,
    rows: [
      { case: name, metric: `time p50, ${requests.length} people`, value: p50, unit: 'ms', peers: at(0.5) },
      { case: name, metric: 'time p99', value: p99, unit: 'ms', ...below(p99, target.p99), peers: at(0.99) },
      {
        case: name,
        metric: `equal to HiGHS, ${compared} people in ${highsSeconds} s`,
        value: equal / compared,
        unit: 'share',
        ...exactly(equal / compared, 1),
        limit: 1,
      },
      { case: name, metric: 'proven optimal', value: ours.results.filter(({ optimal }) => optimal).length / requests.length, unit: 'share' },
      {
        case: name,
        metric: 'value',
        value: 1,
        unit: 'of optimum',
        limit: 1,
        peers: { greedy: share(first.results), MMR: share(varied.results), HiGHS: 1 },
      },
      { case: name, metric: 'people better off than by greedy', value: worse / requests.length, unit: 'share' },
    ],
  };
}

/** Five changes one after another for everybody: a choice is cancelled, others fill up, and what appealed is worth more. */
function changed({ name, board, requests, survey }: Case): Row[] {
  const random = chance(seed + 1);
  const times: number[] = [];
  const scratch: number[] = [];
  const sample: { request: Request; kept: Picks; after: Composition }[] = [];
  let moved = 0;
  let movedFromScratch = 0;
  for (const given of requests) {
    let request = given;
    let before = compose(board, request);
    for (let change = 0; change < 5; change++) {
      const picks = [...before.fits, ...before.surprises];
      const gone = change % 2 === 0 ? picks[Math.floor(random() * picks.length)] : Math.floor(random() * board.count);
      request = afterChange(request, gone, random);
      const kept = { fits: before.fits.filter((i) => i !== gone), surprises: before.surprises.filter((i) => i !== gone) };
      const [now, then] = [request, before];
      const after = recompose(board, now, then);
      const anew = compose(board, now);
      times.push(fastest(() => recompose(board, now, then)));
      scratch.push(fastest(() => compose(board, now)));
      moved += kept.fits.filter((i) => !after.fits.includes(i)).length + kept.surprises.filter((i) => !after.surprises.includes(i)).length;
      movedFromScratch += kept.fits.filter((i) => !anew.fits.includes(i)).length + kept.surprises.filter((i) => !anew.surprises.includes(i)).length;
      if (random() < 0.02) sample.push({ request, kept, after });
      before = after;
    }
  }
  const { compared, equal } = keptBesideHighs(board, survey, sample);
  const p99 = quantile(times, 0.99);
  return [
    {
      case: name,
      metric: 'recomposing p99, 5 changes a person',
      value: p99,
      unit: 'ms',
      ...below(p99, 1),
      peers: { 'from scratch': quantile(scratch, 0.99) },
    },
    {
      case: name,
      metric: 'unaffected choices moved',
      value: moved,
      unit: 'choices',
      ...exactly(moved, 0),
      peers: { 'from scratch': movedFromScratch },
    },
    {
      case: name,
      metric: `equal to HiGHS with what stays, ${compared} changes`,
      value: equal / compared,
      unit: 'share',
      ...exactly(equal / compared, 1),
      limit: 1,
    },
  ];
}

function afterChange(request: Request, gone: number | undefined, random: () => number): Request {
  const without = (worth: Float64Array): Float64Array => worth.map((value, i) => (i === gone ? NaN : value));
  const fit = without(request.fit);
  const appealed = Math.floor(random() * fit.length);
  fit[appealed] = Math.min(1, fit[appealed]! + 0.2);
  return { ...request, fit, intrigue: without(request.intrigue) };
}

// Beside HiGHS

function besideHighs(
  { board, requests, survey }: Case,
  ours: { readonly results: readonly Composition[]; readonly times: readonly number[] },
): { compared: number; equal: number; times: number[]; faster: number } {
  const times: number[] = [];
  const ourTimes: number[] = [];
  let compared = 0;
  let equal = 0;
  const until = performance.now() + highsSeconds * 1000;
  // Spread over everybody, in a fixed order, so that a faster machine only compares more of them.
  const step = 7919;
  for (let n = 0; n < requests.length && performance.now() < until; n++) {
    const person = (n * step) % requests.length;
    const request = requests[person]!;
    const model = modelOf({ sessions: survey.sessions, together: survey.together, request });
    if (isEqual(board, request, ours.results[person]!, solve(model))) equal++;
    compared++;
    if (compared <= 100) {
      times.push(fastest(() => solve(model)));
      ourTimes.push(ours.times[person]!);
    }
  }
  return { compared, equal, times, faster: mean(times) / mean(ourTimes) };
}

function keptBesideHighs(
  board: Board,
  survey: Survey,
  sample: readonly { request: Request; kept: Picks; after: Composition }[],
): { compared: number; equal: number } {
  const until = performance.now() + (highsSeconds / 4) * 1000;
  let compared = 0;
  let equal = 0;
  for (const { request, kept, after } of sample) {
    if (performance.now() > until) break;
    const all = [...kept.fits, ...kept.surprises];
    const open = (worth: Float64Array): Float64Array => worth.map((value, i) => (all.includes(i) ? NaN : value));
    const rest: Request = {
      ...request,
      fit: open(request.fit),
      intrigue: open(request.intrigue),
      fits: fits - kept.fits.length,
      surprises: surprises - kept.surprises.length,
      chosen: all,
    };
    const theirs = solve(modelOf({ sessions: survey.sessions, together: survey.together, request: rest }));
    compared++;
    if (isEqual(board, request, after, { fits: [...kept.fits, ...theirs.fits], surprises: [...kept.surprises, ...theirs.surprises] })) equal++;
  }
  return { compared, equal };
}

/** As many slots filled, as many surprises from elsewhere, the same value. */
function isEqual(board: Board, request: Request, ours: Picks, theirs: Picks): boolean {
  const elsewhere = (picks: Picks): number => picks.surprises.filter((i) => request.elsewhere[i] === 1).length;
  return (
    ours.fits.length + ours.surprises.length === theirs.fits.length + theirs.surprises.length &&
    elsewhere(ours) === elsewhere(theirs) &&
    Math.abs(worth(board, request, ours) - worth(board, request, theirs)) < same
  );
}

function worth(board: Board, request: Request, picks: Picks): number {
  return valueOf(board, request, picks.fits, picks.surprises);
}

/** Everybody is timed three times and the fastest counts, ours and peers alike: other work on the machine is not what is measured. */
function timed<Result>(requests: readonly Request[], answer: (request: Request) => Result): { results: Result[]; times: number[] } {
  const results: Result[] = [];
  const times: number[] = [];
  for (const request of requests) {
    results.push(answer(request));
    times.push(fastest(() => answer(request)));
  }
  return { results, times };
}

function fastest(work: () => unknown): number {
  let time = Infinity;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    work();
    time = Math.min(time, performance.now() - start);
  }
  return time;
}
