import { sql, type Kysely } from 'kysely';
import type { EditionId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Material, MaterialId } from './material.ts';

type Db = Kysely<DB>;

/** A material with where its file is. */
export interface Shelved extends Material {
  readonly file: string;
  readonly removedAt: Date | null;
}

const shelved = (which: ReturnType<typeof sql>) => sql<Shelved>`
  select m.id, m.kind, m.title, m.file, m.name, m.type, m.bytes, m.width, m.height, m.alternative, m.credit, m.removed_at as "removedAt"
  from materials m where ${which} order by m.added_at, m.id limit 200`;

/** What goes with a session and was not removed. */
export async function ofSession(db: Db, session: SessionId): Promise<Shelved[]> {
  return (await shelved(sql`m.session_id = ${session} and m.removed_at is null`).execute(db)).rows;
}

/** One material of a session, also when it was removed a moment ago. */
export async function oneOf(db: Db, session: SessionId, id: string): Promise<Shelved | null> {
  return (await shelved(sql`m.session_id = ${session} and m.id = ${id}`).execute(db)).rows[0] ?? null;
}

export async function removedBefore(db: Db, moment: Date): Promise<Shelved[]> {
  return (await shelved(sql`m.removed_at < ${moment}`).execute(db)).rows;
}

export async function deleteRow(db: Db, id: MaterialId): Promise<void> {
  await sql`delete from materials where id = ${id}`.execute(db);
}

/** Of these names, those that no material and no story has. */
export async function orphansAmong(db: Db, files: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`
    select f.file from unnest(${files}::text[]) as f(file) where not exists (select from materials m where m.file = f.file)
      and not exists (select from stories n where n.photo_file = f.file)`.execute(db);
  return rows.map(({ file }) => file);
}

export interface Taken {
  readonly count: number;
  readonly bytes: number;
  readonly edition: EditionId;
}

/** How much there is of a session and of its edition; who asks holds the edition until the end, so that it stays so. */
export async function takenHeld(db: Db, session: SessionId): Promise<Taken> {
  await sql`select from editions where id = (select edition_id from sessions where id = ${session}) for no key update`.execute(db);
  const { rows } = await sql<Taken>`
    select s.edition_id as edition,
      (select count(*)::int from materials m where m.session_id = s.id and m.removed_at is null) as count,
      (select coalesce(sum(m.bytes), 0)::float8 from materials m join sessions o on o.id = m.session_id where o.edition_id = s.edition_id) as bytes
    from sessions s where s.id = ${session}`.execute(db);
  return rows[0]!;
}

export async function insert(db: Db, session: SessionId, { id, ...it }: Omit<Shelved, 'removedAt'>, now: Date): Promise<void> {
  await sql`
    insert into materials (id, session_id, kind, title, file, name, type, bytes, width, height, alternative, credit, added_at)
    values (${id}, ${session}, ${it.kind}, ${it.title}, ${it.file}, ${it.name}, ${it.type}, ${it.bytes}, ${it.width}, ${it.height},
      ${it.alternative}, ${it.credit}, ${now})`.execute(db);
}

/** Removes or puts back; answers whether that changed anything. */
export async function setRemoved(db: Db, session: SessionId, id: string, at: Date | null): Promise<boolean> {
  const { rows } = await sql`
    update materials set removed_at = ${at} where session_id = ${session} and id = ${id} and (removed_at is null) = ${at !== null} returning id`.execute(
    db,
  );
  return rows.length > 0;
}
