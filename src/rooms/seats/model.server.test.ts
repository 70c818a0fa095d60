// The same histories as in model.test.ts, through the door, on a real database: every answer, every line of the journal
// and every row at the end must be as in the hall, where the rules were tried 20,000 times.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId, OrganisationId, PersonId, SessionId } from '#ground/id.ts';
import { isRefusal } from '#ground/refusal.ts';
import { overlap } from '#rooms/programme/session.ts';
import { testNow, testVisit, watched } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { beginning, history, rush } from './commands.testing.ts';
import type { Desk } from './desk.ts';
import { copyOf, obey, openHall, type Answer, type Beginning, type Command, type Hall, type Outcome, type Room, type Wish } from './hall.testing.ts';
import { ledger } from './ledger.server.ts';
import * as seats from './seats.server.ts';
import { groupsOf, lineOf, type Own } from './seat.ts';

const runs = 200;
const { db } = testVisit();

/** Too slow is no success, and what was found is told in time. */
const within = { interruptAfterTimeLimit: 540_000, markInterruptAsFailure: true };

test('any history through the door gives the answers, the journal and the seats that the rules give', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(beginning, history, async (beginning, history) => {
      const hall = openHall(beginning);
      const house = await built(beginning);
      for (const [nth, command] of history.entries()) {
        const { outcome, now } = hall;
        const window = windowOf(hall);
        const isNew = 'person' in command && !hall.rooms[command.session]!.seats.has(command.person);
        const expected = obey(hall, command);
        const answer = await ask(house, command, { now, outcome, window, through: sameServer });
        expect(`${nth} ${command.do}: ${said(answer)}`).toBe(`${nth} ${command.do}: ${expected}`);
        if (!isRefusal(answer) && (command.do === 'claim' || command.do === 'accept')) isTold(hall, house, command, isNew, answer);
      }
      await compare(hall, house);
      await clear(house);
    }),
    { numRuns: runs, ...within },
  );
});

/** Whoever asks comes to the same process, where those who want the same wait for each other. */
const sameServer = (visit: Visit): Visit => visit;
/** Everybody comes to a process of their own, so that only the database keeps them apart. */
const ownServer = (visit: Visit): Visit => watched(visit, (statement) => statement);
const withoutLock = (visit: Visit): Visit => watched(visit, (statement) => statement.replace(/for update( of p)?$/, ''));

test.each([
  ['one server', sameServer],
  ['many servers', ownServer],
])('what is asked of %s at the same moment comes out as if it was asked in some order', { timeout: 600_000 }, async (_, through) => {
  await fc.assert(
    fc.asyncProperty(beginning, rush, (beginning, rush) => live(beginning, rush, through)),
    { numRuns: 40, ...within },
  );
});

test('negative control: when nobody waits for a desk, it comes out as in no order', { timeout: 600_000 }, async () => {
  const { failed } = await fc.check(
    fc.asyncProperty(beginning, rush, (beginning, rush) => live(beginning, rush, withoutLock)),
    { numRuns: 200, endOnFailure: true },
  );
  expect(failed).toBe(true);
});

/** What comes at the same moment is tried in every order in the hall; one of them must be as it is in the database. */
async function live(beginning: Beginning, rush: readonly (readonly Command[])[], through: Then['through']): Promise<void> {
  let hall = openHall(beginning);
  const house = await built(beginning);
  for (const [nth, commands] of rush.entries()) {
    const { outcome, now } = hall;
    const answers = await Promise.all(commands.map(async (command) => said(await ask(house, command, { now, outcome, window: [], through }))));
    const found = withoutLines(await tables(house), answers);
    const possible = inEveryOrder(commands).map((order) => {
      const { hall: then, answers } = asked(hall, commands, order);
      const rooms = then.rooms.map((room) => asTables(room, house));
      return { then, told: withoutLines(rooms, answers) };
    });
    const one = possible.find(({ told }) => isDeepStrictEqual(told, found));
    if (!one) expect({ nth, found }).toEqual({ nth, found: possible[0]?.told });
    hall = one!.then;
  }
  expect((await ledger(testVisit(), { edition: house.edition })).deviations).toEqual([]);
  await clear(house);
}

