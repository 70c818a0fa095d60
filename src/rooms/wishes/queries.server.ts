import { sql, type Kysely } from 'kysely';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Attendance, State } from '#rooms/programme/session.ts';
import type { Answered, Moments, Report, Reviewed, WindowId } from './window.ts';
import type { Strength, Wish } from './wish.ts';

type Db = Kysely<DB>;

// Windows

/** A window with everything that is known of it, also what is not told yet. */
export interface WindowRow extends Moments {
  readonly id: WindowId;
  readonly edition: string;
  readonly editionId: EditionId;
  readonly isAll: boolean;
  /** Codes of those that the reader may see; null when it is about all of the edition. */
  readonly sessions: readonly string[] | null;
  readonly wanted: number;
  readonly seed: string;
  readonly seedHash: string;
  readonly inputHash: string | null;
  readonly fileHash: string | null;
  readonly progress: number;
  readonly report: Report | null;
}

/** Who may see what: internal sessions only civil servants, and who leads the edition (its slug; '*' is all). */
export interface Eyes {
  readonly internal: boolean;
  readonly leads: readonly string[];
}

const isSeen = ({ internal, leads }: Eyes) => sql`(s.visibility = 'public' or ${internal || leads.includes('*')} or e.slug = any(${leads}::text[]))`;

/** A window of which somebody may see no session does not exist for them. */
const windowRows = (eyes: Eyes, which: ReturnType<typeof sql>) => sql<WindowRow>`
  select w.id, e.slug as edition, w.edition_id as "editionId", w.is_all as "isAll", w.opens_at as "opensAt", w.closes_at as "closesAt",
    w.wanted, w.seed, w.seed_hash as "seedHash", w.input_hash as "inputHash", w.file_hash as "fileHash", w.progress, w.report,
    w.drawing_since as "drawingSince", w.drawn_at as "drawnAt", w.confirmed_at as "confirmedAt", w.called_off_at as "calledOffAt",
    case when not w.is_all then seen.codes end as sessions
  from wish_windows w
  join editions e on e.id = w.edition_id
  cross join lateral (
    select array_agg(s.code order by s.starts_at nulls last, s.code) as codes
    from wish_window_sessions ws join sessions s on s.id = ws.session_id
    where ws.window_id = w.id and ${isSeen(eyes)}) seen
  where seen.codes is not null and ${which}
  order by w.opens_at desc, w.id desc limit 200`;

export async function windowsOf(db: Db, edition: EditionId, eyes: Eyes): Promise<WindowRow[]> {
  return (await windowRows(eyes, sql`w.edition_id = ${edition}`).execute(db)).rows;
}

export async function windowById(db: Db, id: string, eyes: Eyes): Promise<WindowRow | null> {
  return (await windowRows(eyes, sql`w.id = ${id}`).execute(db)).rows[0] ?? null;
}

/** The window that a session's places wait for, when the reader may see that session. */
export async function windowOfSession(db: Db, code: string, eyes: Eyes): Promise<WindowRow | null> {
  const { rows } = await windowRows(
    eyes,
    sql`w.id = (
      select ws.window_id from wish_window_sessions ws join sessions s on s.id = ws.session_id join editions e on e.id = s.edition_id
      where ws.is_live and s.code = ${code} and s.state in ('published', 'cancelled') and ${isSeen(eyes)})`,
  ).execute(db);
  return rows[0] ?? null;
}

/** From here on nobody else changes, draws or confirms this window until the transaction ends. */
export async function lockWindow(db: Db, id: string): Promise<void> {
  await sql`select id from wish_windows where id = ${id} for update`.execute(db);
}

export interface Candidate {
  readonly id: SessionId;
  readonly code: string;
  readonly start: Date;
  readonly state: State;
}

/** Published sessions of an edition that have a time: these codes, or all. */
export async function candidates(db: Db, edition: EditionId, codes: readonly string[] | null): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select id, code, starts_at as start, state from sessions
    where edition_id = ${edition} and state = 'published' and starts_at is not null and ${codes === null ? sql`true` : sql`code = any(${codes})`}
    order by starts_at, id limit 5000`.execute(db);
  return rows;
}

/** Those of these sessions that wait for another window already. */
export async function inOtherWindows(db: Db, sessions: readonly SessionId[], window: WindowId): Promise<SessionId[]> {
  const { rows } = await sql<{ id: SessionId }>`
    select session_id as id from wish_window_sessions where is_live and session_id = any(${sessions}::uuid[]) and window_id <> ${window}`.execute(db);
  return rows.map(({ id }) => id);
}

export interface NewWindow {
  readonly id: WindowId;
  readonly edition: EditionId;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly isAll: boolean;
  readonly wanted: number;
}

/** False when it was there already. */
export async function insertWindow(db: Db, window: NewWindow, seed: string, seedHash: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into wish_windows (id, edition_id, opens_at, closes_at, is_all, wanted, seed, seed_hash, created_at)
    values (${window.id}, ${window.edition}, ${window.opensAt}, ${window.closesAt}, ${window.isAll}, ${window.wanted}, ${seed}, ${seedHash}, ${now})
    on conflict (id) do nothing returning id`.execute(db);
  return rows.length > 0;
}

