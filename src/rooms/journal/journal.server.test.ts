import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { atOnce } from '#ground/database.server.ts';
import { newId } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { lines, newest, react, record, type Line, type Reaction } from './journal.server.ts';

const visit = testVisit();
const jobs = async () =>
  (
    await sql<{
      id: string;
      dead_letter: string;
      retry_limit: number;
    }>`select id, dead_letter, retry_limit from pgboss.job where name = 'journal'`.execute(visit.db)
  ).rows;

test('a line is written with its job', async () => {
  const person = await testPerson();
  const id = await atOnce({ ...visit, person }, (visit) => record(visit, { what: 'sign-in', person: person.id, details: { way: 'code' } }));
  expect(await lines(visit, { person: person.id })).toEqual([
    { id, happenedAt: visit.now, what: 'sign-in', byPerson: person.id, person: person.id, edition: null, session: null, details: { way: 'code' } },
  ]);
  expect(await jobs()).toEqual([{ id, dead_letter: 'journal-failed', retry_limit: 8 }]);
});

test('lines stand in the order in which things happened, not in which people came in', async () => {
  const person = await testPerson();
  const later = { ...visit, now: new Date(visit.now.getTime() + 1000) };
  await atOnce(later, (later) => record(later, { what: 'seat-held', person: person.id }));
  await atOnce(visit, (visit) => record(visit, { what: 'seat-released', person: person.id }));
  expect((await lines(visit, { person: person.id })).map(({ what }) => what)).toEqual(['seat-held', 'seat-released']);
});

test('a change that is undone leaves no line and no job', async () => {
  const before = (await jobs()).length;
  await atOnce(visit, async (visit) => {
    await record(visit, { what: 'sign-out' });
    return { refused: 'full' };
  });
  expect((await jobs()).length).toBe(before);
});

test('a line outside a transaction is a fault', async () => {
  await expect(record(visit, { what: 'sign-out' })).rejects.toThrow("'sign-out' is recorded outside atOnce");
});

test('a reaction runs for what it reacts to, also when an earlier one fails', async () => {
  const ran: string[] = [];
  const reaction = (name: string, to: Reaction['to'], run = async () => void ran.push(name)): Reaction => ({ name, to, run });
  const line: Line = {
    id: await atOnce(visit, (visit) => record(visit, { what: 'seat-held' })),
    happenedAt: visit.now,
    what: 'seat-held',
    byPerson: null,
    person: null,
    edition: null,
    session: null,
    details: {},
  };
  const fails = reaction('fails', ['seat-held'], () => Promise.reject(new Error('no paper')));
  await expect(react(visit, line, [fails, reaction('other', ['sign-in']), reaction('letter', ['seat-held'])])).rejects.toThrow('fails: no paper');
  expect(ran).toEqual(['letter']);
});

test('what happened to a session is read back from the newest, some at a time, and what was done by hand by itself', async () => {
  const session = newId<'session'>(testNow);
  const person = await testPerson();
  const happenings = [
    { what: 'seat-held', person: person.id, details: { turn: 1 } },
    { what: 'places-changed', details: { turn: 2 } },
    { what: 'seat-released', person: person.id, details: { turn: 3, reason: 'Dubbel' } },
    { what: 'seat-waiting', person: person.id, details: { turn: 4 } },
  ] as const;
  for (const happening of happenings) await atOnce(visit, (visit) => record(visit, { ...happening, session }));
  const turns = (found: readonly Line[]) => found.map(({ details }) => details['turn']);
  const first = await newest(visit, { session, before: null, byHand: false }, 3);
  expect(turns(first)).toEqual([4, 3, 2]);
  expect(turns(await newest(visit, { session, before: first.at(-1)!.id, byHand: false }, 3))).toEqual([1]);
  expect(turns(await newest(visit, { session, before: null, byHand: true }, 3))).toEqual([3, 2]);
});
