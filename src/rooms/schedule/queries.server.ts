import { sql, type Kysely } from 'kysely';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Text } from '#ground/text.ts';
import type { Format, State, Visibility } from '#rooms/programme/session.ts';
import type { BoardChangeId, OnBoard, Slot, SlotId, Span, Venue, VenueId } from './board.ts';

type Db = Kysely<DB>;

/** Whoever changes something on a board holds it until done: one at a time. */
export async function holdBoard(db: Db, edition: EditionId): Promise<void> {
  await sql`select from editions where id = ${edition} for no key update`.execute(db);
}

// Venues and slots

export async function venuesOf(db: Db, edition: EditionId): Promise<Venue[]> {
  const { rows } = await sql<Venue>`
    select id, name, kind, capacity, address, is_step_free as "isStepFree", position, revision from venues
    where edition_id = ${edition} and removed_at is null order by position, id limit 500`.execute(db);
  return rows;
}

export type TypedVenue = Pick<Venue, 'name' | 'kind' | 'capacity' | 'address' | 'isStepFree'>;

/** False when there is one of this name, also when it was removed. */
export async function insertVenue(db: Db, id: VenueId, edition: EditionId, it: TypedVenue): Promise<boolean> {
  const { rows } = await sql`
    insert into venues (id, edition_id, name, kind, capacity, address, is_step_free, position)
    select ${id}, ${edition}, ${it.name}, ${it.kind}, ${it.capacity}, ${it.address}, ${it.isStepFree}, coalesce(max(position) + 1, 0) from venues where edition_id = ${edition}
    on conflict (edition_id, name) do nothing returning id`.execute(db);
  return rows.length > 0;
}

export async function venueNamed(db: Db, edition: EditionId, name: string): Promise<{ readonly id: VenueId; readonly isRemoved: boolean } | null> {
  const { rows } = await sql<{ id: VenueId; isRemoved: boolean }>`
    select id, removed_at is not null as "isRemoved" from venues where edition_id = ${edition} and name = ${name}`.execute(db);
  return rows[0] ?? null;
}

/** False when it changed since. */
export async function updateVenue(db: Db, edition: EditionId, id: VenueId, revision: number, it: TypedVenue): Promise<boolean> {
  const { rows } = await sql`
    update venues set name = ${it.name}, kind = ${it.kind}, capacity = ${it.capacity}, address = ${it.address}, is_step_free = ${it.isStepFree}, revision = revision + 1
    where id = ${id} and edition_id = ${edition} and revision = ${revision} and removed_at is null returning id`.execute(db);
  return rows.length > 0;
}

/** Out of sight, or back in it; says its name when that changed something. */
export async function setVenueRemoved(db: Db, edition: EditionId, id: VenueId, at: Date | null): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    update venues set removed_at = ${at}, revision = revision + 1
    where id = ${id} and edition_id = ${edition} and (removed_at is null) <> (${at}::timestamptz is null) returning name`.execute(db);
  return rows[0]?.name ?? null;
}

export async function removedVenueName(db: Db, edition: EditionId, id: VenueId): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from venues where id = ${id} and edition_id = ${edition} and removed_at is not null`.execute(db);
  return rows[0]?.name ?? null;
}

export async function slotsOf(db: Db, edition: EditionId): Promise<Slot[]> {
  const { rows } = await sql<Slot>`
    select id, starts_at as start, ends_at as end, is_open as "isOpen" from slots where edition_id = ${edition} order by starts_at, ends_at limit 3000`.execute(
    db,
  );
  return rows;
}

/** Those that were there already stay as they are; answers how many are new. */
export async function insertSlots(
  db: Db,
  edition: EditionId,
  slots: readonly (Span & { readonly id: SlotId; readonly isOpen: boolean })[],
): Promise<number> {
  const { rows } = await sql`
    insert into slots (id, edition_id, starts_at, ends_at, is_open)
    select id, ${edition}, starts_at, ends_at, is_open
    from jsonb_to_recordset(${JSON.stringify(slots.map(({ id, start, end, isOpen }) => ({ id, starts_at: start, ends_at: end, is_open: isOpen })))}::jsonb)
      as s(id uuid, starts_at timestamptz, ends_at timestamptz, is_open boolean)
    on conflict (edition_id, starts_at, ends_at) do nothing returning id`.execute(db);
  return rows.length;
}

