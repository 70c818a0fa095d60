// Every statement of the draw itself.
import { sql, type Kysely } from 'kysely';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Attendance, State, Visibility } from '#rooms/programme/session.ts';
import type { Held, Wished, Wisher } from './drawing.ts';
import type { Answered, Report, WindowId } from './window.ts';

type Db = Kysely<DB>;

/** A window whose draw is somebody's to make. */
export interface Claimed {
  readonly id: WindowId;
  readonly edition: EditionId;
  readonly wanted: number;
  readonly seed: string;
  readonly seedHash: string;
}

/** A draw that was not seen for so long is taken for dead. */
export const leaseSeconds = 30;

/**
 * Takes a closed window whose draw nobody makes now. Whoever is writing down a wish holds the window shared: such a window
 * is passed over for a moment, and from here on no wish is written any more.
 */
export async function takeClosed(db: Db, attempt: string, now: Date): Promise<Claimed | null> {
  const { rows } = await sql<Claimed>`
    update wish_windows set drawing_since = coalesce(drawing_since, ${now}), drawing_by = ${attempt}, drawing_seen_at = ${now}, progress = 0
    where id = (
      select id from wish_windows
      where closes_at <= ${now} and drawn_at is null and called_off_at is null
        and (drawing_seen_at is null or drawing_seen_at < ${now}::timestamptz - ${leaseSeconds} * interval '1 second')
      order by closes_at, id limit 1 for update skip locked)
    returning id, edition_id as edition, wanted, seed, seed_hash as "seedHash"`.execute(db);
  return rows[0] ?? null;
}

export async function markSeen(db: Db, window: WindowId, attempt: string, progress: number, now: Date): Promise<void> {
  await sql`update wish_windows set drawing_seen_at = ${now}, progress = ${progress} where id = ${window} and drawing_by = ${attempt} and drawn_at is null`.execute(
    db,
  );
}

export async function leave(db: Db, window: WindowId, attempt: string): Promise<void> {
  await sql`update wish_windows set drawing_seen_at = null, drawing_by = null where id = ${window} and drawing_by = ${attempt} and drawn_at is null`.execute(
    db,
  );
}

