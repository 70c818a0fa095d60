// npm run faults [--app 200] [--postgres 30] [--seed N]: kill -9 at random moments under load, so often that what goes
// wrong once in a hundred times is seen. After each the ledger is checked and everything that was answered looked up.
import { parseArgs } from 'node:util';
import { quantile, write } from '../table.ts';
import { faultsOf, kills, type Kill } from './kills.ts';
import { editionOf, openSite, participants, type Held, type Participant } from './site.ts';

const { values } = parseArgs({
  options: { app: { type: 'string', default: '200' }, postgres: { type: 'string', default: '30' }, seed: { type: 'string', default: '1' } },
});
const seed = Number(values.seed);
const asked: Record<Kill['killed'], number> = { app: Number(values.app), postgres: Number(values.postgres) };

let people: Participant[] = [];
const editions: Partial<Record<Kill['killed'], Held[]>> = {};
const site = await openSite(async (db, dataDir) => {
  people = await participants(dataDir, db, 300);
  const places = Array.from({ length: 24 }, (_, nth) => ({ onSite: 1 + ((nth * 7) % 40), online: nth % 3 === 0 ? 0 : 10 }));
  for (const killed of ['app', 'postgres'] as const) editions[killed] = await editionOf(db, killed, places);
});

const rows = [];
const wrong: string[] = [];
try {
  for (const killed of ['app', 'postgres'] as const) {
    const all = await endured(killed);
    const back = all.map(({ backAfter }) => backAfter);
    rows.push({
      case: killed,
      kills: all.length,
      answered: sum(all.map(({ answered }) => answered)),
      askedAgain: sum(all.map(({ again }) => again)),
      backAfterMs: { p50: Math.round(quantile(back, 0.5)), worst: Math.round(Math.max(0, ...back)) },
      turnsReplayed: all.at(-1)?.ledger.turns ?? 0,
    });
  }
} finally {
  await site.close();
}
console.log(wrong.length === 0 ? '\nevery kill survived: nothing lost, nothing double, the ledger is right' : `\nNOT survived:\n${wrong.join('\n')}`);
write('faults', seed, { verdict: wrong.length === 0 ? 'survived' : 'not survived', rows, wrong });
process.exitCode = wrong.length === 0 ? 0 : 1;

async function endured(killed: Kill['killed']): Promise<Kill[]> {
  const all: Kill[] = [];
  const what = Array<Kill['killed']>(asked[killed]).fill(killed);
  for await (const kill of kills({ site, people, sessions: editions[killed]!, clients: 60, seed }, what)) {
    all.push(kill);
    const faults = faultsOf(kill);
    wrong.push(...faults.map((fault) => `${killed} ${all.length}: ${fault}`));
    console.log(
      `${killed} ${all.length} of ${what.length}: ${kill.before} answers before, back after ${Math.round(kill.backAfter)} ms, ${faults.length === 0 ? 'all well' : faults.join('; ')}`,
    );
  }
  return all;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
