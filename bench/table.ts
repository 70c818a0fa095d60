// What every benchmark shares: its arguments, its chance, its figures as one table and as bench/results/NAME.json.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** One figure. `target` and `met` are absent where nothing was promised; `peers` are others in the same unit, in the same run. */
export interface Row {
  readonly case: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: string;
  readonly met?: boolean;
  readonly limit?: number | null;
  readonly peers?: Readonly<Record<string, number>>;
}

/** `--data PATH` runs the same on another file; the environment's DATA names the folder of real data. */
export function asked(): { readonly data: string | null; readonly folder: string | null; readonly seed: number } {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { data: { type: 'string' }, seed: { type: 'string' } },
    allowPositionals: true,
  });
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed is a whole number, not ${values.seed}`);
  return { data: values.data ?? null, folder: process.env['DATA'] || null, seed };
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A promise kept or not: `below(3, 5)`. */
export const below = (value: number, most: number): Pick<Row, 'target' | 'met'> => ({ target: `< ${most}`, met: value < most });
export const above = (value: number, least: number): Pick<Row, 'target' | 'met'> => ({ target: `> ${least}`, met: value > least });
export const exactly = (value: number, wanted: number): Pick<Row, 'target' | 'met'> => ({ target: `${wanted}`, met: value === wanted });

/** The value below which a share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Prints the table and writes the results; `skipped` says plainly what could not be run, and why. */
export function report(name: string, seed: number, rows: readonly Row[], skipped: readonly string[] = []): void {
  print(rows);
  for (const reason of skipped) console.log(`skipped: ${reason}`);
  const short = rows.map((row) => ({
    ...row,
    value: rounded(row.value),
    ...(row.peers ? { peers: Object.fromEntries(Object.entries(row.peers).map(([peer, value]) => [peer, rounded(value)])) } : {}),
  }));
  write(name, seed, { rows: short, ...(skipped.length > 0 ? { skipped } : {}) });
}

/** Writes bench/results/NAME.json: what came of it, with which seed, of which commit, on which machine. */
export function write(name: string, seed: number, results: object): void {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ name, seed, commit: commit(), machine: machine(), ...results }, null, 2)}\n`);
  console.log(`\nseed ${seed}, ${machine()}\nwritten: bench/results/${name}.json`);
}

function print(rows: readonly Row[]): void {
  const peers = [...new Set(rows.flatMap((row) => Object.keys(row.peers ?? {})))];
  const figure = (value: number | null | undefined): string => (value === undefined || value === null ? '' : String(rounded(value)));
  const met = (row: Row): string => (row.met === undefined ? '' : row.met ? 'met' : 'NOT MET');
  const lines = rows.map((row) => [
    row.case,
    row.metric,
    figure(row.value),
    row.unit,
    row.target ?? '',
    met(row),
    figure(row.limit),
    ...peers.map((peer) => figure(row.peers?.[peer])),
  ]);
  const table = [['case', 'metric', 'ours', 'unit', 'target', '', 'limit', ...peers], ...lines];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  const isText = (column: number): boolean => column < 2 || column === 3 || column === 5;
  for (const line of table)
    console.log(
      line
        .map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    );
}

/** Four digits that count. */
const rounded = (value: number): number => (Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      cwd: dirname(fileURLToPath(import.meta.url)),
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}

const machine = (): string =>
  `${cpus()[0]?.model.trim() ?? process.arch} x ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GB, Node.js ${process.versions.node}`;
