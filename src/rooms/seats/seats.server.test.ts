import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit, watched } from '#ground/testing.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { lines } from '#rooms/journal';
import * as programme from '#rooms/programme';
import type { Session } from '#rooms/programme/session.ts';
import { accept, claim, claimAll, release, seatIn, seatsOf } from './seats.server.ts';

const visit = testVisit();
const hour = 3_600_000;

/** A session of tomorrow with so many places. */
async function sessionWith({
  onSite = 0,
  online = 0,
  startsIn = 24,
}: {
  onSite?: number | null;
  online?: number | null;
  startsIn?: number;
}): Promise<Session> {
  const edition = newId<'edition'>(testNow);
  const id = newId<'session'>(testNow);
  const code = newSessionCode();
  const start = new Date(testNow.getTime() + startsIn * hour);
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at) values (${edition}, ${`e-${code.toLowerCase()}`}, '{"nl":"Editie"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(
    visit.db,
  );
  await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, starts_at, ends_at, updated_at, created_at)
    values (${id}, ${edition}, ${code}, '{"nl":"Sessie"}', 'workshop', 'public', 'published', ${start}, ${new Date(start.getTime() + hour)}, ${testNow}, ${testNow})`.execute(
    visit.db,
  );
  await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', ${onSite}), (${id}, 'online', ${online})`.execute(
    visit.db,
  );
  return (await programme.session(visit, code))!;
}

const asSomebody = async () => testVisit({ person: await testPerson() });
const counts = async (session: Session) =>
  (
    await sql<{
      attendance: string;
      held: number;
      waiting: number;
    }>`select attendance, held, waiting from places where session_id = ${session.id} and capacity is distinct from 0 order by attendance`.execute(
      visit.db,
    )
  ).rows;

test('the last place goes to the first who asks, the next one waits, and moves up when it comes free', async () => {
  const session = await sessionWith({ online: 1 });
  const [first, second] = [await asSomebody(), await asSomebody()];
  const held = { session: session.code, standing: 'held', attendance: 'online', waitsFor: null, position: null, offeredUntil: null, chosenAs: 'own' };
  expect(await claim(first, session, 'online', 'own')).toEqual({ ...held, isNew: true, overlaps: [] });
  expect(await claim(second, session, null, 'surprise')).toEqual({
    ...held,
    standing: 'waiting',
    position: 1,
    chosenAs: 'surprise',
    isNew: true,
    overlaps: [],
  });
  await release(first, session);
  expect(await seatIn(second, session)).toEqual({ ...held, chosenAs: 'surprise' });
  expect(await counts(session)).toEqual([{ attendance: 'online', held: 1, waiting: 0 }]);
  expect((await lines(visit, { session: session.id })).map((line) => line.what)).toEqual([
    'seat-held',
    'seat-waiting',
    'seat-released',
    'seat-moved-up',
  ]);
});

test('asking twice is one seat', async () => {
  const session = await sessionWith({ online: 3 });
  const me = await asSomebody();
  await Promise.all(Array.from({ length: 8 }, () => claim(me, session, 'online', 'own')));
  expect(await counts(session)).toEqual([{ attendance: 'online', held: 1, waiting: 0 }]);
  expect(await lines(visit, { session: session.id })).toHaveLength(1);
});

test('giving back twice frees one place', async () => {
  const session = await sessionWith({ online: 3 });
  const [me, other] = [await asSomebody(), await asSomebody()];
  await claim(me, session, 'online', 'own');
  await claim(other, session, 'online', 'own');
  await Promise.all([release(me, session), release(me, session), release(me, session)]);
  expect(await counts(session)).toEqual([{ attendance: 'online', held: 1, waiting: 0 }]);
});

test('sixty people at once for five places: five have one, the others stand in line without a gap', async () => {
  const session = await sessionWith({ onSite: 5 });
  const visits = await Promise.all(Array.from({ length: 60 }, asSomebody));
  await Promise.all(visits.map((visit) => claim(visit, session, 'onSite', 'own')));
  expect(await counts(session)).toEqual([{ attendance: 'onSite', held: 5, waiting: 55 }]);
  const positions = await Promise.all(visits.map(async (visit) => (await seatIn(visit, session))!.position));
  expect(positions.filter((position) => position !== null).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 55 }, (_, i) => i + 1));
});

test('the database itself refuses more than there are places', async () => {
  const session = await sessionWith({ onSite: 1 });
  await expect(sql`update places set held = 2 where session_id = ${session.id} and attendance = 'onSite'`.execute(visit.db)).rejects.toThrow(
    'never_more_than_places',
  );
});

test('a session that has started, one that is not offered that way, and a visitor are refused', async () => {
  const me = await asSomebody();
  expect(await claim(me, await sessionWith({ online: 5, startsIn: -1 }), null, 'own')).toEqual({ refused: 'session-started' });
  expect(await claim(me, await sessionWith({ online: 5 }), 'onSite', 'own')).toEqual({ refused: 'not-offered' });
  expect(await claim(visit, await sessionWith({ online: 5 }), null, 'own')).toEqual({ refused: 'not-signed-in' });
});

