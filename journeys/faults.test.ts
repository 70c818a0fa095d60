// What was answered is still there, and nothing else: after kill -9 of the app and of PostgreSQL at random moments under
// load, after questions that arrive one to five times and lose their answers, and with two app processes on one database.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, kills, type Kill } from '../bench/rush/kills.ts';
import { openProxy } from '../bench/rush/proxy.ts';
import { editionOf, openSite, participants, type Held, type Participant, type Site } from '../bench/rush/site.ts';
import { judge, startTrial } from '../bench/rush/trial.ts';

const seed = 20261123;
const killed = 5;
let site: Site;
let people: Participant[];
const editions: Record<string, Held[]> = {};

beforeAll(async () => {
  site = await openSite(async (db, dataDir) => {
    people = await participants(dataDir, db, 60);
    const places = [1, 3, 8, 20, 40, 5].map((onSite) => ({ onSite, online: 4 }));
    for (const name of ['app', 'postgres', 'network', 'two']) editions[name] = await editionOf(db, name, places);
  });
}, 60_000);
afterAll(() => site.close());

async function killing(of: Kill['of']): Promise<void> {
  const all: Kill[] = [];
  for await (const kill of kills({ site, people, sessions: editions[of]!, clients: 30, seed }, Array<Kill['of']>(killed).fill(of))) all.push(kill);
  expect(all.map(faultsOf)).toEqual(all.map(() => []));
  expect(all.every(({ before }) => before > 0)).toBe(true);
}

test('after kill -9 of the app, everything that was answered is there, and nothing else', () => killing('app'), 90_000);

test('after kill -9 of PostgreSQL the app goes on by itself, and everything that was answered is there', () => killing('postgres'), 90_000);

test('a question that arrives one to five times and loses its answers has one effect', async () => {
  const proxy = await openProxy(site.server.port, { seed, drops: 0.3 });
  const running = startTrial({ ports: [proxy.port], people, sessions: editions['network']!, clients: 20, seed });
  await new Promise((done) => setTimeout(done, 4000));
  await running.stop();
  const { ledger, ...verdict } = await judge(site.db, running.told, editions['network']!);
  expect({ ...verdict, deviations: ledger.deviations, odd: running.odd, newTwice: proxy.newTwice() }).toEqual({
    lost: [],
    unasked: [],
    deviations: [],
    odd: [],
    newTwice: 0,
  });
  expect({ isCopied: proxy.delivered() > running.answered(), isDropped: proxy.dropped() > 20 }).toEqual({ isCopied: true, isDropped: true });
  await proxy.close();
}, 60_000);

test('two app processes race for the same sessions, and the ledger is right', async () => {
  const other = await site.another();
  const running = startTrial({ ports: [site.server.port, other.port], people, sessions: editions['two']!.slice(0, 2), clients: 40, seed });
  await new Promise((done) => setTimeout(done, 4000));
  await running.stop();
  const { ledger, ...verdict } = await judge(site.db, running.told, editions['two']!);
  expect({ ...verdict, deviations: ledger.deviations, odd: running.odd }).toEqual({ lost: [], unasked: [], deviations: [], odd: [] });
  await other.kill('SIGTERM');
}, 60_000);
