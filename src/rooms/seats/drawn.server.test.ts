import { expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { testNow, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import type { Session } from '#rooms/programme/session.ts';
import { claim, keepFor, ledger, letGo, placesOf, seatDrawn, seatIn, setPlaces, setShares, type Drawn } from './seats.server.ts';
import { asSomebody, sessionWith } from './session-with.testing.server.ts';

const visit = testVisit();
const drawn = (who: Visit, session: Session): Drawn => ({ session: session.id, person: who.person!.id, attendance: 'onSite', groups: ['internal'] });

test('while a window keeps the places nobody signs up, and after the draw who comes later joins behind', async () => {
  const session = await sessionWith({ onSite: 2 });
  const window = newId<'window'>(testNow);
  const people = await Promise.all(Array.from({ length: 5 }, () => asSomebody()));
  const [one, two, three, four, late] = people as [Visit, Visit, Visit, Visit, Visit];
  await atOnce(visit, (visit) => keepFor(visit, window, [session.id]));
  expect(await claim(one, session, null, 'own')).toEqual({ refused: 'wishes-first' });
  expect(await atOnce(visit, (visit) => keepFor(visit, newId(testNow), [session.id]))).toEqual({ refused: 'kept-already' });
  const outcome = { given: [drawn(three, session), drawn(one, session)], lines: [drawn(four, session), drawn(two, session)] };
  expect(await atOnce(visit, (visit) => seatDrawn(visit, window, outcome))).toBeUndefined();
  await atOnce(visit, (visit) => letGo(visit, window));
  await claim(late, session, null, 'own');
  expect(await Promise.all(people.map(async (who) => (await seatIn(who, session))!.position ?? 'held'))).toEqual(['held', 2, 'held', 1, 3]);
  expect(await placesOf(visit, [session.id])).toEqual([
    { session: session.id, attendance: 'onSite', capacity: 2, taken: 2, waiting: 3, shares: [] },
    { session: session.id, attendance: 'online', capacity: 0, taken: 0, waiting: 0, shares: [] },
  ]);
});

test('a draw that does not fit any more, or is of another window, writes nothing', async () => {
  const session = await sessionWith({ onSite: 2 });
  const window = newId<'window'>(testNow);
  const [one, two] = [await asSomebody(), await asSomebody()];
  await atOnce(visit, (visit) => keepFor(visit, window, [session.id]));
  await setPlaces(visit, session, 'onSite', 1);
  const outcome = { given: [drawn(one, session), drawn(two, session)], lines: [] };
  expect(await atOnce(visit, (visit) => seatDrawn(visit, window, outcome))).toEqual({ refused: 'places-changed' });
  expect(await atOnce(visit, (visit) => seatDrawn(visit, newId(testNow), { ...outcome, given: [drawn(one, session)] }))).toEqual({
    refused: 'places-changed',
  });
  expect(await seatIn(one, session)).toBe(null);
});

test('a draw gives a place to who stood in line under a share of where they work no more', async () => {
  const session = await sessionWith({ onSite: 2 });
  const window = newId<'window'>(testNow);
  await setShares(visit, session, 'onSite', [{ group: 'organisation:*', most: 1 }]);
  const [one, moved] = [await asSomebody({ organisation: 'cjib' }), await asSomebody({ organisation: 'cjib' })];
  for (const who of [one, moved]) await claim(who, session, null, 'own');
  expect((await seatIn(moved, session))!.standing).toBe('waiting');
  await atOnce(visit, (visit) => keepFor(visit, window, [session.id]));
  const given = [{ ...drawn(moved, session), groups: ['internal', 'organisation:uwv'] }];
  expect(await atOnce(visit, (visit) => seatDrawn(visit, window, { given, lines: [] }))).toBeUndefined();
  expect((await seatIn(moved, session))!.standing).toBe('held');
  // From now on it counts for where they work now.
  const shares = [{ group: 'organisation:uwv', most: 0 }];
  expect(await setShares(visit, session, 'onSite', shares)).toEqual({ refused: 'share-below-held' });
  expect((await ledger(visit)).found).toBe(0);
});

test('what a window keeps on is let go for nobody who waits', async () => {
  const [stays, goes] = [await sessionWith({ onSite: 1 }), await sessionWith({ onSite: 1 })];
  const window = newId<'window'>(testNow);
  const waiting = await asSomebody();
  for (const session of [stays, goes]) {
    await claim(await asSomebody(), session, null, 'own');
    await claim(waiting, session, null, 'own');
  }
  await atOnce(visit, (visit) => keepFor(visit, window, [stays.id, goes.id]));
  for (const session of [stays, goes]) await setPlaces(visit, session, 'onSite', 2);
  const standings = async () => [(await seatIn(waiting, stays))!.standing, (await seatIn(waiting, goes))!.standing];
  expect(await standings()).toEqual(['waiting', 'waiting']);
  await atOnce(visit, (visit) => letGo(visit, window, [stays.id]));
  expect(await standings()).toEqual(['waiting', 'held']);
  expect(await claim(await asSomebody(), stays, null, 'own')).toEqual({ refused: 'wishes-first' });
});
