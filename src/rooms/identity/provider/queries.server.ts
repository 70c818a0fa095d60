import { sql, type Kysely } from 'kysely';
import type { PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';

type Db = Kysely<DB>;

/** Somebody at a provider: the issuer's address and the subject that it uses for them. */
export interface Account {
  readonly issuer: string;
  readonly subject: string;
}

export async function personAtProvider(db: Db, { issuer, subject }: Account): Promise<PersonId | null> {
  const row = await db
    .selectFrom('provider_accounts')
    .select('person_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row ? (row.person_id as PersonId) : null;
}

/** What somebody has here already that a stranger would want. */
export async function heldBy(db: Db, person: PersonId): Promise<{ readonly roles: boolean; readonly proofs: boolean }> {
  const { rows } = await sql<{ roles: boolean; proofs: boolean }>`select
    exists (select 1 from roles where person_id = ${person}) as roles,
    exists (select 1 from passkeys where person_id = ${person}) or exists (select 1 from provider_accounts where person_id = ${person}) as proofs`.execute(
    db,
  );
  return rows[0] ?? { roles: true, proofs: true };
}

export async function linkAccount(db: Db, { issuer, subject }: Account, person: PersonId, now: Date): Promise<void> {
  await db.insertInto('provider_accounts').values({ issuer, subject, person_id: person, created_at: now }).execute();
}

/** Notes that a provider's word was heard; false when it was heard before. It stands among what is asked of browsers, which is cleared away by itself. */
export async function heardOnce(db: Db, hash: string, until: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('challenges')
    .values({ secret_hash: hash, purpose: 'provider', asked: '{}', expires_at: until })
    .onConflict((conflict) => conflict.column('secret_hash').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Ends sign-ins that came from a provider: those with its number, and of whom it names; answers whose they were. */
export async function endProviderSignIns(
  db: Db,
  { issuer, subject, signIn }: { readonly issuer: string; readonly subject: string | null; readonly signIn: string | null },
  now: Date,
): Promise<{ readonly id: string; readonly person: PersonId }[]> {
  const { rows } = await sql<{ id: string; person: PersonId }>`
    update sign_ins s set ended_at = ${now}
    from provider_accounts a
    where a.issuer = ${issuer} and a.person_id = s.person_id and s.way = 'provider' and s.ended_at is null
      and (${subject}::text is null or a.subject = ${subject}) and (${signIn}::text is null or s.provider_sign_in = ${signIn})
      and (${subject}::text is not null or ${signIn}::text is not null)
    returning s.id, s.person_id as person`.execute(db);
  return rows;
}
