import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { atOnce, isAway } from './database.server.ts';
import type { Refusal } from './refusal.ts';
import { testPerson, testVisit } from './testing.server.ts';
import type { Visit } from './visit.ts';

const visit = testVisit();
const note = (at: Visit, fact: string) => at.db.insertInto('installation').values({ fact, noted_at: at.now }).execute();
const noted = async (fact: string) => (await visit.db.selectFrom('installation').select('fact').where('fact', '=', fact).execute()).length;

test('what ends well is kept', async () => {
  expect(await atOnce(visit, async (visit) => (await note(visit, 'well'), 'done'))).toBe('done');
  expect(await noted('well')).toBe(1);
});

test('what ends in a refusal is undone, and the refusal is answered', async () => {
  const result = await atOnce(visit, async (visit): Promise<Refusal> => (await note(visit, 'refused'), { refused: 'full' }));
  expect(result).toEqual({ refused: 'full' });
  expect(await noted('refused')).toBe(0);
});

test('what ends in a fault is undone, and the fault goes on', async () => {
  await expect(
    atOnce(visit, async (visit) => {
      await note(visit, 'fault');
      throw new Error('broken');
    }),
  ).rejects.toThrow('broken');
  expect(await noted('fault')).toBe(0);
});

test('inside another it is part of that one', async () => {
  await atOnce(visit, async (visit): Promise<Refusal> => {
    await atOnce(visit, (inner) => note(inner, 'inner'));
    return { refused: 'full' };
  });
  expect(await noted('inner')).toBe(0);
});

test('two that hold each other up both end well', async () => {
  await note(visit, 'a');
  await note(visit, 'b');
  const touch = (at: Visit, fact: string) =>
    at.db
      .updateTable('installation')
      .set({ value: sql`jsonb_build_object('n', coalesce((value->>'n')::int, 0) + 1)` })
      .where('fact', '=', fact)
      .execute();
  const both = (first: string, second: string) =>
    atOnce(visit, async (visit) => {
      await touch(visit, first);
      await sql`select pg_sleep(0.05)`.execute(visit.db);
      await touch(visit, second);
    });
  await Promise.all([both('a', 'b'), both('b', 'a')]);
  const values = await visit.db.selectFrom('installation').select('value').where('fact', 'in', ['a', 'b']).execute();
  expect(values).toEqual([{ value: { n: 2 } }, { value: { n: 2 } }]);
});

test('days are text, counts are numbers, moments are dates', async () => {
  const { rows } = await sql`select date '2026-11-02' as day, 12::int8 as count, timestamptz '2026-11-02T10:00Z' as moment`.execute(visit.db);
  expect(rows).toEqual([{ day: '2026-11-02', count: 12, moment: new Date('2026-11-02T10:00:00Z') }]);
});

test('a test has its own people', async () => {
  const person = await testPerson({ email: 'deelnemer-1@example.org' });
  expect(await visit.db.selectFrom('people').select(['id', 'email', 'is_internal']).execute()).toEqual([
    { id: person.id, email: 'deelnemer-1@example.org', is_internal: true },
  ]);
});

test('a database that is away is told from a question that is wrong', async () => {
  const fault = (message: string, code?: string) => Object.assign(new Error(message), code === undefined ? {} : { code });
  const away = ['57P01', '57P02', '57P03', '08006', '53300', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].map((code) => fault('away', code));
  const lost = ['Connection terminated unexpectedly', 'Connection terminated', 'Client has encountered a connection error and is not queryable'];
  expect([...away, ...lost.map((message) => fault(message))].filter((one) => !isAway(one))).toEqual([]);
  const wrong = await sql`select 1 / 0`.execute(visit.db).catch((fault: unknown) => fault);
  expect([wrong, fault('full', '23514'), fault('terminated early'), 'ECONNREFUSED', null].filter(isAway)).toEqual([]);
});