export async function updateWindow(db: Db, { id, opensAt, closesAt, isAll, wanted }: Omit<NewWindow, 'edition'>): Promise<void> {
  await sql`update wish_windows set opens_at = ${opensAt}, closes_at = ${closesAt}, is_all = ${isAll}, wanted = ${wanted} where id = ${id}`.execute(
    db,
  );
}

export async function setSessions(db: Db, window: WindowId, sessions: readonly SessionId[]): Promise<void> {
  await sql`delete from wish_window_sessions where window_id = ${window}`.execute(db);
  await sql`insert into wish_window_sessions (window_id, session_id) select ${window}, id from unnest(${sessions}::uuid[]) as id`.execute(db);
}

/** When the first session of a window starts. */
export async function firstStart(db: Db, window: WindowId): Promise<Date | null> {
  const { rows } = await sql<{ first: Date | null }>`
    select min(s.starts_at) as first from wish_window_sessions ws join sessions s on s.id = ws.session_id
    where ws.window_id = ${window} and s.state <> 'cancelled'`.execute(db);
  return rows[0]?.first ?? null;
}

export async function setClosing(db: Db, window: WindowId, closesAt: Date): Promise<void> {
  await sql`update wish_windows set closes_at = ${closesAt} where id = ${window}`.execute(db);
}

export async function setCalledOff(db: Db, window: WindowId, now: Date): Promise<void> {
  await sql`update wish_windows set called_off_at = ${now} where id = ${window}`.execute(db);
  await endLife(db, window);
}

export async function setConfirmed(db: Db, window: WindowId, now: Date): Promise<void> {
  await sql`update wish_windows set confirmed_at = ${now} where id = ${window}`.execute(db);
  await endLife(db, window);
}

const endLife = async (db: Db, window: WindowId): Promise<void> =>
  void (await sql`update wish_window_sessions set is_live = false where window_id = ${window}`.execute(db));

/** The outcome does not count any more: the draw is to be made again. */
export async function setUndrawn(db: Db, window: WindowId): Promise<void> {
  await sql`update wish_windows set drawn_at = null, drawing_by = null, drawing_seen_at = null, progress = 0 where id = ${window}`.execute(db);
}

// Wishes

/** What a wish for a session would meet. */
export interface Wishable {
  readonly session: SessionId;
  readonly state: State;
  readonly onSite: number | null;
  readonly online: number | null;
  readonly window: (Moments & { readonly id: WindowId }) | null;
  /** How many wishes the person has in that window, and what they wish here. */
  readonly count: number;
  readonly strength: Strength | null;
  readonly attendance: Attendance | null;
}

/** One session with its window and what the person wishes there, in one round trip; null when they may not see it. */
export async function wishable(db: Db, code: string, person: PersonId, internal: boolean): Promise<Wishable | null> {
  const { rows } = await sql<Omit<Wishable, 'window'> & Moments & { id: WindowId | null }>`
    select s.id as session, s.state, ps.capacity as "onSite", po.capacity as online, w.id, w.opens_at as "opensAt", w.closes_at as "closesAt",
      w.drawing_since as "drawingSince", w.drawn_at as "drawnAt", w.confirmed_at as "confirmedAt", w.called_off_at as "calledOffAt",
      coalesce(wr.wishes, 0) as count, wi.strength, wi.attendance
    from sessions s
    join places ps on ps.session_id = s.id and ps.attendance = 'onSite'
    join places po on po.session_id = s.id and po.attendance = 'online'
    left join wish_window_sessions ws on ws.session_id = s.id and ws.is_live
    left join wish_windows w on w.id = ws.window_id
    left join wishers wr on wr.window_id = w.id and wr.person_id = ${person}
    left join wishes wi on wi.window_id = w.id and wi.person_id = ${person} and wi.session_id = s.id
    where s.code = ${code} and s.state in ('published', 'cancelled') and (s.visibility = 'public' or ${internal})`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { id, opensAt, closesAt, drawingSince, drawnAt, confirmedAt, calledOffAt, ...rest } = row;
  return { ...rest, window: id && { id, opensAt, closesAt, drawingSince, drawnAt, confirmedAt, calledOffAt } };
}

