import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#ground/tables.ts';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { Text } from '#ground/text.ts';
import type { Edition, Organisation, Theme } from './edition.ts';
import type { NewSession, Written } from './make.ts';
import type { Attendance, Capacity, Format, Level, Session, State, Visibility } from './session.ts';

type Db = Kysely<DB>;

interface EditionRow {
  id: EditionId;
  slug: string;
  name: Text;
  starts_on: string;
  ends_on: string;
  time_zone: string;
  at_least: number;
  fits: number;
  surprises: number;
  accept_hours: number | null;
  is_example: boolean;
  languages: string[];
  is_current: boolean;
  closed_at: Date | null;
  revision: number;
}

const editionColumns = sql`id, slug, name, starts_on, ends_on, time_zone, at_least, fits, surprises, accept_hours, is_example, languages, is_current, closed_at, revision`;

const editionOf = (row: EditionRow): Edition => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  timeZone: row.time_zone,
  rules: { atLeast: row.at_least, fits: row.fits, surprises: row.surprises },
  acceptHours: row.accept_hours,
  isExample: row.is_example,
  languages: row.languages,
  isCurrent: row.is_current,
  closedAt: row.closed_at,
  revision: row.revision,
});

/** The one that is set, else the one running, else the next, else the last. */
export async function currentEdition(db: Db, now: Date): Promise<Edition | null> {
  const { rows } = await sql<EditionRow>`
    with days as (select *, (${now}::timestamptz at time zone time_zone)::date as today from editions)
    select ${editionColumns} from days
    order by is_current desc,
      case when today between starts_on and ends_on then 0 when starts_on > today then 1 else 2 end,
      case when starts_on > today then starts_on - today else today - starts_on end,
      id
    limit 1`.execute(db);
  return rows[0] ? editionOf(rows[0]) : null;
}

export async function editionBySlug(db: Db, slug: string): Promise<Edition | null> {
  const { rows } = await sql<EditionRow>`select ${editionColumns} from editions where slug = ${slug}`.execute(db);
  return rows[0] ? editionOf(rows[0]) : null;
}

export async function allEditions(db: Db): Promise<Edition[]> {
  const { rows } = await sql<EditionRow>`select ${editionColumns} from editions order by starts_on desc, id limit 1000`.execute(db);
  return rows.map(editionOf);
}

/** Whether nothing of an edition may change any more. */
export async function isClosed(db: Db, edition: EditionId): Promise<boolean> {
  const { rows } = await sql`select id from editions where id = ${edition} and closed_at is not null`.execute(db);
  return rows.length > 0;
}

export async function themesOf(db: Db, edition: EditionId): Promise<Theme[]> {
  const { rows } = await sql<{ slug: string; name: Text; position: number }>`
    select slug, name, position from themes where edition_id = ${edition} order by position limit 200`.execute(db);
  return rows.map((row) => ({ ...row, line: (row.position % 6) + 1 }));
}

/** The organisations that host something a reader may see in this edition, by name. */
export async function hostsOf(db: Db, edition: EditionId, internal: boolean): Promise<Organisation[]> {
  const { rows } = await sql<Organisation>`
    select o.slug, o.name from organisations o
    where exists (
      select 1 from session_organisations so join sessions s on s.id = so.session_id
      where so.organisation_id = o.id and s.edition_id = ${edition} and ${visible(internal)})
    order by coalesce(o.name ->> 'nl', o.name ->> 'en', o.slug) collate "und-x-icu", o.slug limit 1000`.execute(db);
  return rows;
}

/** What the whole installation may show: published or cancelled, and internal only to those who may see it. */
const visible = (internal: boolean) => sql`s.state in ('published', 'cancelled') and (s.visibility = 'public' or ${internal})`;

interface SessionRow {
  id: SessionId;
  code: string;
  edition: string;
  title: Text;
  summary: Text;
  description: Text;
  themes: string[];
  organisations: string[];
  speakers: string[];
  format: Format;
  level: Level | null;
  languages: string[];
  starts_at: Date | null;
  ends_at: Date | null;
  time_zone: string;
  location: string | null;
  online: string | null;
  on_site_capacity: number | null;
  on_site_left: number | null;
  online_capacity: number | null;
  online_left: number | null;
  visibility: Visibility;
  state: State;
  sequence: number;
  updated_at: Date;
  deepens: string[];
  deepened_by: string[];
}