/** False when it is no longer this attempt's to write. */
export async function markDrawn(
  db: Db,
  window: WindowId,
  attempt: string,
  { inputHash, fileHash, report }: { readonly inputHash: string; readonly fileHash: string; readonly report: Report },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update wish_windows set drawn_at = ${now}, progress = 1, input_hash = ${inputHash}, file_hash = ${fileHash}, report = ${JSON.stringify(report)}::jsonb
    where id = ${window} and drawing_by = ${attempt} and drawn_at is null and called_off_at is null
    returning id`.execute(db);
  return rows.length > 0;
}

export async function forgetOutcome(db: Db, window: WindowId): Promise<void> {
  for (const table of ['draw_files', 'draw_items', 'draw_people', 'draw_places', 'draw_lines'])
    await sql`delete from ${sql.table(table)} where window_id = ${window}`.execute(db);
}

export async function sessionsOf(
  db: Db,
  window: WindowId,
): Promise<
  {
    readonly id: SessionId;
    readonly code: string;
    readonly start: Date | null;
    readonly end: Date | null;
    readonly state: State;
    readonly visibility: Visibility;
  }[]
> {
  const { rows } = await sql<{ id: SessionId; code: string; start: Date | null; end: Date | null; state: State; visibility: Visibility }>`
    select s.id, s.code, s.starts_at as start, s.ends_at as "end", s.state, s.visibility
    from wish_window_sessions ws join sessions s on s.id = ws.session_id
    where ws.window_id = ${window}
    order by s.starts_at nulls last, s.code limit 5000`.execute(db);
  return rows;
}

/** Per group how many places it takes up, where there are shares. */
export async function takenByGroups(
  db: Db,
  sessions: readonly SessionId[],
): Promise<{ readonly session: SessionId; readonly attendance: Attendance; readonly group: string; readonly taken: number }[]> {
  const { rows } = await sql<{ session: SessionId; attendance: Attendance; group: string; taken: number }>`
    select s.session_id as session, s.attendance, g."group", count(*)::integer as taken
    from seats s, unnest(s.groups) as g("group")
    where s.session_id = any(${sessions}::uuid[]) and s.standing <> 'waiting'
      and exists (select from shares sh where sh.session_id = s.session_id and sh.attendance = s.attendance)
    group by s.session_id, s.attendance, g."group"`.execute(db);
  return rows;
}

/** People with their wishes and what they have a place in, in the order of their random names. */
export async function wishersAfter(
  db: Db,
  window: WindowId,
  after: string,
  limit: number,
): Promise<(Omit<Wisher, 'groups'> & { readonly organisation: string | null })[]> {
  const { rows } = await sql<{
    person: PersonId;
    pseudonym: string;
    isInternal: boolean;
    organisation: string | null;
    wishes: [SessionId, Wished['strength'], Attendance | null][];
    held: [SessionId, string, string | null, string | null][];
  }>`
    with page as materialized (
      select person_id, pseudonym from wishers
      where window_id = ${window} and wishes > 0 and pseudonym collate "C" > ${after}
      order by pseudonym collate "C" limit ${limit}),
    wished as (
      select w.person_id, json_agg(json_build_array(w.session_id, w.strength, w.attendance) order by s.starts_at, s.code) as wishes
      from page join wishes w on w.window_id = ${window} and w.person_id = page.person_id join sessions s on s.id = w.session_id
      group by w.person_id),
    had as (
      select seat.person_id, json_agg(json_build_array(s.id, s.code, s.starts_at, s.ends_at) order by s.starts_at, s.code) as held
      from page join seats seat on seat.person_id = page.person_id and seat.standing <> 'waiting'
      join sessions s on s.id = seat.session_id and s.state <> 'cancelled' and s.edition_id = (select edition_id from wish_windows where id = ${window})
      group by seat.person_id)
    select page.person_id as person, page.pseudonym, p.is_internal as "isInternal", o.slug as organisation, wished.wishes, coalesce(had.held, '[]') as held
    from page
    join wished on wished.person_id = page.person_id
    join people p on p.id = page.person_id
    left join organisations o on o.id = p.organisation_id
    left join had on had.person_id = page.person_id
    order by page.pseudonym collate "C"`.execute(db);
  const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return rows.map(({ wishes, held, ...row }) => ({
    ...row,
    wishes: wishes.map(([session, strength, attendance]): Wished => ({ session, strength, attendance })),
    held: held.map(([session, code, start, end]): Held => ({ session, code, start: moment(start), end: moment(end) })),
  }));
}

export interface ItemRow {
  readonly session: SessionId;
  readonly attendance: Attendance;
  readonly places: number;
  readonly wished: number;
  readonly given: number;
  readonly line: number;
  readonly price: number;
}

export async function insertItems(db: Db, window: WindowId, rows: readonly ItemRow[]): Promise<void> {
  await sql`
    insert into draw_items (window_id, session_id, attendance, places, wished, given, line, price)
    select ${window}, session, attendance, places, wished, given, line, price
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new (session uuid, attendance text, places integer, wished integer, given integer, line integer, price double precision)`.execute(
    db,
  );
}

export async function insertPeople(
  db: Db,
  window: WindowId,
  rows: readonly { readonly person: PersonId; readonly share: number; readonly why: readonly Answered[] }[],
): Promise<void> {
  await sql`
    insert into draw_people (window_id, person_id, share, why)
    select ${window}, person, share, why from unnest(${rows.map(({ person }) => person)}::uuid[], ${rows.map(({ share }) => share)}::double precision[],
      ${rows.map(({ why }) => JSON.stringify(why))}::jsonb[]) as new (person, share, why)
    where exists (select from people p where p.id = person)`.execute(db);
}

interface Given {
  readonly person: PersonId;
  readonly session: SessionId;
  readonly attendance: Attendance;
}

export async function insertPlaces(db: Db, window: WindowId, rows: readonly Given[]): Promise<void> {
  await sql`
    insert into draw_places (window_id, session_id, person_id, attendance)
    select ${window}, session, person, attendance from unnest(${rows.map(({ session }) => session)}::uuid[], ${rows.map(({ person }) => person)}::uuid[],
      ${rows.map(({ attendance }) => attendance)}::text[]) as new (session, person, attendance)
    where exists (select from people p where p.id = person)`.execute(db);
}

export async function insertLines(db: Db, window: WindowId, rows: readonly (Given & { readonly nth: number })[]): Promise<void> {
  await sql`
    insert into draw_lines (window_id, session_id, person_id, attendance, nth)
    select ${window}, session, person, attendance, nth from unnest(${rows.map(({ session }) => session)}::uuid[], ${rows.map(({ person }) => person)}::uuid[],
      ${rows.map(({ attendance }) => attendance)}::text[], ${rows.map(({ nth }) => nth)}::integer[]) as new (session, person, attendance, nth)
    where exists (select from people p where p.id = person)`.execute(db);
}

export async function insertFile(db: Db, window: WindowId, content: Uint8Array): Promise<void> {
  await sql`insert into draw_files (window_id, content) values (${window}, ${Buffer.from(content)})`.execute(db);
}