export interface NewWish {
  readonly window: WindowId;
  readonly person: PersonId;
  readonly session: SessionId;
  readonly strength: Strength;
  readonly attendance: Attendance | null;
  readonly pseudonym: string;
}

// Holding the window shared (`for share`) makes the draw wait for this wish, or this wish see that the draw has begun.

/** Writes a wish and counts it, in one statement; null when the window closed meanwhile. */
export async function putWish(db: Db, wish: NewWish, now: Date): Promise<{ readonly isNew: boolean } | null> {
  const { rows } = await sql<{ isNew: boolean }>`
    with open as (
      select id from wish_windows
      where id = ${wish.window} and opens_at <= ${now} and closes_at > ${now} and drawing_since is null and called_off_at is null for share),
    put as (
      insert into wishes (window_id, person_id, session_id, strength, attendance, wished_at)
      select id, ${wish.person}, ${wish.session}, ${wish.strength}, ${wish.attendance}, ${now} from open
      on conflict (window_id, person_id, session_id) do update set strength = excluded.strength, attendance = excluded.attendance, wished_at = excluded.wished_at
      returning window_id, person_id, (xmax = 0) as is_new),
    counted as (
      insert into wishers (window_id, person_id, pseudonym, wishes)
      select window_id, person_id, ${wish.pseudonym}, 1 from put where is_new
      on conflict (window_id, person_id) do update set wishes = wishers.wishes + 1)
    select is_new as "isNew" from put`.execute(db);
  return rows[0] ?? null;
}

/** Takes a wish back and uncounts it; false when the window closed meanwhile. */
export async function deleteWish(db: Db, window: WindowId, person: PersonId, session: SessionId, now: Date): Promise<boolean> {
  const { rows } = await sql`
    with open as (
      select id from wish_windows
      where id = ${window} and opens_at <= ${now} and closes_at > ${now} and drawing_since is null and called_off_at is null for share),
    gone as (
      delete from wishes using open where window_id = open.id and person_id = ${person} and session_id = ${session}
      returning window_id, person_id),
    counted as (
      update wishers set wishes = wishers.wishes - 1 from gone where wishers.window_id = gone.window_id and wishers.person_id = gone.person_id)
    select id from open`.execute(db);
  return rows.length > 0;
}

/** Somebody's wishes in an edition that wait for a draw or its confirmation, by time. */
export async function wishesOfPerson(db: Db, edition: EditionId, person: PersonId, internal: boolean): Promise<Wish[]> {
  const { rows } = await sql<Wish>`
    select s.code as session, wi.strength, wi.attendance
    from wishes wi
    join wish_windows w on w.id = wi.window_id
    join sessions s on s.id = wi.session_id
    where wi.person_id = ${person} and w.edition_id = ${edition} and w.confirmed_at is null and w.called_off_at is null
      and s.state in ('published', 'cancelled') and (s.visibility = 'public' or ${internal})
    order by s.starts_at nulls last, s.code limit 2000`.execute(db);
  return rows;
}

