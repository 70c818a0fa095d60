import { sql, type Kysely } from 'kysely';
import { newId } from '#ground/chance.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';

type Db = Kysely<DB>;

/** One feed a person: a new one takes the place of the earlier, whose address ends. */
export async function replaceFeed(db: Db, person: PersonId, secretHash: string, now: Date): Promise<void> {
  await sql`
    insert into calendar_feeds (id, person_id, secret_hash, created_at) values (${newId<'calendar feed'>(now)}, ${person}, ${secretHash}, ${now})
    on conflict (person_id) do update set secret_hash = excluded.secret_hash, created_at = excluded.created_at`.execute(db);
}

export async function deleteFeed(db: Db, person: PersonId): Promise<boolean> {
  const { rows } = await sql`delete from calendar_feeds where person_id = ${person} returning id`.execute(db);
  return rows.length > 0;
}

export async function hasFeed(db: Db, person: PersonId): Promise<boolean> {
  const { rows } = await sql`select 1 from calendar_feeds where person_id = ${person}`.execute(db);
  return rows.length > 0;
}

export async function personByFeed(db: Db, secretHash: string): Promise<PersonId | null> {
  const { rows } = await sql<{ person_id: PersonId }>`select person_id from calendar_feeds where secret_hash = ${secretHash}`.execute(db);
  return rows[0]?.person_id ?? null;
}
