import { sql, type Kysely } from 'kysely';
import type { DB } from '#ground/tables.ts';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { Attendance, State } from '#rooms/programme/session.ts';
import type { Share } from './desk.ts';
import type { Fullness } from './fullness.ts';
import type { OnRoll, PlacesLeft, RollAsked } from './roll.server.ts';
import type { ChosenAs, Own, Seat, Standing } from './seat.ts';

type Db = Kysely<DB>;

/** One way of taking part of one session, held for who asked first until their transaction ends. */
export interface PlacesRow {
  readonly session: SessionId;
  readonly attendance: Attendance;
  readonly capacity: number | null;
  readonly held: number;
  readonly waiting: number;
  readonly arrivals: number;
  readonly turns: number;
  readonly kept_for: string | null;
}

/** Takes these sessions' desks: until this transaction ends nobody else changes anything there. Always in one order. */
export async function lockPlaces(db: Db, codes: readonly string[]): Promise<PlacesRow[]> {
  const { rows } = await sql<PlacesRow>`
    select p.session_id as session, p.attendance, p.capacity, p.held, p.waiting, p.arrivals, p.turns, p.kept_for
    from places p join sessions s on s.id = p.session_id
    where s.code = any(${codes}) order by p.session_id, p.attendance for update of p`.execute(db);
  return rows;
}

/** The same, for who knows them by their ids. */
export async function lockPlacesOf(db: Db, sessions: readonly SessionId[]): Promise<PlacesRow[]> {
  const { rows } = await sql<PlacesRow>`
    select session_id as session, attendance, capacity, held, waiting, arrivals, turns, kept_for
    from places where session_id = any(${sessions}::uuid[]) order by session_id, attendance for update`.execute(db);
  return rows;
}

export interface Asked {
  readonly code: string;
  readonly person: PersonId;
  /** Whether they may see internal sessions. */
  readonly internal: boolean;
  /** Also a session that nobody sees any more. */
  readonly hidden?: boolean;
}

export interface AskedRow {
  readonly nth: number;
  readonly session: SessionId;
  readonly code: string;
  readonly edition: EditionId;
  readonly state: State;
  readonly starts_at: Date | null;
  readonly ends_at: Date | null;
  readonly accept_hours: number | null;
  readonly is_closed: boolean;
  readonly shares: readonly Share[] | null;
  readonly standing: Standing | null;
  readonly attendance: Attendance;
  readonly wants: Attendance | null;
  readonly arrival: number;
  readonly offered_until: Date | null;
  readonly chosen_as: ChosenAs;
  readonly groups: readonly string[];
  readonly checked_in_at: Date | null;
}

/**
 * Of each who asks: the session as it is now, when they may see it, and the seat they have. Read after the desks are taken.
 * Seats are found by person, which `offset 0` makes sure of: somebody has few, while a session may have thousands.
 */
export async function askedOf(db: Db, asks: readonly Asked[]): Promise<AskedRow[]> {
  const { rows } = await sql<AskedRow>`
    select a.nth::integer, s.id as session, s.code, s.edition_id as edition, s.state, s.starts_at, s.ends_at, e.accept_hours, e.closed_at is not null as is_closed,
      (select json_agg(json_build_object('attendance', sh.attendance, 'group', sh."group", 'most', sh.most)) from shares sh where sh.session_id = s.id) as shares,
      m.standing, m.attendance, m.wants, m.arrival, m.offered_until, m.chosen_as, m.groups, m.checked_in_at
    from unnest(${asks.map(({ code }) => code)}::text[], ${asks.map(({ person }) => person)}::uuid[], ${asks.map(({ internal }) => internal)}::boolean[],
      ${asks.map(({ hidden = false }) => hidden)}::boolean[]) with ordinality a(code, person, internal, hidden, nth)
    join sessions s on s.code = a.code and (a.hidden or (s.state in ('published', 'cancelled') and (s.visibility = 'public' or a.internal)))
    join editions e on e.id = s.edition_id
    left join lateral (select * from seats x where x.person_id = a.person offset 0) m on m.session_id = s.id`.execute(db);
  return rows;
}

