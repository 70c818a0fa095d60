import { expect, test } from 'vitest';
import { testVisit, watched } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { checkIn, claim, lines, occupancies, occupancy, release, roll, setShares } from './seats.server.ts';
import { asSomebody, newEdition, sessionWith } from './session-with.testing.server.ts';

const visit = testVisit();
const none = { capacity: 0, held: 0, offered: 0, waiting: 0, checkedIn: 0 };

test('how full sessions are is asked once, however many there are, and says what each of them says', async () => {
  const edition = await newEdition(2);
  const sessions = [
    await sessionWith({ onSite: 1, edition }),
    await sessionWith({ onSite: 2, online: 2, edition }),
    await sessionWith({ online: null, edition }),
  ];
  const people = [await asSomebody(), await asSomebody(), await asSomebody()];
  for (const session of sessions) for (const who of people) await claim(who, session, null, 'own');
  await release(people[0]!, sessions[0]!);
  const asked: string[] = [];
  const counting = watched(visit, (statement) => (asked.push(statement), statement));
  const all = await occupancies(
    counting,
    sessions.map(({ id }) => id),
  );
  expect(asked).toHaveLength(1);
  expect(sessions.map(({ id }) => all.get(id))).toEqual([
    { onSite: { ...none, capacity: 1, offered: 1, waiting: 1 }, online: none },
    { onSite: { ...none, capacity: 2, held: 2 }, online: { ...none, capacity: 2, held: 1 } },
    { onSite: none, online: { ...none, capacity: null, held: 3 } },
  ]);
  for (const session of sessions) expect((await occupancy(visit, session)).places).toEqual(all.get(session.id));
  expect((await occupancies(visit, [])).size).toBe(0);
});

test('everybody may know how long the lines are and by which rules, and not who stands in them', async () => {
  const session = await sessionWith({ onSite: 1, online: 1 });
  for (let nth = 0; nth < 3; nth++) await claim(await asSomebody(), session, 'onSite', 'own');
  await setShares(visit, session, 'online', [{ group: 'internal', most: 1 }]);
  expect(await lines(visit, session)).toEqual({
    waiting: { onSite: 2, online: 0 },
    shares: [{ attendance: 'online', group: 'internal', most: 1 }],
    isKept: false,
  });
});

test('the roll tells apart who has a place, who stands in which line, who came, and one person', async () => {
  const session = await sessionWith({ onSite: 1, online: 1 });
  const [room, screen, both, last] = [await asSomebody(), await asSomebody(), await asSomebody(), await asSomebody()];
  await claim(room, session, 'onSite', 'own');
  await claim(screen, session, 'online', 'own');
  await claim(screen, session, 'onSite', 'own');
  await claim(both, session, 'online', 'own');
  await claim(last, session, 'onSite', 'own');
  await checkIn(visit, session, { person: room.person.id }, visit.now);
  const names = new Map([room, screen, both, last].map((who: Visit, nth) => [who.person!.id, ['room', 'screen', 'both', 'last'][nth]]));
  const found = async (asked: Parameters<typeof roll>[2]) =>
    (await roll(visit, session, asked)).items.map(({ person, position }) => [names.get(person), position]);
  expect(await found({ standing: 'held' })).toEqual([
    ['room', null],
    ['screen', 1],
  ]);
  expect(await found({ line: 'onSite' })).toEqual([
    ['screen', 1],
    ['last', 2],
  ]);
  expect(await found({ line: 'online' })).toEqual([['both', 1]]);
  expect(await found({ person: last.person.id })).toEqual([['last', 2]]);
  expect(await found({ isIn: true })).toEqual([['room', null]]);
  expect(await found({ standing: 'held', attendance: 'onSite', isIn: false })).toEqual([]);
  expect(await found({ q: both.person.email.toUpperCase() })).toEqual([['both', 1]]);
  // Signs that a database search gives a meaning find only themselves.
  expect(await found({ q: '%' })).toEqual([]);
});