test('who waits goes before who comes at the moment that a place comes free, also where there are shares', async () => {
  const start = new Date('2026-11-11T15:00:00Z');
  const all = Array.from({ length: 5 }, () => ['internal']);
  const house = await built({
    now: testNow,
    acceptHours: null,
    people: all,
    sessions: [{ start, end: new Date('2026-11-11T16:00:00Z'), onSite: 1, online: null }],
  });
  const [has, waits, other, comes] = house.people.map((person) => testVisit({ person }));
  const session = house.sessions[0]!;
  await seats.setShares(testVisit(), session, 'onSite', [{ group: 'internal', most: 4 }]);
  await seats.claim(has!, session, 'onSite', 'own');
  await seats.claim(waits!, session, 'onSite', 'own');
  // The first one is being served while the other two come in together.
  await Promise.all([
    seats.claim(other!, session, 'online', 'own'),
    seats.claim(has!, session, 'online', 'own'),
    seats.claim(comes!, session, 'onSite', 'own'),
  ]);
  expect(await seats.seatIn(waits!, session)).toMatchObject({ standing: 'held' });
  expect(await seats.seatIn(comes!, session)).toMatchObject({ standing: 'waiting', position: 1 });
});

test('two desks that move somebody up at the same moment do not give them two places at one time', async () => {
  const times = { start: new Date('2026-11-11T15:00:00Z'), end: new Date('2026-11-11T16:00:00Z') };
  for (let round = 0; round < 20; round++) {
    const places = { ...times, onSite: 1, online: 0 };
    const house = await built({ now: testNow, acceptHours: null, people: [['internal'], ['internal'], ['internal']], sessions: [places, places] });
    const [one, another, waits] = house.people.map((person) => testVisit({ person }));
    const [first, second] = house.sessions;
    await seats.claim(one!, first!, 'onSite', 'own');
    await seats.claim(another!, second!, 'onSite', 'own');
    await seats.claim(waits!, first!, 'onSite', 'own');
    await seats.claim(waits!, second!, 'onSite', 'own');
    await Promise.all([seats.release(one!, first!), seats.release(another!, second!)]);
    const standings = (await seats.seatsOf(waits!, house.edition)).map(({ standing }) => standing);
    // Who comes second offers; the first one does so too when it sees that offer before it has given the place.
    expect([
      ['held', 'offered'],
      ['offered', 'offered'],
    ]).toContainEqual(standings.toSorted());
  }
});

function asked(from: Hall, commands: readonly Command[], order: readonly number[]): { readonly hall: Hall; readonly answers: readonly Answer[] } {
  const hall = copyOf(from);
  const answers: Answer[] = [];
  for (const nth of order) answers[nth] = obey(hall, commands[nth]!);
  return { hall, answers };
}

const inEveryOrder = (things: readonly unknown[]): number[][] =>
  things.reduce<number[][]>((orders, _, nth) => orders.flatMap((order) => [...order, null].map((_, at) => order.toSpliced(at, 0, nth))), [[]]);

/** Without the lines of the journal: who came at the same moment is written down together, before who moves up for them. */
const withoutLines = (rooms: readonly ReturnType<typeof asTables>[], answers: readonly Answer[]) => ({
  rooms: rooms.map(({ lines: _, ...room }) => room),
  answers,
});

/** What of a hall stands in the database. */
interface House {
  readonly edition: EditionId;
  readonly sessions: readonly { readonly id: SessionId; readonly code: string }[];
  readonly people: readonly Person[];
  /** Of each window that was opened; the last one may be open. */
  readonly windows: string[];
}

const organisations = { a: newId<'organisation'>(testNow), b: newId<'organisation'>(testNow) } satisfies Record<string, OrganisationId>;
await sql`insert into organisations (id, slug, name) values (${organisations.a}, 'a', '{"nl":"A"}'), (${organisations.b}, 'b', '{"nl":"B"}')`.execute(
  db,
);

async function built({ now, acceptHours, people, sessions }: Beginning): Promise<House> {
  const edition = newId<'edition'>(now);
  const rows = sessions.map((session) => ({ ...session, id: newId<'session'>(now), code: newSessionCode() }));
  const persons = people.map((groups): Person => {
    const id = newId<'person'>(now);
    const organisation = groups.find((group) => group.startsWith('organisation:'))?.slice(13) ?? null;
    return { id, email: `deelnemer-${id}@example.org`, isInternal: groups.includes('internal'), organisation, roles: [] };
  });
  await sql`
    with edition as (
      insert into editions (id, slug, name, starts_on, ends_on, time_zone, accept_hours, created_at)
      values (${edition}, ${`e-${rows[0]!.code.toLowerCase()}`}, '{"nl":"Editie"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${acceptHours}, ${now}) returning id),
    shown as (
      insert into sessions (id, edition_id, code, title, format, visibility, state, starts_at, ends_at, updated_at, created_at)
      select s.id, edition.id, s.code, '{"nl":"Sessie"}', 'workshop', 'public', 'published', s."start", s."end", ${now}, ${now}
      from edition, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(id uuid, code text, "start" timestamptz, "end" timestamptz) returning id),
    given as (
      insert into places (session_id, attendance, capacity)
      select s.id, w.attendance, case w.attendance when 'onSite' then s."onSite" else s.online end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(id uuid, "onSite" integer, online integer), (values ('onSite'), ('online')) w(attendance), shown
      where shown.id = s.id)
    insert into people (id, email, is_internal, organisation_id, created_at)
    select p.id, p.email, p."isInternal", o.id, ${now}
    from jsonb_to_recordset(${JSON.stringify(persons)}::jsonb) as p(id uuid, email text, "isInternal" boolean, organisation text)
    left join organisations o on o.slug = p.organisation`.execute(db);
  return { edition, sessions: rows, people: persons, windows: [] };
}