/** How many places of a session each group takes up. */
export async function takenByGroup(
  db: Db,
  session: SessionId,
): Promise<readonly { readonly attendance: Attendance; readonly group: string; readonly taken: number }[]> {
  const { rows } = await sql<{ attendance: Attendance; group: string; taken: number }>`
    select s.attendance, g."group", count(*)::integer as taken from seats s, unnest(s.groups) as g("group")
    where s.session_id = ${session} and s.standing <> 'waiting' group by s.attendance, g."group"`.execute(db);
  return rows;
}

export interface BesideRow {
  readonly person: PersonId;
  readonly code: string;
  readonly edition: EditionId;
  readonly state: State;
  readonly start: Date | null;
  readonly end: Date | null;
  readonly standing: Standing;
  readonly seen: boolean;
}

/** Everything these people have a seat in, and whether they may (still) see it. Looked up person by person, as askedOf does. */
export async function seatsOfPeople(db: Db, people: readonly PersonId[]): Promise<BesideRow[]> {
  const { rows } = await sql<BesideRow>`
    select x.person_id as person, s.code, s.edition_id as edition, s.state, s.starts_at as start, s.ends_at as "end", x.standing,
      s.state in ('published', 'cancelled') and (s.visibility = 'public' or p.is_internal) as seen
    from unnest(${[...new Set(people)]}::uuid[]) w(person)
    cross join lateral (select person_id, session_id, standing from seats where person_id = w.person offset 0) x
    cross join lateral (select is_internal from people where id = w.person offset 0) p
    join sessions s on s.id = x.session_id order by s.starts_at, s.code`.execute(db);
  return rows;
}

/** Of these people, those whom no other desk is moving up right now; until this transaction ends no other desk does. */
export async function onlyHere(db: Db, people: readonly PersonId[]): Promise<ReadonlySet<PersonId>> {
  const { rows } = await sql<{ person: PersonId }>`
    select person from unnest(${people}::uuid[]) as p(person) where pg_try_advisory_xact_lock(hashtextextended('moves up ' || person, 0))`.execute(
    db,
  );
  return new Set(rows.map(({ person }) => person));
}

export interface WaiterRow {
  readonly person: PersonId;
  readonly own: Own;
}

/** Who stands first in one line, in order of arrival. */
export async function firstInLine(db: Db, session: SessionId, attendance: Attendance, most: number): Promise<WaiterRow[]> {
  const { rows } = await sql<Omit<AskedRow, 'standing'> & { person: PersonId; standing: Standing }>`
    select person_id as person, standing, attendance, wants, arrival, offered_until, chosen_as, groups, checked_in_at from seats
    where session_id = ${session} and coalesce(wants, attendance) = ${attendance} and (standing = 'waiting' or wants is not null)
    order by arrival limit ${most}`.execute(db);
  return rows.map(({ person, ...row }) => ({ person, own: ownOf(row) }));
}

type OwnColumn = 'attendance' | 'wants' | 'arrival' | 'offered_until' | 'chosen_as' | 'groups' | 'checked_in_at';
export const ownOf = (row: Pick<AskedRow, OwnColumn> & { readonly standing: Standing }): Own => ({
  standing: row.standing,
  attendance: row.attendance,
  wants: row.wants,
  arrival: row.arrival,
  offeredUntil: row.offered_until,
  chosenAs: row.chosen_as,
  groups: row.groups,
  checkedInAt: row.checked_in_at,
});

export interface Written {
  readonly session: SessionId;
  readonly person: PersonId;
  readonly after: Own | null;
}
/** What is added to the counts of one way of taking part. */
export interface Counted {
  readonly session: SessionId;
  readonly attendance: Attendance;
  readonly taken: number;
  readonly waiting: number;
  readonly arrivals: number;
  readonly turns: number;
}

