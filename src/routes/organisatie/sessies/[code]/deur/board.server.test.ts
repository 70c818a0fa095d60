import { expect, test } from 'vitest';
import { testNow, testVisit } from '#ground/testing.server.ts';
import { callMe } from '#rooms/identity';
import { lines } from '#rooms/journal';
import { claim, passOf } from '#rooms/seats';
import { asSomebody, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { boardOf, take } from './board.server.ts';

const minute = 60_000;
const at = (minutes: number) => testVisit({ now: new Date(testNow.getTime() + minutes * minute) });

/** A session in a room and online, with people in order of arrival and the pass of each. */
async function hall(places: Parameters<typeof sessionWith>[0], ways: readonly ('onSite' | 'online')[]) {
  const session = await sessionWith(places);
  const people = [];
  for (const way of ways) {
    const visit = await asSomebody();
    await claim(visit, session, way, 'own');
    people.push({ visit, email: visit.person.email, pass: (await passOf(visit, session))! });
  }
  return { session, people };
}

test('the list has everybody who is expected in the room or waits for it, by their name where they gave one', async () => {
  const { session, people } = await hall({ onSite: 2, online: 5 }, ['onSite', 'online', 'onSite', 'onSite']);
  await callMe(people[0]!.visit, 'Deelnemer een');
  await claim(people[1]!.visit, session, 'onSite', 'own');
  const board = await boardOf(testVisit(), session);
  expect(board).toMatchObject({ code: session.code, capacity: 2, start: session.start!.getTime(), until: session.end!.getTime() + 24 * 60 * minute });
  expect(board.guests.map(({ name, standing, position }) => [name, standing, position])).toEqual([
    ['Deelnemer een', 'held', null],
    [people[1]!.email, 'waiting', 1],
    [people[2]!.email, 'held', null],
    [people[3]!.email, 'waiting', 2],
  ]);
});

test('a list that says the same has the same mark, and another one when somebody came in', async () => {
  const { session, people } = await hall({ onSite: 2 }, ['onSite']);
  const marks = [await boardOf(testVisit(), session), await boardOf(at(1), session)].map(({ mark }) => mark);
  expect(marks[0]).toBe(marks[1]);
  await take(testVisit(), session, [{ nr: 1, pass: people[0]!.pass, what: 'in', ago: 0 }]);
  expect((await boardOf(testVisit(), session)).mark).not.toBe(marks[0]);
});

test('what two phones tell of one person lets them in once, from the first that was heard; the other phone is told, unless it is the same showing', async () => {
  const { session, people } = await hall({ onSite: 2 }, ['onSite']);
  const told = (nr: number, minutes: number) => [{ nr, pass: people[0]!.pass, what: 'in' as const, ago: minutes * minute }];
  expect(await take(at(30), session, told(1, 20))).toEqual([{ nr: 1, refused: null }]);
  // The answer was lost, so it is told again.
  expect(await take(at(31), session, told(1, 21))).toEqual([{ nr: 1, refused: null }]);
  expect(await take(at(32), session, told(7, 5))).toEqual([{ nr: 7, refused: 'in-already' }]);
  expect((await boardOf(at(33), session)).guests[0]!.checkedInAt).toBe(testNow.getTime() + 10 * minute);
  expect((await lines(testVisit(), { session: session.id })).filter(({ what }) => what === 'seat-checked-in')).toHaveLength(1);
});

test('what was done is taken in its order, and what cannot be done says why', async () => {
  const { session, people } = await hall({ onSite: 1 }, ['onSite', 'onSite']);
  const [first, second] = people.map(({ pass }) => pass);
  const stranger = '00000000-0000-4000-8000-000000000000';
  const answers = await take(testVisit(), session, [
    { nr: 1, pass: first!, what: 'in', ago: 3000 },
    { nr: 2, pass: second!, what: 'in', ago: 2000 },
    { nr: 3, pass: first!, what: 'out', ago: 1000 },
    { nr: 4, pass: stranger, what: 'in', ago: 500 },
    { nr: 5, pass: stranger, what: 'out', ago: 0 },
  ]);
  expect(answers).toEqual([
    { nr: 1, refused: null },
    { nr: 2, refused: 'no-place-left' },
    { nr: 3, refused: null },
    { nr: 4, refused: 'pass-unknown' },
    { nr: 5, refused: 'pass-unknown' },
  ]);
});

test('a phone whose clock ran on cannot let anybody in later than now, nor in another year', async () => {
  const { session, people } = await hall({ onSite: 1 }, ['onSite']);
  await take(testVisit(), session, [{ nr: 1, pass: people[0]!.pass, what: 'in', ago: 1e15 }]);
  expect((await boardOf(testVisit(), session)).guests[0]!.checkedInAt).toBe(testNow.getTime() - 7 * 24 * 60 * minute);
});

test('the list asks the database equally often with one guest and with five', async () => {
  const counted = async (howMany: number) => {
    const { session } = await hall({ onSite: 9 }, Array<'onSite'>(howMany).fill('onSite'));
    let asked = 0;
    const db = testVisit().db.withPlugin({
      transformQuery: ({ node }) => ((asked += 1), node),
      transformResult: ({ result }) => Promise.resolve(result),
    });
    await boardOf({ ...testVisit(), db }, session);
    return asked;
  };
  expect(await counted(5)).toBe(await counted(1));
});