/** Which sessions a window keeps. */
const windowOf = (hall: Hall): readonly number[] => hall.rooms.flatMap(({ keptFor }, session) => (keptFor === null ? [] : [session]));

interface Then {
  readonly now: Date;
  readonly outcome: Outcome | null;
  readonly window: readonly number[];
  /** By which process. */
  readonly through: (visit: Visit) => Visit;
}

/** Asks the door. What the door does not know of itself is refused as in the hall. */
async function ask(house: House, command: Command, { now, outcome, window, through }: Then): Promise<unknown> {
  const somebody = (person: number): Visit => through(testVisit({ now, person: house.people[person]! }));
  const visit = through(testVisit({ now }));
  const session = house.sessions['session' in command ? command.session : 0]!;
  const person = house.people['person' in command ? command.person : 0]!.id;
  switch (command.do) {
    case 'claim':
      return seats.claim(somebody(command.person), session, command.attendance, command.as);
    case 'release':
      return seats.release(somebody(command.person), session);
    case 'accept':
      return seats.accept(somebody(command.person), session);
    case 'expire':
      return seats.expireOffers(visit);
    case 'places':
      return seats.setPlaces(visit, session, command.attendance, command.capacity);
    case 'shares':
      return seats.setShares(visit, session, command.attendance, command.shares);
    case 'place':
      return seats.placeByHand(visit, session, person, command.attendance, 'afgesproken');
    case 'remove':
      return seats.removeByHand(visit, session, person, 'afgesproken');
    case 'check in':
      return seats.checkIn(visit, session, { person }, now);
    case 'undo check-in':
      return seats.undoCheckIn(visit, session, { person });
    case 'absent':
      return seats.releaseAbsent(visit, session);
    case 'cancel':
      await sql`update sessions set state = 'cancelled', cancelled_at = ${now} where id = ${session.id}`.execute(db);
      return null;
    case 'open window': {
      if (window.length > 0) return { refused: 'kept-already' };
      const name = newId(now);
      house.windows.push(name);
      return atOnce(visit, (visit) =>
        seats.keepFor(
          visit,
          name,
          command.sessions.map((session) => house.sessions[session]!.id),
        ),
      );
    }
    case 'confirm': {
      if (!outcome) return { refused: 'no-draw' };
      const name = house.windows.at(-1)!;
      const drawn = (wish: Wish): seats.Drawn => {
        const { id, isInternal, organisation } = house.people[wish.person]!;
        return { person: id, session: house.sessions[wish.session]!.id, attendance: wish.attendance, groups: groupsOf({ isInternal, organisation }) };
      };
      return atOnce(visit, async (visit) => {
        const refused = await seats.seatDrawn(visit, name, { given: outcome.given.map(drawn), lines: outcome.lines.map(drawn) });
        return refused ?? seats.letGo(visit, name);
      });
    }
    case 'call off':
      if (window.length > 0) await atOnce(visit, (visit) => seats.letGo(visit, house.windows.at(-1)!));
      return null;
    case 'wait':
      return null;
    // What people wish is not known to the seats; what the draw makes of it is.
    case 'wish':
      return window.includes(command.session) ? null : { refused: 'no-window' };
    case 'draw':
      return window.length > 0 ? null : { refused: 'no-window' };
  }
}

const said = (answer: unknown): Answer => (isRefusal(answer) ? answer.refused : null);

/** Whoever asked for a place or took one is told what they have now, and what else at that time. */
function isTold(
  hall: Hall,
  house: House,
  { person, session }: { readonly person: number; readonly session: number },
  isNew: boolean,
  answer: unknown,
): void {
  const room = hall.rooms[session]!;
  const overlaps = hall.rooms.flatMap((other, nth) =>
    other !== room && other.state !== 'cancelled' && overlap(other, room) && other.seats.has(person) ? [house.sessions[nth]!.code] : [],
  );
  expect([answer]).toEqual(seen(room, person, house.sessions[session]!.code).map((seat) => ({ ...seat, isNew, overlaps })));
}

