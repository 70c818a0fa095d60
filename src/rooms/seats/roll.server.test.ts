import { expect, test } from 'vitest';
import { testVisit, watched } from '#ground/testing.server.ts';
import { claim, roll, seatIn } from './seats.server.ts';
import { asSomebody, sessionWith } from './session-with.testing.server.ts';

test('the roll tells of each line what everybody in it is told, on every page, and counts a line once', async () => {
  const session = await sessionWith({ onSite: 1, online: 2 });
  const people = await Promise.all(Array.from({ length: 8 }, () => asSomebody()));
  for (const [nth, visit] of people.entries()) await claim(visit, session, nth % 2 === 0 ? 'onSite' : 'online', 'own');
  // Keeps a place online and waits for the room, with the number they came with.
  await claim(people[1]!, session, 'onSite', 'own');
  const heard = await Promise.all(people.map(async (visit) => [visit.person.id, (await seatIn(visit, session))!.position]));
  const counts: number[] = [];
  const visit = watched(testVisit(), (statement) => (counts.push(statement.split('count(*)').length - 1), statement));
  const seen: unknown[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await roll(visit, session, { limit: 3, after });
    seen.push(...items.map(({ person, position }) => [person, position]));
    after = next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(heard);
  expect(heard.map(([, position]) => position)).toEqual([null, 1, 2, null, 3, 1, 4, 2]);
  expect(counts).toEqual([0, 0, 0]);
});
