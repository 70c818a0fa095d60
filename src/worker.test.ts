import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { atOnce } from '#ground/database.server.ts';
import { testDatabase, testVisit } from '#ground/testing.server.ts';
import { record, type Line, type Reaction } from '#rooms/journal';
import { claim, release, seatIn } from '#rooms/seats';
import { asSomebody, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { closeForChanges, openForChanges } from '#rooms/upkeep';
import { startExpiring, startReacting, type Worker } from './worker.ts';

const visit = testVisit();
const seen: string[] = [];
const tries = { once: 0 };
const list: Reaction[] = [
  { name: 'it is noticed', to: ['seat-held', 'feed-made'], run: async (_, { what }: Line) => void seen.push(what) },
  {
    name: 'it works the second time',
    to: ['feed-ended'],
    run: () => (++tries.once === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve()),
  },
  { name: 'it never works', to: ['token-made'], run: () => Promise.reject(new Error('no paper')) },
];
let worker: Worker;
beforeAll(async () => void (worker = await startReacting({ db: visit.db, where: testDatabase }, list)));
afterAll(() => worker.stop());

const stateOf = async (id: string) =>
  (await sql<{ state: string }>`select state from pgboss.job where id = ${id} and name = 'journal'`.execute(visit.db)).rows[0]?.state;

test('what is recorded is followed up, once it is certain', async () => {
  const id = await atOnce(visit, (visit) => record(visit, { what: 'seat-held' }));
  await atOnce(visit, async (visit) => (await record(visit, { what: 'feed-made' }), { refused: 'full' }));
  await vi.waitFor(async () => expect(await stateOf(id)).toBe('completed'), 5000);
  expect(seen).toEqual(['seat-held']);
});

test('a reaction that fails is tried again', async () => {
  const id = await atOnce(visit, (visit) => record(visit, { what: 'feed-ended' }));
  await vi.waitFor(async () => expect(await stateOf(id)).toBe('completed'), 10_000);
  expect(tries.once).toBe(2);
});

test('one that goes on failing is kept aside, with the reason', async () => {
  const id = await atOnce(visit, async (visit) => {
    const id = await record(visit, { what: 'token-made' });
    await sql`update pgboss.job set retry_limit = 0 where id = ${id}`.execute(visit.db);
    return id;
  });
  await vi.waitFor(async () => expect(await stateOf(id)).toBe('failed'), 5000);
  const { rows } = await sql<{
    reason: string;
  }>`select source_output ->> 'message' as reason from pgboss.job where name = 'journal-failed' and source_id = ${id}`.execute(visit.db);
  expect(rows).toEqual([{ reason: 'it never works: no paper' }]);
});

test('an offer whose time is over goes to the next in line by itself, but not while nobody can change anything', async () => {
  const session = await sessionWith({ onSite: 1, acceptHours: 1 });
  const [first, second, third] = [await asSomebody(), await asSomebody(), await asSomebody()];
  for (const who of [first, second, third]) await claim(who, session, null, 'own');
  await release(first, session);
  expect(await seatIn(second, session)).toMatchObject({ standing: 'offered' });
  await sql`update seats set offered_until = now() - interval '1 minute' where standing = 'offered'`.execute(visit.db);
  await closeForChanges(visit, {});
  const expiring = startExpiring({ db: visit.db }, 0.05);
  await new Promise((done) => setTimeout(done, 300));
  expect(await seatIn(second, session)).toMatchObject({ standing: 'offered' });
  await openForChanges(visit);
  await vi.waitFor(async () => expect(await seatIn(second, session)).toBe(null), 5000);
  await expiring.stop();
});