// Linked sessions are filtered by the same rule, so that no hidden code travels along with a visible session.
const sessionRows = (internal: boolean, which: ReturnType<typeof sql>) => sql<SessionRow>`
  select s.id, s.code, e.slug as edition, e.time_zone, s.title, s.summary, s.description, s.speakers, s.format, s.level, s.languages,
    s.starts_at, s.ends_at, s.location, s.online, s.visibility, s.state, s.sequence, s.updated_at,
    coalesce(t.slugs, '{}') as themes, coalesce(o.slugs, '{}') as organisations,
    coalesce(up.codes, '{}') as deepens, coalesce(down.codes, '{}') as deepened_by,
    ps.capacity as on_site_capacity, ps.capacity - ps.held as on_site_left, po.capacity as online_capacity, po.capacity - po.held as online_left
  from sessions s
  join editions e on e.id = s.edition_id
  join places ps on ps.session_id = s.id and ps.attendance = 'onSite'
  join places po on po.session_id = s.id and po.attendance = 'online'
  left join lateral (select array_agg(th.slug order by st.position) as slugs from session_themes st join themes th on th.id = st.theme_id where st.session_id = s.id) t on true
  left join lateral (select array_agg(og.slug order by so.position) as slugs from session_organisations so join organisations og on og.id = so.organisation_id where so.session_id = s.id) o on true
  left join lateral (select array_agg(b.code order by b.starts_at, b.code) as codes from deepenings d join sessions b on b.id = d.session_id where d.deeper_id = s.id and b.state in ('published', 'cancelled') and (b.visibility = 'public' or ${internal})) up on true
  left join lateral (select array_agg(b.code order by b.starts_at, b.code) as codes from deepenings d join sessions b on b.id = d.deeper_id where d.session_id = s.id and b.state in ('published', 'cancelled') and (b.visibility = 'public' or ${internal})) down on true
  where ${visible(internal)} and ${which}
  order by s.starts_at nulls last, s.id limit 5000`;

const sessionOf = (row: SessionRow): Session => ({
  id: row.id,
  code: row.code,
  edition: row.edition,
  title: row.title,
  summary: row.summary,
  description: row.description,
  themes: row.themes,
  organisations: row.organisations,
  speakers: row.speakers,
  format: row.format,
  level: row.level,
  languages: row.languages,
  start: row.starts_at,
  end: row.ends_at,
  timeZone: row.time_zone,
  location: row.location,
  online: row.online,
  capacity: { onSite: row.on_site_capacity, online: row.online_capacity },
  placesLeft: { onSite: row.on_site_left, online: row.online_left },
  visibility: row.visibility,
  state: row.state,
  sequence: row.sequence,
  updatedAt: row.updated_at,
  deepens: row.deepens,
  deepenedBy: row.deepened_by,
});

export async function sessionsOf(db: Db, edition: EditionId, internal: boolean): Promise<Session[]> {
  const { rows } = await sessionRows(internal, sql`s.edition_id = ${edition}`).execute(db);
  return rows.map(sessionOf);
}

export async function sessionByCode(db: Db, code: string, internal: boolean): Promise<Session | null> {
  const { rows } = await sessionRows(internal, sql`s.code = ${code}`).execute(db);
  return rows[0] ? sessionOf(rows[0]) : null;
}

export async function sessionsByCodes(db: Db, codes: readonly string[], internal: boolean): Promise<Session[]> {
  const { rows } = await sessionRows(internal, sql`s.code = any(${codes})`).execute(db);
  return rows.map(sessionOf);
}

/** Sets it when it differs, and says whether it did. */
export async function setAcceptHours(db: Db, edition: EditionId, hours: number | null): Promise<boolean> {
  const { rows } =
    await sql`update editions set accept_hours = ${hours} where id = ${edition} and accept_hours is distinct from ${hours}::integer returning id`.execute(
      db,
    );
  return rows.length > 0;
}

export async function setVisibility(db: Db, codes: readonly string[], visibility: Visibility, now: Date): Promise<void> {
  await sql`update sessions set visibility = ${visibility}, updated_at = ${now} where code = any(${codes})`.execute(db);
}

export interface Moment {
  readonly version: number;
  /** Of every session with limited places: how many are left. */
  readonly left: readonly { readonly id: SessionId; readonly attendance: Attendance; readonly left: number }[];
}

/** What can change from one moment to the next, in one round trip: the edition's version and the places left. */
export async function momentOf(db: Db, edition: EditionId): Promise<Moment> {
  const { rows } = await sql<Moment>`
    select e.version, coalesce((
      select json_agg(json_build_object('id', p.session_id, 'attendance', p.attendance, 'left', p.capacity - p.held))
      from places p join sessions s on s.id = p.session_id
      where s.edition_id = e.id and p.capacity > 0), '[]') as left
    from editions e where e.id = ${edition}`.execute(db);
  return rows[0] ?? { version: -1, left: [] };
}

// What is worked on, in whatever state

/** A session as those see it who work on it. */
export interface WorkingSession extends Written {
  readonly id: SessionId;
  readonly code: string;
  readonly edition: string;
  readonly editionId: EditionId;
  readonly start: Date | null;
  readonly end: Date | null;
  readonly timeZone: string;
  readonly location: string | null;
  readonly state: State;
  readonly capacity: Capacity;
  /** Goes up with each edit. */
  readonly revision: number;
  readonly madeBy: PersonId | null;
  readonly updatedAt: Date;
}

interface WorkingRow extends Omit<WorkingSession, 'capacity'> {
  on_site: number | null;
  online_places: number | null;
}