export async function deleteSlots(db: Db, edition: EditionId, ids: readonly string[]): Promise<Slot[]> {
  const { rows } = await sql<Slot>`
    delete from slots where edition_id = ${edition} and id = any(${ids}::uuid[]) returning id, starts_at as start, ends_at as end, is_open as "isOpen"`.execute(
    db,
  );
  return rows;
}

export async function setSlotsOpen(db: Db, edition: EditionId, ids: readonly string[], isOpen: boolean): Promise<number> {
  const { rows } = await sql`
    update slots set is_open = ${isOpen} where edition_id = ${edition} and id = any(${ids}::uuid[]) and is_open <> ${isOpen} returning id`.execute(
    db,
  );
  return rows.length;
}

// The board

interface BoardRow {
  id: SessionId;
  code: string;
  title: Text;
  state: State;
  visibility: Visibility;
  format: Format;
  themes: string[];
  organisations: string[];
  speakers: string[];
  starts_at: Date | null;
  ends_at: Date | null;
  location: string | null;
  known_venue: VenueId | null;
  is_drafted: boolean;
  draft_start: Date | null;
  draft_end: Date | null;
  venue_id: VenueId | null;
  is_pinned: boolean | null;
  revision: number | null;
  on_site: number | null;
  online: number | null;
}

/** Every session that can be on the board, by where it is meant to be; `only` these, when that is asked. */
export async function onBoard(db: Db, edition: EditionId, only: readonly SessionId[] | null = null): Promise<OnBoard[]> {
  const { rows } = await sql<BoardRow>`
    select s.id, s.code, s.title, s.state, s.visibility, s.format, s.speakers, s.starts_at, s.ends_at, s.location, v.id as known_venue,
      p.session_id is not null as is_drafted, p.starts_at as draft_start, p.ends_at as draft_end, p.venue_id, p.is_pinned, p.revision,
      ps.capacity as on_site, po.capacity as online,
      array(select t.slug from session_themes st join themes t on t.id = st.theme_id where st.session_id = s.id order by st.position) as themes,
      array(select o.slug from session_organisations so join organisations o on o.id = so.organisation_id where so.session_id = s.id order by so.position) as organisations
    from sessions s
    left join placements p on p.session_id = s.id
    left join venues v on v.edition_id = s.edition_id and v.name = s.location and v.removed_at is null
    join places ps on ps.session_id = s.id and ps.attendance = 'onSite'
    join places po on po.session_id = s.id and po.attendance = 'online'
    where s.edition_id = ${edition} and s.state in ('accepted', 'scheduled', 'published', 'cancelled')
      and (${only === null} or s.id = any(${only ?? []}::uuid[]))
    order by coalesce(p.starts_at, s.starts_at) nulls last, s.id limit 5000`.execute(db);
  return rows.map(seen);
}

function seen(row: BoardRow): OnBoard {
  const isTold = row.state === 'published' || row.state === 'cancelled';
  const [start, end, venue] = row.is_drafted ? [row.draft_start, row.draft_end, row.venue_id] : [row.starts_at, row.ends_at, row.known_venue];
  return {
    id: row.id,
    code: row.code,
    title: row.title,
    state: row.state,
    visibility: row.visibility,
    format: row.format,
    themes: row.themes,
    organisations: row.organisations,
    speakers: row.speakers,
    spot: start && end && { start, end, venue },
    isPinned: row.is_pinned ?? false,
    revision: row.revision ?? 0,
    told: isTold ? { start: row.starts_at, end: row.ends_at, place: row.location } : null,
    location: row.location,
    onSite: row.on_site,
    online: row.online,
  };
}

export async function unavailableOf(db: Db, edition: EditionId): Promise<(Span & { readonly session: SessionId })[]> {
  const { rows } = await sql<Span & { session: SessionId }>`
    select u.session_id as session, u.starts_at as start, u.ends_at as end
    from unavailable u join sessions s on s.id = u.session_id
    where s.edition_id = ${edition} order by u.session_id, u.starts_at, u.ends_at limit 20000`.execute(db);
  return rows;
}