/** Everybody who wishes in a window. */
export async function wishersOf(db: Db, window: string): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select person_id as person from wishers where window_id = ${window} and wishes > 0 order by person_id`.execute(db);
  return rows.map(({ person }) => person);
}

/** How many people wish in a window, and how much together. */
export async function tallyOf(db: Db, window: WindowId): Promise<{ readonly people: number; readonly wishes: number }> {
  const { rows } = await sql<{ people: number; wishes: number }>`
    select count(*)::integer as people, coalesce(sum(wishes), 0)::integer as wishes from wishers where window_id = ${window} and wishes > 0`.execute(
    db,
  );
  return rows[0]!;
}

// What came of it

export async function outcomeOfPerson(
  db: Db,
  window: WindowId,
  person: PersonId,
): Promise<{ readonly pseudonym: string | null; readonly share: number; readonly why: readonly Answered[] } | null> {
  const { rows } = await sql<{ pseudonym: string | null; share: number; why: Answered[] }>`
    select wr.pseudonym, d.share, d.why from draw_people d
    join wishers wr on wr.window_id = d.window_id and wr.person_id = d.person_id
    where d.window_id = ${window} and d.person_id = ${person}`.execute(db);
  return rows[0] ?? null;
}

/** Those of these codes that somebody may see. */
export async function visibleAmong(db: Db, codes: readonly string[], internal: boolean): Promise<Set<string>> {
  const { rows } = await sql<{ code: string }>`
    select code from sessions where code = any(${codes}) and state in ('published', 'cancelled') and (visibility = 'public' or ${internal})`.execute(
    db,
  );
  return new Set(rows.map(({ code }) => code));
}

export interface DrawnRow {
  readonly session: SessionId;
  readonly person: PersonId;
  readonly attendance: Attendance;
  readonly isInternal: boolean;
  readonly organisation: string | null;
}

export async function drawnPlaces(db: Db, window: WindowId): Promise<DrawnRow[]> {
  const { rows } = await sql<DrawnRow>`
    select d.session_id as session, d.person_id as person, d.attendance, p.is_internal as "isInternal", o.slug as organisation
    from draw_places d join people p on p.id = d.person_id left join organisations o on o.id = p.organisation_id
    where d.window_id = ${window} order by d.session_id, d.person_id`.execute(db);
  return rows;
}

export async function drawnLines(db: Db, window: WindowId): Promise<DrawnRow[]> {
  const { rows } = await sql<DrawnRow>`
    select d.session_id as session, d.person_id as person, d.attendance, p.is_internal as "isInternal", o.slug as organisation
    from draw_lines d join people p on p.id = d.person_id left join organisations o on o.id = p.organisation_id
    where d.window_id = ${window} order by d.session_id, d.attendance, d.nth`.execute(db);
  return rows;
}

/** One page of the sessions of a window by time, from behind the one with a code, with what is wished and drawn. */
export async function reviewOf(db: Db, window: WindowId, after: string | null, limit: number): Promise<Reviewed[]> {
  const { rows } = await sql<Reviewed>`
    select s.code as session, w.wished, w.must, coalesce(d.ways, '[]') as ways
    from wish_window_sessions ws
    join sessions s on s.id = ws.session_id
    cross join lateral (
      select count(*)::integer as wished, (count(*) filter (where wi.strength = 'must'))::integer as must
      from wishes wi where wi.window_id = ws.window_id and wi.session_id = ws.session_id) w
    left join lateral (
      select json_agg(json_build_object('attendance', i.attendance, 'places', i.places, 'wished', i.wished, 'given', i.given, 'line', i.line, 'price', i.price)
        order by i.attendance desc) as ways
      from draw_items i join wish_windows w on w.id = i.window_id and w.drawn_at is not null
      where i.window_id = ws.window_id and i.session_id = ws.session_id) d on true
    where ws.window_id = ${window} and ${
      after === null
        ? sql`true`
        : sql`(coalesce(s.starts_at, 'infinity'), s.code) > (select coalesce(x.starts_at, 'infinity'), x.code from sessions x where x.code = ${after})`
    }
    order by coalesce(s.starts_at, 'infinity'), s.code limit ${limit}`.execute(db);
  return rows;
}

// The file

export async function fileOf(db: Db, window: WindowId): Promise<Buffer | null> {
  const { rows } = await sql<{ content: Buffer }>`
    select f.content from draw_files f join wish_windows w on w.id = f.window_id and w.drawn_at is not null where f.window_id = ${window}`.execute(
    db,
  );
  return rows[0]?.content ?? null;
}

export async function setAuditLink(db: Db, window: WindowId, secretHash: string, until: Date): Promise<void> {
  await sql`
    insert into audit_links (window_id, secret_hash, expires_at) values (${window}, ${secretHash}, ${until})
    on conflict (window_id) do update set secret_hash = excluded.secret_hash, expires_at = excluded.expires_at`.execute(db);
}

export async function windowOfAuditLink(db: Db, secretHash: string, now: Date): Promise<WindowId | null> {
  const { rows } = await sql<{
    id: WindowId;
  }>`select window_id as id from audit_links where secret_hash = ${secretHash} and expires_at > ${now}`.execute(db);
  return rows[0]?.id ?? null;
}

/** Forgets which line of the file is whose, some time after the confirmation. */
export async function forgetPseudonyms(db: Db, now: Date, afterDays: number): Promise<void> {
  await sql`
    update wishers set pseudonym = null from wish_windows w
    where w.id = wishers.window_id and wishers.pseudonym is not null
      and coalesce(w.confirmed_at, w.called_off_at) < ${now}::timestamptz - ${afterDays} * interval '1 day'`.execute(db);
}