test('a session that is cancelled while somebody claims gives no place, and the old place is not lost for it', async () => {
  const session = await sessionWith({ onSite: 5, online: 5 });
  const [me, other] = [await asSomebody(), await asSomebody()];
  await claim(me, session, 'onSite', 'own');
  await sql`update sessions set state = 'cancelled', cancelled_at = ${testNow} where id = ${session.id}`.execute(visit.db);
  expect(await claim(other, session, 'online', 'own')).toEqual({ refused: 'session-cancelled' });
  expect(await claim(me, session, 'online', 'own')).toEqual({ refused: 'session-cancelled' });
  // As part of a registration, whose other choices go on.
  expect(await atOnce(me, async (me) => ({ of: await claim(me, session, 'online', 'own') }))).toEqual({ of: { refused: 'session-cancelled' } });
  expect(await seatIn(me, session)).toMatchObject({ standing: 'held', attendance: 'onSite' });
  expect(await counts(session)).toEqual([
    { attendance: 'onSite', held: 1, waiting: 0 },
    { attendance: 'online', held: 0, waiting: 0 },
  ]);
});

test('from the room to online: the old place goes to who waits for it', async () => {
  const session = await sessionWith({ onSite: 1, online: 1 });
  const [me, other] = [await asSomebody(), await asSomebody()];
  await claim(me, session, 'onSite', 'fit');
  await claim(other, session, 'onSite', 'own');
  expect(await claim(me, session, 'online', 'own')).toMatchObject({ standing: 'held', attendance: 'online', chosenAs: 'fit', isNew: false });
  expect(await seatIn(other, session)).toMatchObject({ standing: 'held', attendance: 'onSite' });
});

test('a place is kept while the other way of taking part is waited for, and given up when that is there', async () => {
  const session = await sessionWith({ onSite: 1, online: 1 });
  const [me, other] = [await asSomebody(), await asSomebody()];
  await claim(me, session, 'onSite', 'own');
  await claim(other, session, 'online', 'own');
  const third = await asSomebody();
  await claim(third, session, 'onSite', 'own');
  expect(await claim(me, session, 'online', 'own')).toMatchObject({
    standing: 'held',
    attendance: 'onSite',
    waitsFor: 'online',
    position: 1,
    isNew: false,
  });
  await release(other, session);
  expect(await seatIn(me, session)).toMatchObject({ standing: 'held', attendance: 'online', waitsFor: null, position: null });
  expect(await seatIn(third, session)).toMatchObject({ standing: 'held', attendance: 'onSite' });
  expect((await lines(visit, { session: session.id })).map(({ what, details }) => `${details['turn'] as number} ${what}`)).toEqual([
    '1 seat-held',
    '2 seat-held',
    '3 seat-waiting',
    '4 seat-changed',
    '5 seat-released',
    '6 seat-moved-up',
    '7 seat-moved-up',
  ]);
});

test('my seats are mine, and of this edition only', async () => {
  const [one, two] = [await sessionWith({ online: 5 }), await sessionWith({ online: 5 })];
  const me = await asSomebody();
  await claim(me, one, null, 'own');
  await claim(me, two, null, 'own');
  await claim(await asSomebody(), one, null, 'own');
  const edition = (await programme.edition(visit, one.edition))!;
  expect((await seatsOf(me, edition.id)).map((seat) => seat.session)).toEqual([one.code]);
});

test('somebody whose claim is a fault is a fault to nobody who claims with them', async () => {
  const session = await sessionWith({ online: 5 });
  const gone = await asSomebody();
  await visit.db.deleteFrom('people').where('id', '=', gone.person!.id).execute();
  // The first is served while the others come; those are then served together.
  const people = [await asSomebody(), gone, await asSomebody(), await asSomebody()];
  const claims = await Promise.allSettled(people.map((who) => claim(who, session, 'online', 'own')));
  expect(claims.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(await counts(session)).toEqual([{ attendance: 'online', held: 3, waiting: 0 }]);
});

// The last one: it takes the promise out of this file's database.
test('negative control: without waiting for the line of a session more people get a place than there are', async () => {
  const session = await sessionWith({ onSite: 5 });
  await sql`alter table places drop constraint never_more_than_places`.execute(visit.db);
  await sql`drop index seats_by_arrival`.execute(visit.db);
  const visits = await Promise.all(Array.from({ length: 60 }, asSomebody));
  const unguarded = visits.map((visit) => watched(visit, (statement) => statement.replace(/ for update of p$/, '')));
  await Promise.all(unguarded.map((visit) => claim(visit, session, 'onSite', 'own')));
  const [places] = await counts(session);
  expect(places!.held).toBeGreaterThan(5);
});

test('what is no code is no session, whatever it is', async () => {
  const me = testVisit({ person: await testPerson() });
  for (const code of ['', '\0', '\ud800', "' or true --", 'x'.repeat(10_000)]) {
    const no = { refused: 'session-unknown' };
    expect(await claim(me, { code }, null, 'own')).toEqual(no);
    expect(await claimAll(me, [{ code, attendance: null, as: 'own' }])).toEqual([no]);
    expect(await accept(me, { code })).toEqual(no);
    expect(await release(me, { code })).toBeUndefined();
  }
});