export async function hostsOf(db: Db, edition: EditionId): Promise<{ readonly session: SessionId; readonly person: PersonId }[]> {
  const { rows } = await sql<{ session: SessionId; person: PersonId }>`
    select s.id as session, r.person_id as person from roles r join sessions s on s.code = r.scope
    where r.role = 'host' and s.edition_id = ${edition} order by s.id, r.person_id limit 20000`.execute(db);
  return rows;
}

export interface StoredDraft {
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly venue: VenueId | null;
  readonly isPinned: boolean;
}
export interface StoredMove {
  readonly session: SessionId;
  /** Null: it was where its own columns say. */
  readonly before: StoredDraft | null;
  readonly after: StoredDraft | null;
}

/** What stands in the draft of these sessions; who is not in it is where its own columns say. */
export async function draftsOf(db: Db, sessions: readonly SessionId[]): Promise<ReadonlyMap<SessionId, StoredDraft>> {
  const { rows } = await sql<{ session_id: SessionId; starts_at: Date | null; ends_at: Date | null; venue_id: VenueId | null; is_pinned: boolean }>`
    select session_id, starts_at, ends_at, venue_id, is_pinned from placements where session_id = any(${sessions}::uuid[])`.execute(db);
  return new Map(
    rows.map(({ session_id, starts_at, ends_at, venue_id, is_pinned }) => [
      session_id,
      { startsAt: starts_at?.toISOString() ?? null, endsAt: ends_at?.toISOString() ?? null, venue: venue_id, isPinned: is_pinned },
    ]),
  );
}

export async function putDrafts(
  db: Db,
  edition: EditionId,
  drafts: readonly (StoredDraft & { readonly session: SessionId })[],
  by: PersonId | null,
  now: Date,
): Promise<void> {
  if (drafts.length === 0) return;
  await sql`
    insert into placements (session_id, edition_id, starts_at, ends_at, venue_id, is_pinned, placed_by, placed_at, revision)
    select session, ${edition}, "startsAt", "endsAt", venue, "isPinned", ${by}, ${now}, 1
    from jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb) as d(session uuid, "startsAt" timestamptz, "endsAt" timestamptz, venue uuid, "isPinned" boolean)
    on conflict (session_id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, venue_id = excluded.venue_id, is_pinned = excluded.is_pinned,
      placed_by = excluded.placed_by, placed_at = excluded.placed_at, revision = placements.revision + 1`.execute(db);
}

export async function dropDrafts(db: Db, sessions: readonly SessionId[]): Promise<void> {
  if (sessions.length > 0) await sql`delete from placements where session_id = any(${sessions}::uuid[])`.execute(db);
}

export async function lastPlacedBy(db: Db, session: SessionId): Promise<{ readonly email: string | null; readonly at: Date } | null> {
  const { rows } = await sql<{ email: string | null; at: Date }>`
    select h.email, p.placed_at as at from placements p left join people h on h.id = p.placed_by where p.session_id = ${session}`.execute(db);
  return rows[0] ?? null;
}

export async function insertBoardChange(
  db: Db,
  made: { id: BoardChangeId; edition: EditionId; by: PersonId | null; at: Date; moves: readonly StoredMove[] },
): Promise<void> {
  await sql`
    insert into board_changes (id, edition_id, made_by, made_at, moves)
    values (${made.id}, ${made.edition}, ${made.by}, ${made.at}, ${JSON.stringify(made.moves)})`.execute(db);
}

export interface StoredChange {
  readonly id: BoardChangeId;
  readonly madeAt: Date;
  readonly moves: readonly StoredMove[];
}

