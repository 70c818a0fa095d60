import { sql, type Kysely } from 'kysely';
import type { EditionId, PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Photo, Story, StoryId, StoryState, WrittenStory } from './story.ts';

type Db = Kysely<DB>;
interface Row extends Omit<Story, 'photo'> {
  readonly photo_file: string | null;
  readonly photo_width: number;
  readonly photo_height: number;
}

const storyRows = (which: ReturnType<typeof sql>, from = 0, most = 1000) => sql<Row>`
  select n.id, n.slug, e.slug as edition, n.title, n.lead, n.body, n.byline, n.visibility, n.state, n.publish_at as "publishAt", n.updated_at as "updatedAt", n.revision,
    n.photo_file, n.photo_width, n.photo_height, n.photo_alternative as "photoAlternative", n.photo_credit as "photoCredit",
    array(select s.code from story_sessions ns join sessions s on s.id = ns.session_id where ns.story_id = n.id order by ns.position) as sessions
  from stories n join editions e on e.id = n.edition_id
  where ${which} order by coalesce(n.publish_at, n.created_at) desc, n.id desc offset ${from} limit ${most}`;

const storyOf = ({ photo_file, photo_width, photo_height, ...row }: Row): Story => ({
  ...row,
  photo: photo_file === null ? null : { file: photo_file, width: photo_width, height: photo_height },
});

/** What may be read of an edition: published, and internal only by those who may see that. */
const readable = (edition: EditionId, internal: boolean) =>
  sql`n.edition_id = ${edition} and n.state = 'published' and (n.visibility = 'public' or ${internal})`;

export const published = async (db: Db, edition: EditionId, internal: boolean, from: number, most: number): Promise<Story[]> =>
  (await storyRows(readable(edition, internal), from, most).execute(db)).rows.map(storyOf);

export async function countPublished(db: Db, edition: EditionId, internal: boolean): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from stories n where ${readable(edition, internal)}`.execute(db);
  return rows[0]!.count;
}

export const publishedOne = async (db: Db, edition: EditionId, slug: string, internal: boolean): Promise<Story | null> => {
  const { rows } = await storyRows(sql`${readable(edition, internal)} and n.slug = ${slug}`).execute(db);
  return rows[0] ? storyOf(rows[0]) : null;
};

export const all = async (db: Db, edition: EditionId): Promise<Story[]> =>
  (await storyRows(sql`n.edition_id = ${edition}`).execute(db)).rows.map(storyOf);

export const one = async (db: Db, edition: EditionId, id: string): Promise<Story | null> => {
  const { rows } = await storyRows(sql`n.edition_id = ${edition} and n.id = ${id}`).execute(db);
  return rows[0] ? storyOf(rows[0]) : null;
};

export async function hold(db: Db, id: string): Promise<void> {
  await sql`select from stories where id = ${id} for no key update`.execute(db);
}

/** False when the address is taken. */
export async function insert(
  db: Db,
  id: StoryId,
  edition: EditionId,
  slug: string,
  it: WrittenStory,
  photo: Photo | null,
  by: PersonId | null,
  now: Date,
) {
  const { rows } = await sql`
    insert into stories (id, edition_id, slug, title, lead, body, byline, photo_file, photo_width, photo_height, photo_alternative, photo_credit, visibility, written_by, created_at, updated_at)
    values (${id}, ${edition}, ${slug}, ${JSON.stringify(it.title)}, ${JSON.stringify(it.lead)}, ${JSON.stringify(it.body)}, ${it.byline}, ${photo?.file ?? null},
      ${photo?.width ?? null}, ${photo?.height ?? null}, ${it.photoAlternative}, ${it.photoCredit}, ${it.visibility}, ${by}, ${now}, ${now})
    on conflict (edition_id, slug) do nothing returning id`.execute(db);
  return rows.length > 0;
}

export async function update(db: Db, id: StoryId, it: WrittenStory, photo: Photo | null, now: Date): Promise<void> {
  await sql`
    update stories set title = ${JSON.stringify(it.title)}, lead = ${JSON.stringify(it.lead)}, body = ${JSON.stringify(it.body)}, byline = ${it.byline},
      photo_file = ${photo?.file ?? null}, photo_width = ${photo?.width ?? null}, photo_height = ${photo?.height ?? null},
      photo_alternative = ${it.photoAlternative}, photo_credit = ${it.photoCredit}, visibility = ${it.visibility}, revision = revision + 1, updated_at = ${now}
    where id = ${id}`.execute(db);
}

/** False when one of the codes is of no session of the edition. */
export async function link(db: Db, id: StoryId, edition: EditionId, codes: readonly string[]): Promise<boolean> {
  await sql`delete from story_sessions where story_id = ${id}`.execute(db);
  const { rows } = await sql`
    insert into story_sessions (story_id, session_id, position)
    select ${id}, s.id, asked.position - 1 from unnest(${codes}::text[]) with ordinality as asked (code, position)
    join sessions s on s.code = asked.code and s.edition_id = ${edition} returning session_id`.execute(db);
  return rows.length === codes.length;
}

/** False when it was in another state meanwhile. */
export async function setState(db: Db, id: StoryId, from: readonly StoryState[], to: StoryState, at: Date | null, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update stories set state = ${to}, publish_at = coalesce(${at}::timestamptz, publish_at), revision = revision + 1, updated_at = ${now}
    where id = ${id} and state = any(${from}) returning id`.execute(db);
  return rows.length > 0;
}

export async function due(db: Db, now: Date): Promise<readonly { readonly id: StoryId; readonly edition: EditionId }[]> {
  const { rows } = await sql<{ id: StoryId; edition: EditionId }>`
    select id, edition_id as edition from stories where state = 'scheduled' and publish_at <= ${now} order by publish_at, id limit 100
    for no key update skip locked`.execute(db);
  return rows;
}
