// What was answered is still there, and nothing else: after kill -9 of the app and of PostgreSQL at random moments under
// load, after questions that arrive one to five times and lose their answers, and with two app processes on one database.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, kills, type Kill } from '../bench/rush/kills.ts';
import { openProxy } from '../bench/rush/proxy.ts';
import { editionOf, openSite, participants, type Held, type Participant, type Site } from '../bench/rush/site.ts';
import { judge, startTrial, type Verdict } from '../bench/rush/trial.ts';

const seed = 20261123;
const times = 5;
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

async function killing(killed: Kill['killed']): Promise<void> {
  const all: Kill[] = [];
  for await (const kill of kills({ site, people, sessions: editions[killed]!, clients: 30, seed }, Array<Kill['killed']>(times).fill(killed)))
    all.push(kill);
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

  // Negative control: what is taken away or put there by hand is found.
  const found: Verdict[] = [];
  await site.db
    .transaction()
    .execute(async (db) => {
      await sql`delete from seats where (session_id, person_id) in (
        select session_id, person_id from seats where session_id = ${editions['two']![0]!.id} and standing = 'held' and wants is null limit 1)`.execute(
        db,
      );
      await sql`insert into seats (session_id, person_id, attendance, standing, arrival, claimed_at)
        values (${editions['two']![5]!.id}, ${people[0]!.id}, 'online', 'held', 1, now())`.execute(db);
      found.push(await judge(db, running.told, editions['two']!));
      throw new Error('undone');
    })
    .catch((fault: unknown) => expect(fault).toEqual(new Error('undone')));
  const [{ lost, unasked, ledger: told }] = found as [Verdict];
  expect({ lost: lost.length, unasked: unasked.length }).toEqual({ lost: 1, unasked: 1 });
  expect(new Set(told.deviations.map(({ code }) => code))).toEqual(new Set(['seat-missing', 'held-differs', 'seat-unexplained']));
}, 60_000);
