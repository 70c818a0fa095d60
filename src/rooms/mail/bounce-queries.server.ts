import { sql, type Kysely } from 'kysely';
import type { PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Bounced } from './bounces.server.ts';

type Db = Kysely<DB>;

/** Whose mailbox it is; null when it is nobody's, or was noted before. */
export async function markBounced(db: Db, address: string, status: string, now: Date): Promise<PersonId | null> {
  const { rows } = await sql<{ id: PersonId }>`
    update people set bounced_at = ${now}, bounce_status = ${status} where email = ${address.toLowerCase()} and bounced_at is null returning id`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

export async function clearBounce(db: Db, person: PersonId): Promise<void> {
  await sql`update people set bounced_at = null, bounce_status = null where id = ${person} and bounced_at is not null`.execute(db);
}

export async function recipientOf(db: Db, letter: string): Promise<string | null> {
  return (await db.selectFrom('letters').select('recipient').where('id', '=', letter).executeTakeFirst())?.recipient.toLowerCase() ?? null;
}

export async function bounceOf(db: Db, person: PersonId): Promise<Bounced | null> {
  const { rows } =
    await sql<Bounced>`select bounced_at as at, bounce_status as status from people where id = ${person} and bounced_at is not null`.execute(db);
  return rows[0] ?? null;
}

export async function countBounced(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from people where bounced_at is not null`.execute(db);
  return rows[0]?.count ?? 0;
}