/** Every line of the journal, every seat, every count, and what everybody is told; and the ledger agrees. */
async function compare(hall: Hall, house: House): Promise<void> {
  expect(await tables(house)).toEqual(hall.rooms.map((room) => asTables(room, house)));
  for (const [nth, person] of house.people.entries())
    expect(await seats.seatsOf(testVisit({ person }), house.edition)).toEqual(
      hall.rooms.flatMap((room, session) => seen(room, nth, house.sessions[session]!.code)),
    );
  expect((await ledger(testVisit(), { edition: house.edition })).deviations).toEqual([]);
}

function asTables({ desk, seats, lines, keptFor }: Room, { people }: House) {
  return {
    places: [desk.places.onSite, desk.places.online].map(({ capacity, taken, waiting }) => ({ capacity, taken, waiting, isKept: keptFor !== null })),
    arrivals: desk.arrivals,
    turns: desk.turns,
    // Two orders that differ in nothing else may differ in these, and come out otherwise in the end.
    shares: desk.shares.map(inShort).sort(),
    seats: [...seats].map(([person, own]) => asRow(people[person]!.id, own)).sort((a, b) => a.arrival - b.arrival),
    lines: lines.map((line) => ({
      turn: line.turn,
      what: line.what,
      person: 'person' in line ? people[line.person]!.id : null,
      attendance: 'after' in line ? (line.after?.attendance ?? null) : line.attendance,
      standing: 'after' in line ? (line.after?.standing ?? null) : null,
      arrival: 'after' in line ? (line.after?.arrival ?? null) : null,
    })),
  };
}

const inShort = ({ attendance, group, most }: Desk['shares'][number]): string => `${attendance} ${group} ${most}`;

const asRow = (person: PersonId, own: Own) => ({
  person,
  ...own,
  offeredUntil: own.offeredUntil?.getTime() ?? null,
  checkedInAt: own.checkedInAt?.getTime() ?? null,
});

/** What somebody is told of their seat. */
function seen({ seats }: Room, person: number, session: string) {
  const own = seats.get(person);
  if (!own) return [];
  const line = lineOf(own);
  const before = [...seats.values()].filter((other) => lineOf(other) === line && other.arrival <= own.arrival).length;
  const { standing, attendance, wants, offeredUntil, chosenAs } = own;
  return [{ session, standing, attendance, waitsFor: wants, position: line && before, offeredUntil, chosenAs }];
}

async function tables({ sessions }: House) {
  const { rows } = await sql<
    Omit<ReturnType<typeof asTables>, 'seats' | 'shares'> & { seats: (Own & { person: PersonId })[]; shares: Desk['shares'] }
  >`
    select
      (select jsonb_agg(jsonb_build_object('capacity', capacity, 'taken', held, 'waiting', waiting, 'isKept', kept_for is not null) order by attendance = 'online')
        from places where session_id = s.id) as places,
      (select sum(arrivals)::integer from places where session_id = s.id) as arrivals,
      (select sum(turns)::integer from places where session_id = s.id) as turns,
      coalesce((select jsonb_agg(jsonb_build_object('attendance', attendance, 'group', "group", 'most', most)) from shares where session_id = s.id), '[]') as shares,
      coalesce((select jsonb_agg(jsonb_build_object('person', person_id, 'standing', standing, 'attendance', attendance, 'wants', wants, 'arrival', arrival,
        'offeredUntil', offered_until, 'chosenAs', chosen_as, 'groups', groups, 'checkedInAt', checked_in_at) order by arrival)
        from seats where session_id = s.id), '[]') as seats,
      coalesce((select jsonb_agg(jsonb_build_object('turn', details->'turn', 'what', what, 'person', person_id,
        'attendance', coalesce(details->'after'->'attendance', details->'attendance'), 'standing', details->'after'->'standing',
        'arrival', details->'after'->'arrival') order by (details->>'turn')::integer)
        from journal where session_id = s.id and details ? 'turn'), '[]') as lines
    from sessions s where s.id = any(${sessions.map(({ id }) => id)}::uuid[]) order by s.id`.execute(db);
  const dated = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);
  return rows.map((row) => ({
    ...row,
    shares: row.shares.map(inShort).sort(),
    seats: row.seats.map(({ person, ...own }) =>
      asRow(person, { ...own, offeredUntil: dated(own.offeredUntil), checkedInAt: dated(own.checkedInAt) }),
    ),
  }));
}

/** What is over must not be in the way of the next history. */
async function clear({ sessions }: House): Promise<void> {
  await sql`delete from seats where session_id = any(${sessions.map(({ id }) => id)}::uuid[])`.execute(db);
}
