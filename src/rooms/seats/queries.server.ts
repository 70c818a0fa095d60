import { sql, type Kysely } from 'kysely';
import type { DB } from '#ground/tables.ts';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { Attendance } from '#rooms/programme/session.ts';
import type { ChosenAs, Places, Seat, Standing } from './seat.ts';

type Db = Kysely<DB>;

/** Takes the session's line: until this transaction ends, nobody else claims or releases here. */
export async function lockPlaces(db: Db, session: SessionId): Promise<Places[]> {
  const { rows } = await sql<Places>`
    select attendance, capacity, held, waiting from places where session_id = ${session} order by attendance desc for update`.execute(db);
  return rows;
}

interface SeatRow {
  session: string;
  standing: Standing;
  attendance: Attendance;
  position: number | null;
  offered_until: Date | null;
  chosen_as: ChosenAs;
}

const seatOf = (row: SeatRow): Seat => ({
  session: row.session,
  standing: row.standing,
  attendance: row.attendance,
  position: row.position,
  offeredUntil: row.offered_until,
  chosenAs: row.chosen_as,
});

// The position is counted, not kept: who leaves the line then costs one row.
const seatRows = (which: ReturnType<typeof sql>) => sql<SeatRow>`
  select s.code as session, seat.standing, seat.attendance, seat.offered_until, seat.chosen_as,
    case when seat.standing = 'waiting' then (
      select count(*)::integer from seats before
      where before.session_id = seat.session_id and before.attendance = seat.attendance and before.standing = 'waiting' and before.arrival <= seat.arrival
    ) end as position
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

export async function seatsBeside(db: Db, session: SessionId, person: PersonId): Promise<Seat[]> {
  const { rows } = await seatRows(
    sql`seat.person_id = ${person} and s.id <> ${session} and s.edition_id = (select edition_id from sessions where id = ${session})`,
  ).execute(db);
  return rows.map(seatOf);
}

/** Writes the seat and counts it, in one statement; false when the session was cancelled or began since it was read. */
export async function seat(
  db: Db,
  claim: { session: SessionId; person: PersonId; attendance: Attendance; standing: 'held' | 'waiting'; chosenAs: ChosenAs; now: Date },
): Promise<boolean> {
  const held = claim.standing === 'held' ? 1 : 0;
  const { rows } = await sql`
    with counted as (
      update places set held = held + ${held}, waiting = waiting + ${1 - held}, arrivals = arrivals + 1
      where session_id = ${claim.session} and attendance = ${claim.attendance}
        and exists (select from sessions s where s.id = places.session_id and s.state <> 'cancelled' and (s.starts_at is null or s.starts_at > ${claim.now}))
      returning arrivals)
    insert into seats (session_id, person_id, attendance, standing, arrival, claimed_at, chosen_as)
    select ${claim.session}, ${claim.person}, ${claim.attendance}, ${claim.standing}, arrivals, ${claim.now}, ${claim.chosenAs} from counted
    returning session_id`.execute(db);
  return rows.length > 0;
}

/** Whether the session still takes people, and keeps it so until this transaction ends. */
export async function holdOpen(db: Db, session: SessionId, now: Date): Promise<boolean> {
  const { rows } = await sql`
    select id from sessions where id = ${session} and state <> 'cancelled' and (starts_at is null or starts_at > ${now}) for share`.execute(db);
  return rows.length > 0;
}

/** Takes the seat away and uncounts it; says what it was, or null when there was none. */
export async function unseat(db: Db, session: SessionId, person: PersonId): Promise<{ standing: Standing; attendance: Attendance } | null> {
  const { rows } = await sql<{ standing: Standing; attendance: Attendance }>`
    with gone as (delete from seats where session_id = ${session} and person_id = ${person} returning session_id, standing, attendance)
    update places set
      held = held - case when gone.standing = 'waiting' then 0 else 1 end,
      waiting = waiting - case when gone.standing = 'waiting' then 1 else 0 end
    from gone where places.session_id = gone.session_id and places.attendance = gone.attendance
    returning gone.standing, gone.attendance`.execute(db);
  return rows[0] ?? null;
}

/** The first so many of the line get their place; says who. */
export async function moveUp(db: Db, session: SessionId, attendance: Attendance, count: number): Promise<PersonId[]> {
  const { rows } = await sql<{ person_id: PersonId }>`
    with next as (
      update seats set standing = 'held'
      where session_id = ${session} and person_id in (
        select person_id from seats
        where session_id = ${session} and attendance = ${attendance} and standing = 'waiting'
        order by arrival limit ${count})
      returning person_id),
    counted as (
      update places set held = held + n, waiting = waiting - n
      from (select count(*)::integer as n from next) moved
      where session_id = ${session} and attendance = ${attendance})
    select person_id from next`.execute(db);
  return rows.map((row) => row.person_id);
}

/** The people with a place or a place in line. */
export async function holdersOf(db: Db, session: SessionId): Promise<PersonId[]> {
  const { rows } = await sql<{
    person_id: PersonId;
  }>`select person_id from seats where session_id = ${session} order by arrival, person_id limit 100000`.execute(db);
  return rows.map((row) => row.person_id);
}
