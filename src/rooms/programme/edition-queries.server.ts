// Statements of editions and themes as people make them; private to this room.
import { sql, type Kysely } from 'kysely';
import type { EditionId, PersonId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Text } from '#ground/text.ts';
import type { Theme } from './edition.ts';
import type { WrittenEdition } from './edition-form.ts';

type Db = Kysely<DB>;

/** False when the address is taken. */
export async function insert(db: Db, id: EditionId, slug: string, it: WrittenEdition, now: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into editions (id, slug, name, starts_on, ends_on, time_zone, languages, at_least, fits, surprises, is_current, created_at)
    values (${id}, ${slug}, ${JSON.stringify(it.name)}, ${it.startsOn}, ${it.endsOn}, ${it.timeZone}, ${it.languages}, ${it.rules.atLeast}, ${it.rules.fits},
      ${it.rules.surprises}, not exists (select from editions), ${now})
    on conflict (slug) do nothing returning id`.execute(db);
  return rows.length > 0;
}

/** Nobody else changes it until this transaction ends. */
export async function hold(db: Db, slug: string): Promise<boolean> {
  const { rows } = await sql`select id from editions where slug = ${slug} for no key update`.execute(db);
  return rows.length > 0;
}

export async function update(db: Db, id: EditionId, it: WrittenEdition): Promise<void> {
  await sql`
    update editions set name = ${JSON.stringify(it.name)}, starts_on = ${it.startsOn}, ends_on = ${it.endsOn}, time_zone = ${it.timeZone},
      languages = ${it.languages}, at_least = ${it.rules.atLeast}, fits = ${it.rules.fits}, surprises = ${it.rules.surprises},
      revision = revision + 1, version = version + 1
    where id = ${id}`.execute(db);
}

/** Whether that changed anything. */
export async function setCurrent(db: Db, id: EditionId): Promise<boolean> {
  await sql`update editions set is_current = false where is_current and id <> ${id}`.execute(db);
  const { rows } = await sql`update editions set is_current = true where id = ${id} and not is_current returning id`.execute(db);
  return rows.length > 0;
}

export async function setClosed(db: Db, id: EditionId, at: Date | null): Promise<boolean> {
  const { rows } = await sql`
    update editions set closed_at = ${at}, version = version + 1 where id = ${id} and (closed_at is null) = ${at !== null} returning id`.execute(db);
  return rows.length > 0;
}

export async function sessionsByTheme(db: Db, edition: EditionId): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ slug: string; count: number }>`
    select t.slug, count(st.session_id)::integer as count from themes t left join session_themes st on st.theme_id = t.id
    where t.edition_id = ${edition} group by t.slug`.execute(db);
  return new Map(rows.map(({ slug, count }) => [slug, count]));
}

export async function insertTheme(db: Db, id: string, edition: EditionId, it: Pick<Theme, 'slug' | 'name' | 'position'>): Promise<void> {
  await sql`
    insert into themes (id, edition_id, slug, name, position) values (${id}, ${edition}, ${it.slug}, ${JSON.stringify(it.name)}, ${it.position})`.execute(
    db,
  );
}

export async function renameTheme(db: Db, edition: EditionId, slug: string, name: Text): Promise<void> {
  await sql`update themes set name = ${JSON.stringify(name)} where edition_id = ${edition} and slug = ${slug}`.execute(db);
}

/** Past each other by numbers that nobody has, because each number is there once. */
export async function placeThemes(db: Db, edition: EditionId, places: readonly Pick<Theme, 'slug' | 'position'>[]): Promise<void> {
  for (const [nth, { slug }] of places.entries())
    await sql`update themes set position = ${-1 - nth} where edition_id = ${edition} and slug = ${slug}`.execute(db);
  for (const { slug, position } of places)
    await sql`update themes set position = ${position} where edition_id = ${edition} and slug = ${slug}`.execute(db);
}

export async function deleteTheme(db: Db, edition: EditionId, slug: string): Promise<void> {
  await sql`delete from themes where edition_id = ${edition} and slug = ${slug}`.execute(db);
}

/** What was told to everybody, by time. */
export async function sessionsToCopy(db: Db, edition: EditionId): Promise<readonly SessionId[]> {
  const { rows } = await sql<{ id: SessionId }>`
    select id from sessions where edition_id = ${edition} and state = 'published' order by starts_at nulls last, id limit 5000`.execute(db);
  return rows.map(({ id }) => id);
}

/** Its texts and organisations, and those of its themes that the other edition has too. Speakers are people, and stay behind. */
export async function copySession(
  db: Db,
  from: SessionId,
  made: { id: SessionId; code: string; edition: EditionId; by: PersonId | null; now: Date },
): Promise<void> {
  const { id, code, edition, by, now } = made;
  await sql`
    insert into sessions (id, edition_id, code, title, summary, description, format, level, languages, visibility, state, made_by, updated_at, created_at)
    select ${id}, ${edition}, ${code}, title, summary, description, format, level, languages, visibility, 'draft', ${by}, ${now}, ${now}
    from sessions where id = ${from}`.execute(db);
  await sql`insert into places (session_id, attendance, capacity) select ${id}, attendance, capacity from places where session_id = ${from}`.execute(
    db,
  );
  await sql`
    insert into session_organisations (session_id, organisation_id, position)
    select ${id}, organisation_id, position from session_organisations where session_id = ${from}`.execute(db);
  await sql`
    insert into session_themes (session_id, theme_id, position)
    select ${id}, t.id, st.position from session_themes st join themes o on o.id = st.theme_id join themes t on t.slug = o.slug and t.edition_id = ${edition}
    where st.session_id = ${from}`.execute(db);
}