/** Writes seats as they are after this, and counts them, in one statement. Each person stands here once per session. */
export async function writeSeats(db: Db, written: readonly Written[], counted: readonly Counted[], now: Date): Promise<void> {
  const kept = written.filter((row): row is Written & { after: Own } => row.after !== null);
  const gone = written.filter(({ after }) => after === null);
  const rows = kept.map(({ session, person, after }) => ({
    session_id: session,
    person_id: person,
    attendance: after.attendance,
    standing: after.standing,
    wants: after.wants,
    arrival: after.arrival,
    offered_until: after.offeredUntil,
    chosen_as: after.chosenAs,
    groups: after.groups,
    checked_in_at: after.checkedInAt,
  }));
  await sql`
    with gone as (
      delete from seats using unnest(${gone.map(({ session }) => session)}::uuid[], ${gone.map(({ person }) => person)}::uuid[]) as g(session_id, person_id)
      where seats.session_id = g.session_id and seats.person_id = g.person_id),
    kept as (
      insert into seats (session_id, person_id, attendance, standing, wants, arrival, claimed_at, offered_until, chosen_as, groups, checked_in_at)
      select session_id, person_id, attendance, standing, wants, arrival, ${now}, offered_until, chosen_as, groups, checked_in_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(session_id uuid, person_id uuid, attendance text, standing text, wants text, arrival bigint, offered_until timestamptz, chosen_as text, groups text[], checked_in_at timestamptz)
      on conflict (session_id, person_id) do update set attendance = excluded.attendance, standing = excluded.standing, wants = excluded.wants,
        offered_until = excluded.offered_until, chosen_as = excluded.chosen_as, groups = excluded.groups, checked_in_at = excluded.checked_in_at)
    update places p set held = p.held + c.taken, waiting = p.waiting + c.waiting, arrivals = p.arrivals + c.arrivals, turns = p.turns + c.turns
    from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as c(session uuid, attendance text, taken integer, waiting integer, arrivals integer, turns integer)
    where p.session_id = c.session and p.attendance = c.attendance`.execute(db);
}

interface SeatRow {
  session: string;
  standing: Standing;
  attendance: Attendance;
  wants: Attendance | null;
  position: number | null;
  offered_until: Date | null;
  chosen_as: ChosenAs;
}
const seatOf = (row: SeatRow): Seat => ({
  session: row.session,
  standing: row.standing,
  attendance: row.attendance,
  waitsFor: row.wants,
  position: row.position,
  offeredUntil: row.offered_until,
  chosenAs: row.chosen_as,
});

// The position is counted, not kept: who leaves the line then costs one row.
const position = sql`case when seat.standing = 'waiting' or seat.wants is not null then (
  select count(*)::integer from seats before
  where before.session_id = seat.session_id and coalesce(before.wants, before.attendance) = coalesce(seat.wants, seat.attendance)
    and (before.standing = 'waiting' or before.wants is not null) and before.arrival <= seat.arrival
) end as position`;
const seatRows = (which: ReturnType<typeof sql>) => sql<SeatRow>`
  select s.code as session, seat.standing, seat.attendance, seat.wants, seat.offered_until, seat.chosen_as, ${position}
  from seats seat join sessions s on s.id = seat.session_id
  where ${which}
  order by s.starts_at nulls last, s.id limit 1000`;

export async function seatOfPerson(db: Db, session: SessionId, person: PersonId): Promise<Seat | null> {
  const { rows } = await seatRows(sql`seat.session_id = ${session} and seat.person_id = ${person}`).execute(db);
  return rows[0] ? seatOf(rows[0]) : null;
}

export async function seatsOfPerson(db: Db, edition: EditionId, person: PersonId): Promise<Seat[]> {
  const { rows } = await seatRows(sql`seat.person_id = ${person} and s.edition_id = ${edition}`).execute(db);
  return rows.map(seatOf);
}

