import { sql, type Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Deviation } from './ledger.ts';
import { claim, ledger, release, setPlaces, setShares } from './seats.server.ts';

const visit = testVisit();
const { edition, session } = await story();

/** Two places on site, later three, one online; six people come, of whom one waits for the room from online and one leaves. */
async function story() {
  const edition = newId<'edition'>(testNow);
  const session = { id: newId<'session'>(testNow), code: newSessionCode() };
  const start = new Date(testNow.getTime() + 86_400_000);
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${edition}, 'proef', '{"nl":"Proef"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(visit.db);
  for (const { id, code } of [session, { id: newId<'session'>(testNow), code: newSessionCode() }])
    await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, starts_at, ends_at, updated_at, created_at)
      values (${id}, ${edition}, ${code}, '{"nl":"Sessie"}', 'workshop', 'public', 'published', ${start}, ${new Date(start.getTime() + 3_600_000)}, ${testNow}, ${testNow})`.execute(
      visit.db,
    );
  await sql`insert into places (session_id, attendance, capacity) values (${session.id}, 'onSite', 2), (${session.id}, 'online', 1)`.execute(
    visit.db,
  );
  const people = await Promise.all(Array.from({ length: 6 }, () => testPerson()));
  const as = (nth: number) => testVisit({ person: people[nth]! });
  for (const nth of [0, 1]) await claim(as(nth), session, 'onSite', 'own');
  await claim(as(2), session, 'online', 'own');
  await claim(as(2), session, 'onSite', 'own');
  for (const nth of [3, 4]) await claim(as(nth), session, 'online', 'own');
  await release(as(0), session);
  await setPlaces(visit, session, 'onSite', 3);
  await setShares(visit, session, 'onSite', [{ group: 'internal', most: 3 }]);
  await claim(as(5), session, 'onSite', 'own');
  return { edition: edition satisfies EditionId, session };
}

/** What the ledger finds after something was done by hand in the database, which is then undone. */
async function after(...damage: readonly string[]): Promise<readonly Deviation['code'][]> {
  const found: Deviation['code'][] = [];
  await visit.db
    .transaction()
    .execute(async (db: Kysely<DB>) => {
      await sql`alter table journal disable trigger user`.execute(db);
      for (const statement of damage) await sql.raw(statement.replaceAll('SESSION', session.id satisfies SessionId)).execute(db);
      found.push(...(await ledger({ ...visit, db })).deviations.map(({ code }) => code));
      throw new Error('undone');
    })
    .catch((fault: unknown) => {
      if (!(fault instanceof Error && fault.message === 'undone')) throw fault;
    });
  return found.toSorted();
}

test('what went by the door is in the ledger as it is in the seats', async () => {
  expect(await ledger(visit, { edition })).toEqual({ sessions: 1, turns: 12, seats: 5, found: 0, deviations: [] });
  expect(await ledger(visit, { edition: newId<'edition'>(testNow) })).toEqual({ sessions: 0, turns: 0, seats: 0, found: 0, deviations: [] });
});

const oneSeat = `session_id = 'SESSION' and arrival = (select min(arrival) from seats where session_id = 'SESSION' and standing = 'held')`;
const waiting = `session_id = 'SESSION' and arrival = (select max(arrival) from seats where session_id = 'SESSION' and standing = 'waiting')`;
const line = (which: string) => `update journal set details = details || '${which}' where session_id = 'SESSION'`;

test.each<[string, readonly string[], readonly Deviation['code'][]]>([
  ['a line that is gone', [`delete from journal where session_id = 'SESSION' and details ->> 'turn' = '1'`], ['turn-missing']],
  [
    'a line twice',
    [`update journal set details = details || '{"turn": 1}' where session_id = 'SESSION' and details ->> 'turn' = '2'`],
    ['turn-double', 'turn-missing'],
  ],
  ['a line that cannot be read', [`${line('{"after": 7}')} and details ->> 'turn' = '1'`], ['line-unreadable', 'turn-missing']],
  [
    'turns that were not counted',
    [`update places set turns = turns - 1 where session_id = 'SESSION' and turns > 0 and attendance = 'onSite'`],
    ['turns-differ'],
  ],
  ['a seat that is gone', [`delete from seats where ${oneSeat}`], ['held-differs', 'seat-missing']],
  [
    'a seat of nobody who asked',
    [
      `insert into seats (session_id, person_id, attendance, standing, arrival, claimed_at) select 'SESSION', id, 'online', 'waiting', 99, now() from people where id not in (select person_id from seats) limit 1`,
    ],
    ['seat-unexplained', 'waiting-differs'],
  ],
  ['a seat that is something else', [`update seats set arrival = 98 where ${waiting}`], ['seat-differs']],
  [
    'somebody twice',
    ['alter table seats drop constraint seats_pkey', 'drop index seats_by_arrival', `insert into seats select * from seats where ${waiting}`],
    ['arrival-double', 'position-gap', 'seat-double', 'waiting-differs'],
  ],
  [
    'one arrival for two',
    ['drop index seats_by_arrival', `update seats set arrival = (select arrival from seats where ${oneSeat}) where ${waiting}`],
    ['arrival-double', 'seat-differs'],
  ],
  ['arrivals that were not counted', [`update places set arrivals = 0 where session_id = 'SESSION'`], ['arrivals-differ']],
  ['a wrong count of places', [`update places set held = held - 1 where session_id = 'SESSION' and attendance = 'online'`], ['held-differs']],
  [
    'a wrong count of the line',
    [`update places set waiting = waiting + 1 where session_id = 'SESSION' and attendance = 'onSite'`],
    ['waiting-differs'],
  ],
  [
    'places that were changed beside the journal',
    [`update places set capacity = 9 where session_id = 'SESSION' and attendance = 'onSite'`],
    ['capacity-differs'],
  ],
  [
    'more seats than places',
    [
      'alter table places drop constraint never_more_than_places',
      `update places set capacity = 0 where session_id = 'SESSION' and attendance = 'online'`,
    ],
    ['over-places', 'over-places'],
  ],
  ['shares that were changed beside the journal', [`update shares set most = 7 where session_id = 'SESSION'`], ['shares-differ']],
  [
    'more of a group than its share',
    [`update shares set most = 1 where session_id = 'SESSION'`, line('{"to": [{"group": "internal", "most": 1}]}') + ` and what = 'shares-changed'`],
    ['over-share', 'over-share'],
  ],
  [
    'an offer without an end',
    ['alter table seats drop constraint an_offer_ends', `update seats set standing = 'offered' where ${oneSeat}`],
    ['offer-without-end', 'seat-differs'],
  ],
])('%s made by hand in the database is found', async (_, damage, codes) => {
  expect(await after(...damage)).toEqual(codes);
});

test('after all that the ledger is as it was', async () => {
  expect((await ledger(visit)).found).toBe(0);
});
