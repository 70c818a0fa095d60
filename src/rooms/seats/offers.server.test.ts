import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { atOnce } from '#ground/database.server.ts';
import { testNow, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { lines, linesOf, react, record } from '#rooms/journal';
import type { Session } from '#rooms/programme/session.ts';
import { accept, claim, expireOffers, placeByHand, reactions, release, removeByHand, seatIn, setPlaces, setShares } from './seats.server.ts';
import { asSomebody, newEdition, sessionWith } from './session-with.testing.server.ts';

const visit = testVisit();
const later = (visit: Visit, hours: number): Visit => ({ ...visit, now: new Date(testNow.getTime() + hours * 3_600_000) });
const standing = async (who: Visit, session: Session) => (await seatIn(who, session))?.standing ?? null;
const whats = async (session: Session) => (await lines(visit, { session: session.id })).map(({ what }) => what);

test('a place that must be accepted is offered to the first in line, then to the next', async () => {
  const session = await sessionWith({ onSite: 1, acceptHours: 2 });
  const [first, second, third] = [await asSomebody(), await asSomebody(), await asSomebody()];
  for (const who of [first, second, third]) await claim(who, session, null, 'own');
  await release(first, session);
  expect(await seatIn(second, session)).toMatchObject({ standing: 'offered', offeredUntil: later(visit, 2).now, position: null });
  expect(await seatIn(third, session)).toMatchObject({ standing: 'waiting', position: 1 });
  expect(await claim(second, session, null, 'own')).toMatchObject({ standing: 'offered', isNew: false });
  expect(await expireOffers(later(visit, 1.9))).toBe(0);
  expect(await expireOffers(later(visit, 2))).toBe(1);
  expect(await seatIn(second, session)).toBe(null);
  expect(await accept(later(second, 2), session)).toEqual({ refused: 'no-offer' });
  expect(await accept(later(third, 3), session)).toMatchObject({ standing: 'held', offeredUntil: null });
  expect(await accept(later(third, 30), session)).toMatchObject({ standing: 'held' });
  expect(await whats(session)).toEqual([
    'seat-held',
    'seat-waiting',
    'seat-waiting',
    'seat-released',
    'seat-offered',
    'seat-offer-expired',
    'seat-offered',
    'seat-accepted',
  ]);
});

test('an offer whose time is over is not taken any more, also when nobody has ended it yet', async () => {
  const session = await sessionWith({ onSite: 1, acceptHours: 1 });
  const [first, second] = [await asSomebody(), await asSomebody()];
  for (const who of [first, second]) await claim(who, session, null, 'own');
  await release(first, session);
  expect(await accept(later(second, 1), session)).toEqual({ refused: 'offer-expired' });
});

test('moving up beside something else at that time is an offer, and taking it warns', async () => {
  const edition = await newEdition();
  const [full, other] = [await sessionWith({ online: 1, edition }), await sessionWith({ online: 5, edition })];
  const [first, second] = [await asSomebody(), await asSomebody()];
  await claim(first, full, null, 'own');
  expect(await claim(second, full, null, 'own')).toMatchObject({ standing: 'waiting', overlaps: [] });
  expect(await claim(second, other, null, 'own')).toMatchObject({ standing: 'held', overlaps: [full.code] });
  await release(first, full);
  expect(await seatIn(second, full)).toMatchObject({ standing: 'offered', offeredUntil: full.start });
  expect(await accept(second, full)).toMatchObject({ standing: 'held', overlaps: [other.code] });
});

test('more places let the first of the line in; fewer than are taken are refused', async () => {
  const session = await sessionWith({ onSite: 1 });
  const people = [await asSomebody(), await asSomebody(), await asSomebody()];
  for (const who of people) await claim(who, session, null, 'own');
  expect(await setPlaces(visit, session, 'onSite', 2)).toBeUndefined();
  expect(await Promise.all(people.map((who) => standing(who, session)))).toEqual(['held', 'held', 'waiting']);
  expect(await setPlaces(visit, session, 'onSite', 1)).toEqual({ refused: 'below-held' });
  expect(await setPlaces(visit, session, 'onSite', null)).toBeUndefined();
  expect(await standing(people[2]!, session)).toBe('held');
});

test('a group at its share waits, others pass it, and a larger share lets it in', async () => {
  const session = await sessionWith({ onSite: 3 });
  expect(await setShares(visit, session, 'onSite', [{ group: 'internal', most: 1 }])).toBeUndefined();
  const [one, two, outsider] = [await asSomebody(), await asSomebody(), await asSomebody({ isInternal: false })];
  for (const who of [one, two, outsider]) await claim(who, session, null, 'own');
  expect(await Promise.all([one, two, outsider].map((who) => standing(who, session)))).toEqual(['held', 'waiting', 'held']);
  await setShares(visit, session, 'onSite', [{ group: 'internal', most: 2 }]);
  expect(await standing(two, session)).toBe('held');
  expect(await setShares(visit, session, 'onSite', [{ group: 'internal', most: 1 }])).toEqual({ refused: 'share-below-held' });
});

test('the database itself refuses more of a group than its share', async () => {
  const session = await sessionWith({ onSite: 5 });
  await setShares(visit, session, 'onSite', [{ group: 'organisation:*', most: 1 }]);
  const [one, two] = [await asSomebody({ organisation: 'waterschap' }), await asSomebody({ organisation: 'waterschap' })];
  for (const who of [one, two]) await claim(who, session, null, 'own');
  expect(await standing(two, session)).toBe('waiting');
  const push = sql`update seats set standing = 'held' where session_id = ${session.id} and person_id = ${two.person.id}`.execute(visit.db);
  await expect(push).rejects.toThrow('more of a group than its share');
});

test('by hand somebody passes the line, never the places, and the reason is written down', async () => {
  const session = await sessionWith({ onSite: 1 });
  const [first, second, organiser] = [await asSomebody(), await asSomebody(), await asSomebody()];
  for (const who of [first, second]) await claim(who, session, null, 'own');
  const late = await asSomebody();
  expect(await placeByHand(organiser, session, late.person.id, 'onSite', 'spreker')).toEqual({ refused: 'no-place-left' });
  await removeByHand(organiser, session, first.person.id, 'dubbel aangemeld');
  expect(await standing(second, session)).toBe('held');
  expect((await lines(visit, { session: session.id })).find(({ what }) => what === 'seat-released')).toMatchObject({
    byPerson: organiser.person.id,
    person: first.person.id,
    details: { turn: 3, after: null, reason: 'dubbel aangemeld' },
  });
});

test('an offer of a session that is moved forward ends when that begins, and goes to nobody who could not come', async () => {
  const session = await sessionWith({ onSite: 1, acceptHours: 10 });
  const [first, second] = [await asSomebody(), await asSomebody()];
  for (const who of [first, second]) await claim(who, session, null, 'own');
  await release(first, session);
  await sql`update sessions set starts_at = ${later(visit, 1).now}, ends_at = ${later(visit, 2).now} where id = ${session.id}`.execute(visit.db);
  await expireOffers(later(visit, 0.5));
  expect(await standing(second, session)).toBe('offered');
  expect(await accept(later(second, 1), session)).toEqual({ refused: 'session-started' });
  await expireOffers(later(visit, 1));
  expect(await seatIn(second, session)).toBe(null);
});

test('who waits for a session that had begun moves up when it is moved to later', async () => {
  const session = await sessionWith({ onSite: 1, startsIn: 1 });
  const [first, second] = [await asSomebody(), await asSomebody()];
  for (const who of [first, second]) await claim(who, session, null, 'own');
  await release(later(first, 2), session);
  expect(await standing(second, session)).toBe('waiting');
  await sql`update sessions set starts_at = ${later(visit, 30).now}, ends_at = ${later(visit, 31).now} where id = ${session.id}`.execute(visit.db);
  const line = await atOnce(visit, (visit) => record(visit, { what: 'session-changed', session: session.id }));
  const [changed] = await linesOf(visit, [line]);
  await react(later(visit, 2), changed!, reactions);
  expect(await standing(second, session)).toBe('held');
});

test('a session has at most two hundred rules about groups', async () => {
  const session = await sessionWith({ onSite: 3 });
  const many = Array.from({ length: 201 }, (_, nth) => ({ group: `organisation:o-${nth}`, most: 1 }));
  expect(await setShares(visit, session, 'onSite', many)).toEqual({ refused: 'too-many-shares' });
  expect(await setShares(visit, session, 'onSite', many.slice(1))).toBeUndefined();
});