/** The codes of everything that somebody has a seat in, whoever may see it. */
export async function codesOfPerson(db: Db, person: PersonId): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select s.code from seats x join sessions s on s.id = x.session_id where x.person_id = ${person} order by x.session_id`.execute(db);
  return rows.map(({ code }) => code);
}

export async function seatsBeside(db: Db, session: SessionId, person: PersonId): Promise<Seat[]> {
  const { rows } = await seatRows(
    sql`seat.person_id = ${person} and s.id <> ${session} and s.edition_id = (select edition_id from sessions where id = ${session})`,
  ).execute(db);
  return rows.map(seatOf);
}

/** The people with a place or a place in line. */
export async function holdersOf(db: Db, session: SessionId): Promise<PersonId[]> {
  const { rows } = await sql<{
    person_id: PersonId;
  }>`select person_id from seats where session_id = ${session} order by arrival, person_id limit 100000`.execute(db);
  return rows.map((row) => row.person_id);
}

/** Offers whose time is over, some at a time. */
export async function expired(db: Db, now: Date, most: number): Promise<{ readonly code: string; readonly person: PersonId }[]> {
  const { rows } = await sql<{ code: string; person: PersonId }>`
    select s.code, x.person_id as person from seats x join sessions s on s.id = x.session_id
    where x.standing = 'offered' and (x.offered_until <= ${now} or s.starts_at <= ${now}) order by x.offered_until, x.session_id, x.arrival limit ${most}`.execute(
    db,
  );
  return rows;
}

/** One session as the house itself sees it. */
export async function sessionAt(db: Db, code: string): Promise<SessionAt | null> {
  const { rows } = await sql<SessionAt>`
    select s.id as session, s.code, s.edition_id as edition, s.state, s.starts_at, s.ends_at, e.accept_hours, e.closed_at is not null as is_closed,
      (select json_agg(json_build_object('attendance', sh.attendance, 'group', sh."group", 'most', sh.most)) from shares sh where sh.session_id = s.id) as shares
    from sessions s join editions e on e.id = s.edition_id where s.code = ${code}`.execute(db);
  return rows[0] ?? null;
}
export type SessionAt = Pick<AskedRow, 'session' | 'code' | 'edition' | 'state' | 'starts_at' | 'ends_at' | 'accept_hours' | 'is_closed' | 'shares'>;

/** Where somebody stands in their lines; the first is 1. By session and person. */
export async function positionsOf(
  db: Db,
  seats: readonly { readonly session: SessionId; readonly person: PersonId }[],
): Promise<ReadonlyMap<string, number>> {
  if (seats.length === 0) return new Map();
  const { rows } = await sql<{ session: string; person: string; position: number | null }>`
    select seat.session_id as session, seat.person_id as person, ${position}
    from unnest(${seats.map(({ session }) => session)}::uuid[], ${seats.map(({ person }) => person)}::uuid[]) as a(session, person)
    join seats seat on seat.session_id = a.session and seat.person_id = a.person`.execute(db);
  return new Map(rows.flatMap((row) => (row.position === null ? [] : [[`${row.session} ${row.person}`, row.position] as const])));
}

/** What somebody belongs to now. */
export async function belongingOf(db: Db, person: PersonId): Promise<{ readonly isInternal: boolean; readonly organisation: string | null } | null> {
  const { rows } = await sql<{ isInternal: boolean; organisation: string | null }>`
    select p.is_internal as "isInternal", o.slug as organisation from people p left join organisations o on o.id = p.organisation_id where p.id = ${person}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Writes how many places there are; answers the number of this change at the desk. */
export async function changePlaces(db: Db, session: SessionId, attendance: Attendance, capacity: number | null): Promise<number> {
  await sql`update places set capacity = ${capacity}, turns = turns + 1 where session_id = ${session} and attendance = ${attendance}`.execute(db);
  // What a session says of its places is remembered until its edition says something else.
  await sql`update editions set version = version + 1 where id = (select edition_id from sessions where id = ${session})`.execute(db);
  return turnsOf(db, session);
}

export async function changeShares(
  db: Db,
  session: SessionId,
  attendance: Attendance,
  shares: readonly Pick<Share, 'group' | 'most'>[],
): Promise<number> {
  await sql`delete from shares where session_id = ${session} and attendance = ${attendance}`.execute(db);
  await sql`
    insert into shares (session_id, attendance, "group", most)
    select ${session}, ${attendance}, "group", most from jsonb_to_recordset(${JSON.stringify(shares)}::jsonb) as s("group" text, most integer)`.execute(
    db,
  );
  await sql`update places set turns = turns + 1 where session_id = ${session} and attendance = ${attendance}`.execute(db);
  return turnsOf(db, session);
}

async function turnsOf(db: Db, session: SessionId): Promise<number> {
  const { rows } = await sql<{ turns: number }>`select sum(turns)::bigint as turns from places where session_id = ${session}`.execute(db);
  return rows[0]!.turns;
}