export async function workingSessions(db: Db, which: RawBuilder<unknown>): Promise<WorkingSession[]> {
  const { rows } = await sql<WorkingRow>`
    select s.id, s.code, e.slug as edition, s.edition_id as "editionId", e.time_zone as "timeZone", s.title, s.summary, s.description, s.speakers, s.format,
      s.level, s.languages, s.starts_at as start, s.ends_at as end, s.location, s.online, s.visibility, s.state, s.revision, s.made_by as "madeBy", s.updated_at as "updatedAt",
      array(select t.slug from session_themes st join themes t on t.id = st.theme_id where st.session_id = s.id order by st.position) as themes,
      array(select o.slug from session_organisations so join organisations o on o.id = so.organisation_id where so.session_id = s.id order by so.position) as organisations,
      array(select b.code from deepenings d join sessions b on b.id = d.session_id where d.deeper_id = s.id order by b.code) as deepens,
      ps.capacity as on_site, po.capacity as online_places
    from sessions s
    join editions e on e.id = s.edition_id
    join places ps on ps.session_id = s.id and ps.attendance = 'onSite'
    join places po on po.session_id = s.id and po.attendance = 'online'
    where ${which}
    order by s.starts_at nulls last, s.id limit 5000`.execute(db);
  return rows.map(({ on_site, online_places, ...row }) => ({ ...row, capacity: { onSite: on_site, online: online_places } }));
}

export async function insertSession(
  db: Db,
  made: { id: SessionId; code: string; edition: EditionId; session: NewSession; state: State; by: PersonId | null; now: Date },
): Promise<void> {
  const { id, session: it, now } = made;
  await sql`
    insert into sessions (id, edition_id, code, title, summary, description, format, level, languages, speakers, online, visibility, state, made_by, updated_at, created_at)
    values (${id}, ${made.edition}, ${made.code}, ${JSON.stringify(it.title)}, ${JSON.stringify(it.summary)}, ${JSON.stringify(it.description)}, ${it.format}, ${it.level},
      ${it.languages}, ${it.speakers}, ${it.online}, ${it.visibility}, ${made.state}, ${made.by}, ${now}, ${now})`.execute(db);
  await sql`
    insert into places (session_id, attendance, capacity)
    values (${id}, 'onSite', ${it.capacity.onSite}), (${id}, 'online', ${it.capacity.online})`.execute(db);
}

/** `isRenamed`: calendars must know. */
export async function updateWritten(db: Db, id: SessionId, it: Written, isRenamed: boolean, now: Date): Promise<void> {
  await sql`
    update sessions set title = ${JSON.stringify(it.title)}, summary = ${JSON.stringify(it.summary)}, description = ${JSON.stringify(it.description)}, format = ${it.format},
      level = ${it.level}, languages = ${it.languages}, speakers = ${it.speakers}, online = ${it.online}, visibility = ${it.visibility},
      revision = revision + 1, sequence = sequence + ${isRenamed ? 1 : 0}, updated_at = ${now}
    where id = ${id}`.execute(db);
}

/** False when it was in another state meanwhile. */
export async function updateState(db: Db, id: SessionId, from: State, to: State, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update sessions set state = ${to}, cancelled_at = ${to === 'cancelled' ? now : null}, sequence = sequence + ${to === 'cancelled' ? 1 : 0},
      revision = revision + 1, updated_at = ${now}
    where id = ${id} and state = ${from} returning id`.execute(db);
  return rows.length > 0;
}

/** Each of these: false when one of the slugs or codes is unknown. */
export async function linkThemes(db: Db, id: SessionId, edition: EditionId, slugs: readonly string[]): Promise<boolean> {
  await sql`delete from session_themes where session_id = ${id}`.execute(db);
  const { rows } = await sql`
    insert into session_themes (session_id, theme_id, position)
    select ${id}, t.id, asked.position - 1 from unnest(${slugs}::text[]) with ordinality as asked (slug, position)
    join themes t on t.slug = asked.slug and t.edition_id = ${edition} returning theme_id`.execute(db);
  return rows.length === slugs.length;
}

export async function linkOrganisations(db: Db, id: SessionId, slugs: readonly string[]): Promise<boolean> {
  await sql`delete from session_organisations where session_id = ${id}`.execute(db);
  const { rows } = await sql`
    insert into session_organisations (session_id, organisation_id, position)
    select ${id}, o.id, asked.position - 1 from unnest(${slugs}::text[]) with ordinality as asked (slug, position)
    join organisations o on o.slug = asked.slug and o.merged_into is null returning organisation_id`.execute(db);
  return rows.length === slugs.length;
}

export async function linkDeepenings(db: Db, id: SessionId, codes: readonly string[]): Promise<boolean> {
  await sql`delete from deepenings where deeper_id = ${id}`.execute(db);
  const { rows } = await sql`
    insert into deepenings (deeper_id, session_id)
    select ${id}, s.id from sessions s where s.code = any(${codes}) and s.id <> ${id} returning session_id`.execute(db);
  return rows.length === codes.length;
}
