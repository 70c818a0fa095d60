import { expect, test } from 'vitest';
import { testNow, testVisit } from '#ground/testing.server.ts';
import { lines } from '#rooms/journal';
import { checkIn, claim, occupancy, passOf, releaseAbsent, roll, seatIn, undoCheckIn } from './seats.server.ts';
import { asSomebody, sessionWith } from './session-with.testing.server.ts';

const visit = testVisit();
const at = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);

test('a pass lets somebody in once, and the first moment counts', async () => {
  const session = await sessionWith({ onSite: 2 });
  const me = await asSomebody();
  await claim(me, session, 'onSite', 'own');
  const pass = (await passOf(me, session))!;
  const twice = await Promise.all([checkIn(visit, session, { pass }, at(-5)), checkIn(visit, session, { pass }, at(-5))]);
  expect(twice.map((one) => 'isNew' in one && one.isNew).toSorted()).toEqual([false, true]);
  expect(await checkIn(visit, session, { pass }, at(-1))).toEqual({ person: me.person.id, at: at(-5), standing: 'held', isNew: false });
  expect((await lines(visit, { session: session.id })).map(({ what }) => what)).toEqual(['seat-held', 'seat-checked-in']);
  await undoCheckIn(visit, session, { person: me.person.id });
  expect((await roll(visit, session)).items.map(({ checkedInAt }) => checkedInAt)).toEqual([null]);
});

test('a pass of another session, and a moment that has not been, let nobody in wrongly', async () => {
  const [session, other] = [await sessionWith({ onSite: 2 }), await sessionWith({ onSite: 2 })];
  const me = await asSomebody();
  await claim(me, other, 'onSite', 'own');
  await claim(me, session, 'onSite', 'own');
  expect(await checkIn(visit, session, { pass: (await passOf(me, other))! }, at(0))).toEqual({ refused: 'pass-unknown' });
  expect(await checkIn(visit, session, { pass: 'no pass' }, at(0))).toEqual({ refused: 'pass-unknown' });
  expect(await checkIn(visit, session, { person: (await asSomebody()).person.id }, at(0))).toEqual({ refused: 'not-on-roll' });
  expect(await checkIn(visit, session, { pass: (await passOf(me, session))! }, at(60))).toMatchObject({ at: at(0) });
});

test('who waits gets in when a place is free: after those who did not come are let go, once it has begun', async () => {
  const session = await sessionWith({ onSite: 1, startsIn: 1 });
  const [absent, waiting] = [await asSomebody(), await asSomebody()];
  for (const who of [absent, waiting]) await claim(who, session, 'onSite', 'own');
  expect(await checkIn(visit, session, { person: waiting.person.id }, at(0))).toEqual({ refused: 'no-place-left' });
  expect(await releaseAbsent(visit, session)).toEqual({ refused: 'not-started' });
  const begun = testVisit({ now: at(65) });
  expect(await releaseAbsent(begun, session)).toBe(1);
  expect(await seatIn(absent, session)).toBe(null);
  expect(await seatIn(waiting, session)).toMatchObject({ standing: 'waiting' });
  expect(await checkIn(begun, session, { person: waiting.person.id }, at(65))).toMatchObject({ standing: 'held', isNew: true });
  expect(await releaseAbsent(begun, session)).toBe(0);
  expect((await occupancy(visit, session)).places.onSite).toEqual({ capacity: 1, held: 1, offered: 0, waiting: 0, checkedIn: 1 });
});