// At the door

export async function personOfPass(db: Db, session: SessionId, pass: string): Promise<PersonId | null> {
  const { rows } = await sql<{ person: PersonId }>`select person_id as person from seats where session_id = ${session} and pass = ${pass}`.execute(
    db,
  );
  return rows[0]?.person ?? null;
}

export async function passOf(db: Db, session: SessionId, person: PersonId): Promise<string | null> {
  const { rows } = await sql<{ pass: string }>`select pass from seats where session_id = ${session} and person_id = ${person}`.execute(db);
  return rows[0]?.pass ?? null;
}

export async function startOf(db: Db, session: SessionId): Promise<Date | null> {
  const { rows } = await sql<{ starts_at: Date | null }>`select starts_at from sessions where id = ${session}`.execute(db);
  return rows[0]?.starts_at ?? null;
}

export async function absentFrom(db: Db, session: SessionId): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select person_id as person from seats
    where session_id = ${session} and standing = 'held' and attendance = 'onSite' and checked_in_at is null order by arrival`.execute(db);
  return rows.map(({ person }) => person);
}

// For those who run it

export async function rollOf(
  db: Db,
  session: SessionId,
  { standing, attendance, isIn, line, person, q }: Omit<RollAsked, 'after' | 'limit'>,
  after: number,
  most: number,
): Promise<OnRoll[]> {
  const like = `%${(q ?? '')
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`;
  // A long line is counted once, and not again for everybody who stands in it.
  const { rows } = await sql<OnRoll>`
    with line as materialized (
      select person_id, (row_number() over (partition by coalesce(wants, attendance) order by arrival))::integer as position from seats
      where session_id = ${session} and (standing = 'waiting' or wants is not null))
    select seat.person_id as person, p.name, p.email, o.slug as organisation, seat.standing, seat.attendance, seat.wants as "waitsFor", seat.arrival,
      seat.offered_until as "offeredUntil", seat.claimed_at as "claimedAt", seat.checked_in_at as "checkedInAt", seat.pass, line.position
    from seats seat join people p on p.id = seat.person_id left join organisations o on o.id = p.organisation_id
    left join line on line.person_id = seat.person_id
    where seat.session_id = ${session} and seat.arrival > ${after}
      and (${standing ?? null}::text is null or seat.standing = ${standing ?? null})
      and (${attendance ?? null}::text is null or seat.attendance = ${attendance ?? null})
      and (${line ?? null}::text is null or ((seat.standing = 'waiting' or seat.wants is not null) and coalesce(seat.wants, seat.attendance) = ${line ?? null}))
      and (${person ?? null}::uuid is null or seat.person_id = ${person ?? null})
      and (${isIn ?? null}::boolean is null or (seat.checked_in_at is not null) = ${isIn ?? null})
      and (${like} = '%%' or lower(p.email) like ${like} or lower(p.name) like ${like} or lower(coalesce(o.name ->> 'nl', o.name ->> 'en', o.slug)) like ${like})
    order by seat.arrival limit ${most}`.execute(db);
  return rows;
}

export interface CountsRow extends Fullness {
  readonly attendance: Attendance;
}

export async function countsOf(db: Db, session: SessionId): Promise<CountsRow[]> {
  const { rows } = await sql<CountsRow>`
    select p.attendance, p.capacity, p.waiting, p.held - coalesce(n.offered, 0) as held, coalesce(n.offered, 0) as offered, coalesce(n.checked_in, 0) as "checkedIn"
    from places p left join lateral (
      select (count(*) filter (where standing = 'offered'))::integer as offered, count(checked_in_at)::integer as checked_in
      from seats s where s.session_id = p.session_id and s.attendance = p.attendance) n on true
    where p.session_id = ${session}`.execute(db);
  return rows;
}

export async function sharesOf(db: Db, session: SessionId): Promise<(Share & { readonly taken: number })[]> {
  const { rows } = await sql<Share & { taken: number }>`
    select sh.attendance, sh."group", sh.most, ${takenOfShare} as taken from shares sh where sh.session_id = ${session}
    order by sh.attendance desc, sh."group"`.execute(db);
  return rows;
}

// Of 'each organisation' the fullest one.
const takenOfShare = sql`(
  select coalesce(max(n), 0)::integer from (
    select count(*) as n from seats x, unnest(x.groups) as g("group")
    where x.session_id = sh.session_id and x.attendance = sh.attendance and x.standing <> 'waiting'
      and (g."group" = sh."group" or (sh."group" = 'organisation:*' and g."group" like 'organisation:%'))
    group by g."group") each)`;

export async function placesOf(db: Db, sessions: readonly SessionId[]): Promise<PlacesLeft[]> {
  const { rows } = await sql<PlacesLeft>`
    select p.session_id as session, p.attendance, p.capacity, p.held as taken, p.waiting, coalesce((
      select json_agg(json_build_object('group', sh."group", 'most', sh.most, 'taken', ${takenOfShare}) order by sh."group")
      from shares sh where sh.session_id = p.session_id and sh.attendance = p.attendance), '[]') as shares
    from places p where p.session_id = any(${sessions}::uuid[]) order by p.session_id, p.attendance`.execute(db);
  return rows;
}

// For a draw

export async function setKept(db: Db, sessions: readonly SessionId[], window: string): Promise<void> {
  await sql`update places set kept_for = ${window} where session_id = any(${sessions}::uuid[])`.execute(db);
}

export async function sessionsKeptFor(db: Db, window: string): Promise<{ readonly id: SessionId; readonly code: string }[]> {
  const { rows } = await sql<{ id: SessionId; code: string }>`
    select s.id, s.code from sessions s where exists (select from places p where p.session_id = s.id and p.kept_for = ${window}) order by s.id`.execute(
    db,
  );
  return rows;
}

export async function letGoOf(db: Db, window: string, except: readonly SessionId[]): Promise<void> {
  await sql`update places set kept_for = null where kept_for = ${window} and session_id <> all(${except}::uuid[])`.execute(db);
}

export async function withRoomAndLine(db: Db, sessions: readonly SessionId[]): Promise<{ readonly id: SessionId; readonly code: string }[]> {
  const { rows } = await sql<{ id: SessionId; code: string }>`
    select distinct s.id, s.code from places p join sessions s on s.id = p.session_id
    where p.session_id = any(${sessions}::uuid[]) and p.waiting > 0 and (p.capacity is null or p.held < p.capacity) order by s.id`.execute(db);
  return rows;
}

/** How full each of these sessions is. */
export async function countsOfAll(db: Db, sessions: readonly SessionId[]): Promise<(CountsRow & { readonly session: SessionId })[]> {
  const { rows } = await sql<CountsRow & { session: SessionId }>`
    select p.session_id as session, p.attendance, p.capacity, p.waiting, p.held - coalesce(n.offered, 0) as held, coalesce(n.offered, 0) as offered,
      coalesce(n.checked_in, 0) as "checkedIn"
    from places p left join (
      select session_id, attendance, (count(*) filter (where standing = 'offered'))::integer as offered, count(checked_in_at)::integer as checked_in
      from seats where session_id = any(${sessions}::uuid[]) group by session_id, attendance) n on n.session_id = p.session_id and n.attendance = p.attendance
    where p.session_id = any(${sessions}::uuid[])`.execute(db);
  return rows;
}

export interface LineRow {
  readonly attendance: Attendance;
  readonly waiting: number;
  readonly isKept: boolean;
  readonly shares: readonly { readonly group: string; readonly most: number }[];
}

/** What everybody may know of a session's lines. */
export async function linesOf(db: Db, session: SessionId): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select p.attendance, p.waiting, p.kept_for is not null as "isKept", coalesce((
      select json_agg(json_build_object('group', sh."group", 'most', sh.most) order by sh."group")
      from shares sh where sh.session_id = p.session_id and sh.attendance = p.attendance), '[]') as shares
    from places p where p.session_id = ${session} order by p.attendance desc`.execute(db);
  return rows;
}

export async function codeOf(db: Db, session: SessionId): Promise<string | null> {
  const { rows } = await sql<{ code: string }>`select code from sessions where id = ${session}`.execute(db);
  return rows[0]?.code ?? null;
}
