// The same race with and without what guards it. Each of those who race has a desk queue of their own, as if each came
// to another app process, so that only the database keeps them apart.
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit, watched } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import type { Deviation } from './ledger.ts';
import { claim, ledger, placeByHand, release, removeByHand, setPlaces, setShares } from './seats.server.ts';

const visit = testVisit();
const asIs = (statement: string): string => statement;
/** The desks are not taken: nobody waits for anybody. */
const withoutLock = (statement: string): string => statement.replace('for update of p', '');
/** What somebody has already is not looked at. */
const withoutOwn = (statement: string): string =>
  statement.replace('x.person_id = a.person', 'false').replace(/on conflict \(session_id, person_id\) do update set[^)]*/, '');

/** What the database promises once more, taken out until the test is over. */
async function unpromised(...statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(visit.db);
}
const promises = [
  'alter table places drop constraint never_more_than_places',
  'drop index seats_by_arrival',
  'alter table seats drop constraint seats_pkey',
];
afterEach(async () => {
  await unpromised('alter table journal disable trigger the_journal_is_not_emptied');
  await sql`truncate seats, journal, places cascade`.execute(visit.db);
  await unpromised('alter table journal enable trigger the_journal_is_not_emptied');
  await unpromised(
    'alter table places drop constraint if exists never_more_than_places',
    'alter table places add constraint never_more_than_places check (held <= capacity)',
    'drop index if exists seats_by_arrival',
    'create unique index seats_by_arrival on seats (session_id, arrival)',
    'alter table seats drop constraint if exists seats_pkey',
    'alter table seats add constraint seats_pkey primary key (session_id, person_id)',
  );
});

interface Session {
  readonly id: ReturnType<typeof newId<'session'>>;
  readonly code: string;
}
async function sessionWith(onSite: number, online: number): Promise<Session> {
  const edition = newId<'edition'>(testNow);
  const session = { id: newId<'session'>(testNow), code: newSessionCode() };
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${edition}, ${`e-${session.code.toLowerCase()}`}, '{"nl":"Proef"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(
    visit.db,
  );
  await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, updated_at, created_at)
    values (${session.id}, ${edition}, ${session.code}, '{"nl":"Sessie"}', 'workshop', 'public', 'published', ${testNow}, ${testNow})`.execute(
    visit.db,
  );
  await sql`insert into places (session_id, attendance, capacity) values (${session.id}, 'onSite', ${onSite}), (${session.id}, 'online', ${online})`.execute(
    visit.db,
  );
  return session;
}

const somePeople = (count: number): Promise<Person[]> => Promise.all(Array.from({ length: count }, () => testPerson()));
/** As if they came to an app process of their own. */
const at = (person: Person | null, guard: typeof asIs): Visit => watched({ ...visit, person }, guard);

interface Outcome {
  readonly held: number;
  readonly waiting: number;
  readonly seats: number;
  readonly faults: number;
  readonly found: readonly Deviation['code'][];
}
async function outcome(session: Session, answers: readonly PromiseSettledResult<unknown>[]): Promise<Outcome> {
  const { rows } = await sql<{ held: number; waiting: number; seats: number }>`
    select sum(held)::integer as held, sum(waiting)::integer as waiting, (select count(*)::integer from seats where session_id = ${session.id}) as seats
    from places where session_id = ${session.id}`.execute(visit.db);
  const report = await ledger(visit);
  return {
    ...rows[0]!,
    faults: answers.filter(({ status }) => status === 'rejected').length,
    found: [...new Set(report.deviations.map(({ code }) => code))].toSorted(),
  };
}

/** Thirty people want one of three places at the same moment. */
async function rush(guard: typeof asIs): Promise<Outcome> {
  const session = await sessionWith(3, 0);
  const people = await somePeople(30);
  return outcome(session, await Promise.allSettled(people.map((person) => claim(at(person, guard), session, null, 'own'))));
}

/** Six people each press eight times, over as many connections. */
async function pressing(guard: typeof asIs): Promise<Outcome> {
  const session = await sessionWith(20, 0);
  const people = await somePeople(6);
  const presses = people.flatMap((person) => Array.from({ length: 8 }, () => claim(at(person, guard), session, null, 'own')));
  return outcome(session, await Promise.allSettled(presses));
}

/** Everybody does everything at once: choose, change, drop; and an organiser changes places, shares and people meanwhile. */
async function muddle(): Promise<Outcome> {
  const session = await sessionWith(4, 2);
  const people = await somePeople(16);
  const turns = Array.from({ length: 120 }, async (_, nth) => {
    const person = people[(nth * 7) % people.length]!;
    const mine = at(person, asIs);
    switch (nth % 10) {
      case 0:
      case 1:
      case 2:
        return claim(mine, session, null, 'own');
      case 3:
        return claim(mine, session, 'onSite', 'own');
      case 4:
      case 5:
        return claim(mine, session, 'online', 'own');
      case 6:
      case 7:
        return release(mine, session);
      case 8:
        return nth % 20 === 8 ? placeByHand(mine, session, person.id, 'onSite', 'spreker') : removeByHand(mine, session, person.id, 'dubbel');
      default:
        return nth % 20 === 9
          ? setPlaces(at(null, asIs), session, 'onSite', 3 + (nth % 7))
          : setShares(at(null, asIs), session, 'online', nth % 40 === 19 ? [{ group: 'internal', most: 1 }] : []);
    }
  });
  return outcome(session, await Promise.allSettled(turns));
}

test('in a rush exactly so many have a place as there are, and the ledger is right', async () => {
  expect(await rush(asIs)).toEqual({ held: 3, waiting: 27, seats: 30, faults: 0, found: [] });
});

test('without the lock and what the database promises, the same rush oversells, and the ledger finds it', async () => {
  await unpromised(...promises.slice(0, 2));
  const { held, found } = await rush(withoutLock);
  expect({ oversold: held > 3, found }).toEqual({ oversold: true, found: expect.arrayContaining(['over-places', 'turn-double']) });
});

test('without the lock the database still never gives more than there is', async () => {
  const { held, faults } = await rush(withoutLock);
  expect({ oversold: held > 3, isFaulty: faults > 0 }).toEqual({ oversold: false, isFaulty: true });
});

test('pressing eight times is one seat each', async () => {
  expect(await pressing(asIs)).toEqual({ held: 6, waiting: 0, seats: 6, faults: 0, found: [] });
});

test('when nobody looks at what somebody has already, the same presses double, and the ledger finds it', async () => {
  await unpromised(promises[2]!);
  const { seats, found } = await pressing(withoutOwn);
  expect({ doubled: seats > 6, found }).toEqual({ doubled: true, found: expect.arrayContaining(['seat-double']) });
});

test('when everybody does everything at once, the ledger is right', async () => {
  for (let round = 0; round < 2; round++) expect(await muddle()).toMatchObject({ faults: 0, found: [] });
}, 60_000);
