import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { testDatabase, testPerson, testVisit } from '#ground/testing.server.ts';
import { lines, record, type Reaction } from '#rooms/journal';
import { startReacting, type Worker } from '../../worker.ts';
import { covered, withoutAddresses } from './failed.ts';
import { countsOfFailed, dropFailed, failed, tryAgain } from './upkeep.server.ts';

const person = await testPerson();
const visit = testVisit({ person });
const world = { isBroken: true, ran: [] as string[] };
const reaction: Reaction = {
  name: 'a letter brings the sign-in code',
  to: ['sign-in-code-asked'],
  run: async (_, { id }) => {
    if (world.isBroken) throw new Error('550 <deelnemer-1@example.org> is full');
    world.ran.push(id);
  },
};
let worker: Worker;
beforeAll(async () => void (worker = await startReacting({ db: visit.db, where: testDatabase }, [reaction])));
afterAll(() => worker.stop());

/** Something that fails eight times over, each try a moment after the one before. */
async function somethingFails(): Promise<string> {
  const id = await atOnce(visit, (visit) => record(visit, { what: 'sign-in-code-asked' }));
  const before = (await countsOfFailed(visit)).reaction;
  await vi.waitFor(
    async () => {
      await sql`update pgboss.job set start_after = now() where name = 'journal' and state = 'retry'`.execute(visit.db);
      expect((await countsOfFailed(visit)).reaction).toBe(before + 1);
    },
    { timeout: 15_000, interval: 100 },
  );
  return id;
}
const part = { from: 0, limit: 10 };

test('a reaction that fails eight times is kept aside; when its cause is gone and it is tried again, it works once', async () => {
  const id = await somethingFails();
  const { rows } = await sql<{ tries: number }>`select source_retry_count as tries from pgboss.job where source_id = ${id}`.execute(visit.db);
  expect(rows).toEqual([{ tries: 8 }]);
  expect(await failed(visit, 'reaction', part)).toEqual([
    {
      id,
      what: 'sign-in-code-asked',
      recipient: null,
      happenedAt: visit.now,
      failedAt: expect.any(Date),
      fault: 'a letter brings the sign-in code: 550 <d…@example.org> is full',
    },
  ]);
  world.isBroken = false;
  expect(await tryAgain(visit, 'reaction', id)).toBe(1);
  await vi.waitFor(() => expect(world.ran).toEqual([id]), 5000);
  expect([await tryAgain(visit, 'reaction', id), await failed(visit, 'reaction', part)]).toEqual([0, []]);
  await new Promise((done) => setTimeout(done, 1200));
  expect(world.ran).toEqual([id]);
}, 30_000);

test('one that is let go is not tried any more; who did it and why is in the journal', async () => {
  world.isBroken = true;
  const id = await somethingFails();
  world.isBroken = false;
  expect([await dropFailed(visit, 'reaction', id, 'Al verteld'), await dropFailed(visit, 'reaction', id, 'Nog eens')]).toEqual([1, 0]);
  expect(await tryAgain(visit, 'reaction', 'all')).toBe(0);
  const { rows } = await sql<{ id: string }>`select id from journal where what like 'failed-%' order by id`.execute(visit.db);
  const written = await lines(visit, { ids: rows.map(({ id }) => id) });
  expect(written.map(({ what, byPerson, details }) => ({ what, byPerson, reason: details['reason'] }))).toEqual([
    { what: 'failed-again', byPerson: person.id, reason: undefined },
    { what: 'failed-dropped', byPerson: person.id, reason: 'Al verteld' },
  ]);
}, 30_000);

test('letters that were given up are listed without the whole address; what holds no more is not among them', async () => {
  const letter = async (lastFault: string, recipient: string) => {
    const id = newId(visit.now);
    await sql`insert into letters (id, line_id, kind, recipient, language, created_at, due_at, tries, dropped_at, last_fault)
      values (${id}, ${newId(visit.now)}, 'seat-moved-up', ${recipient}, 'nl', ${visit.now}, ${visit.now}, 200, ${visit.now}, ${lastFault})`.execute(
      visit.db,
    );
    return id;
  };
  const id = await letter('EENVELOPE 550', 'deelnemer-7@example.org');
  const other = await letter('unknown', 'deelnemer-8@example.org');
  await letter('nobody', 'deelnemer-9@example.org');
  await letter('the session has started', 'deelnemer-9@example.org');
  expect((await failed(visit, 'letter', part)).map(({ recipient, fault }) => ({ recipient, fault }))).toEqual([
    { recipient: 'd…@example.org', fault: 'EENVELOPE 550' },
    { recipient: 'd…@example.org', fault: 'unknown' },
  ]);
  expect([await dropFailed(visit, 'letter', other, 'Bestaat niet'), await tryAgain(visit, 'letter', 'all')]).toEqual([1, 1]);
  const { rows } = await sql`select tries, dropped_at, last_fault from letters where id = ${id}`.execute(visit.db);
  expect(rows).toEqual([{ tries: 0, dropped_at: null, last_fault: null }]);
  expect(await countsOfFailed(visit)).toEqual({ reaction: 0, letter: 0 });
});

test('what is no number is nothing', async () => {
  expect([await tryAgain(visit, 'reaction', "x' or true"), await dropFailed(visit, 'letter', '', 'x')]).toEqual([0, 0]);
});

test('an address is covered as far as nobody can write to it', () => {
  expect(covered('deelnemer-1@example.org')).toBe('d…@example.org');
  expect(withoutAddresses('RCPT TO:<deelnemer-1@example.org> from a@b')).toBe('RCPT TO:<d…@example.org> from a…@b');
});