/** The visitor's newest change that stands. */
export async function lastChange(db: Db, edition: EditionId, by: PersonId): Promise<StoredChange | null> {
  const { rows } = await sql<StoredChange>`
    select id, made_at as "madeAt", moves from board_changes
    where edition_id = ${edition} and made_by = ${by} and undone_at is null order by id desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** The visitor's oldest change that they took back after the newest one that stands. */
export async function lastUndone(db: Db, edition: EditionId, by: PersonId): Promise<StoredChange | null> {
  const { rows } = await sql<StoredChange>`
    select id, made_at as "madeAt", moves from board_changes
    where edition_id = ${edition} and made_by = ${by} and undone_at is not null
      and id > coalesce((select id from board_changes where edition_id = ${edition} and made_by = ${by} and undone_at is null order by id desc limit 1),
        '00000000-0000-0000-0000-000000000000')
    order by id limit 1`.execute(db);
  return rows[0] ?? null;
}

export async function setUndone(db: Db, id: BoardChangeId, at: Date | null): Promise<void> {
  await sql`update board_changes set undone_at = ${at} where id = ${id}`.execute(db);
}

// Hosts

export async function unavailableFor(db: Db, session: SessionId): Promise<Span[]> {
  const { rows } = await sql<Span>`
    select starts_at as start, ends_at as end from unavailable where session_id = ${session} order by starts_at, ends_at limit 200`.execute(db);
  return rows;
}

export async function insertUnavailable(db: Db, session: SessionId, { start, end }: Span): Promise<boolean> {
  const { rows } = await sql`
    insert into unavailable (session_id, starts_at, ends_at) values (${session}, ${start}, ${end})
    on conflict do nothing returning session_id`.execute(db);
  return rows.length > 0;
}

export async function deleteUnavailable(db: Db, session: SessionId, { start, end }: Span): Promise<boolean> {
  const { rows } = await sql`
    delete from unavailable where session_id = ${session} and starts_at = ${start} and ends_at = ${end} returning session_id`.execute(db);
  return rows.length > 0;
}

// Releases

export interface StoredTold {
  readonly start: string | null;
  readonly end: string | null;
  readonly place: string | null;
}
export interface StoredReleaseChange {
  readonly code: string;
  readonly was: StoredTold | null;
  readonly is: StoredTold | null;
}
export interface StoredRelease {
  readonly id: string;
  readonly number: number;
  readonly releasedAt: Date;
  readonly by: string | null;
  readonly changes: readonly StoredReleaseChange[];
}

export async function lastRelease(db: Db, edition: EditionId): Promise<StoredRelease | null> {
  return (await releasesOf(db, edition, 1))[0] ?? null;
}

export async function releasesOf(db: Db, edition: EditionId, limit: number): Promise<StoredRelease[]> {
  const { rows } = await sql<StoredRelease>`
    select r.id, r.number, r.released_at as "releasedAt", h.email as by, r.changes
    from releases r left join people h on h.id = r.released_by
    where r.edition_id = ${edition} order by r.number desc limit ${limit}`.execute(db);
  return rows;
}

export async function insertRelease(
  db: Db,
  made: { id: string; edition: EditionId; number: number; at: Date; by: PersonId | null; changes: readonly StoredReleaseChange[] },
): Promise<void> {
  await sql`
    insert into releases (id, edition_id, number, released_at, released_by, changes)
    values (${made.id}, ${made.edition}, ${made.number}, ${made.at}, ${made.by}, ${JSON.stringify(made.changes)})`.execute(db);
}

/** What was told in each release, of the sessions that a reader may see; a release of which they see nothing is not there. */
export async function publicReleases(
  db: Db,
  edition: EditionId,
  internal: boolean,
  limit: number,
): Promise<{ readonly releasedAt: Date; readonly changes: readonly (StoredReleaseChange & { readonly title: Text })[] }[]> {
  const { rows } = await sql<{ releasedAt: Date; changes: (StoredReleaseChange & { title: Text })[] }>`
    select r.released_at as "releasedAt", jsonb_agg(c.change || jsonb_build_object('title', s.title) order by c.nth) as changes
    from releases r
    cross join lateral jsonb_array_elements(r.changes) with ordinality as c(change, nth)
    join sessions s on s.code = c.change ->> 'code' and s.edition_id = r.edition_id
      and s.state in ('published', 'cancelled') and (s.visibility = 'public' or ${internal})
    where r.edition_id = ${edition}
    group by r.id, r.number, r.released_at order by r.number desc limit ${limit}`.execute(db);
  return rows;
}

export async function codesWithId(db: Db, edition: EditionId, code: string): Promise<SessionId | null> {
  const { rows } = await sql<{ id: SessionId }>`select id from sessions where code = ${code} and edition_id = ${edition}`.execute(db);
  return rows[0]?.id ?? null;
}
