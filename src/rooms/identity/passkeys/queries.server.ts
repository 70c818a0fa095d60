import { sql, type Kysely } from 'kysely';
import type { PersonId } from '#ground/id.ts';
import type { DB, Json } from '#ground/tables.ts';
import type { Way } from '#ground/visit.ts';
import type { Passkey } from './passkey.ts';

type Db = Kysely<DB>;

// What a browser was asked to prove

export interface Challenge {
  readonly secretHash: string;
  readonly purpose: 'passkey-sign-in' | 'passkey-new' | 'provider';
  readonly person: PersonId | null;
  readonly asked: { readonly [name: string]: Json };
  readonly expiresAt: Date;
}

/** Keeps a challenge in the place of an older one of the same browser, and takes away some that are over. */
export async function keepChallenge(db: Db, { secretHash, purpose, person, asked, expiresAt }: Challenge, now: Date): Promise<void> {
  await sql`delete from challenges where secret_hash in (
    select secret_hash from challenges where expires_at <= ${now} order by expires_at limit 100 for update skip locked)`.execute(db);
  await sql`insert into challenges (secret_hash, purpose, person_id, asked, expires_at)
    values (${secretHash}, ${purpose}, ${person}, ${JSON.stringify(asked)}::jsonb, ${expiresAt})
    on conflict (secret_hash) do update set purpose = excluded.purpose, person_id = excluded.person_id, asked = excluded.asked, expires_at = excluded.expires_at`.execute(
    db,
  );
}

/** A challenge is used by looking at it, whatever comes of it. */
export async function takeChallenge(
  db: Db,
  secretHash: string,
  purpose: Challenge['purpose'],
  now: Date,
): Promise<{ readonly person: PersonId | null; readonly asked: { readonly [name: string]: Json | undefined } } | null> {
  const { rows } = await sql<{ person: PersonId | null; asked: { [name: string]: Json | undefined } }>`
    delete from challenges where secret_hash = ${secretHash} and purpose = ${purpose} and expires_at > ${now} returning person_id as person, asked`.execute(
    db,
  );
  return rows[0] ?? null;
}

// Passkeys

export interface NewPasskey {
  readonly id: string;
  readonly person: PersonId;
  readonly credential: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly name: string;
  readonly device: string | null;
  readonly addedIn: string | null;
  readonly createdAt: Date;
  readonly usableAt: Date;
}

/** False when this passkey is known already. */
export async function insertPasskey(db: Db, it: NewPasskey): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('passkeys')
    .values({
      id: it.id,
      person_id: it.person,
      credential: it.credential,
      public_key: Buffer.from(it.publicKey),
      counter: it.counter,
      name: it.name,
      device: it.device,
      added_in: it.addedIn,
      created_at: it.createdAt,
      usable_at: it.usableAt,
    })
    .onConflict((conflict) => conflict.column('credential').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Somebody's passkeys, the oldest first; `lock` lets nobody add one meanwhile. */
export async function passkeysOf(db: Db, person: PersonId, { lock = false } = {}): Promise<(Passkey & { readonly credential: string })[]> {
  if (lock) await sql`select from people where id = ${person} for update`.execute(db);
  const { rows } = await sql<Passkey & { credential: string }>`
    select id, credential, name, device, created_at as "createdAt", usable_at as "usableAt", used_at as "usedAt"
    from passkeys where person_id = ${person} order by id`.execute(db);
  return rows;
}

export interface KeptPasskey {
  readonly id: string;
  readonly person: PersonId;
  readonly credential: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly isUsable: boolean;
}

export async function passkeyWith(db: Db, credential: string, now: Date): Promise<KeptPasskey | null> {
  const { rows } = await sql<KeptPasskey>`
    select id, person_id as person, credential, public_key as "publicKey", counter, usable_at <= ${now} as "isUsable"
    from passkeys where credential = ${credential}`.execute(db);
  return rows[0] ?? null;
}

/** Notes the use of a passkey, unless another use with this counter or a later one came first. */
export async function markUsed(db: Db, id: string, counter: number, now: Date): Promise<boolean> {
  const { rows } = await sql`update passkeys set counter = ${counter}, used_at = ${now}
    where id = ${id} and (counter < ${counter} or (counter = 0 and ${counter} = 0)) returning id`.execute(db);
  return rows.length === 1;
}

export async function renamePasskey(db: Db, person: PersonId, id: string, name: string): Promise<boolean> {
  const { rows } = await sql`update passkeys set name = ${name} where id = ${id} and person_id = ${person} returning id`.execute(db);
  return rows.length === 1;
}

/** Takes a passkey away; answers in which sign-in it was made. */
export async function deletePasskey(db: Db, person: PersonId, id: string): Promise<{ readonly addedIn: string | null } | null> {
  const { rows } = await sql<{ addedIn: string | null }>`
    delete from passkeys where id = ${id} and person_id = ${person} returning added_in as "addedIn"`.execute(db);
  return rows[0] ?? null;
}

// Invitations

/** Keeps an invitation in the place of an older one; without a person it is the first administrator's. */
export async function keepInvitation(db: Db, person: PersonId | null, codeHash: string, expiresAt: Date | null, now: Date): Promise<void> {
  await sql`insert into invitations (person_id, code_hash, created_at, expires_at) values (${person}, ${codeHash}, ${now}, ${expiresAt})
    on conflict (person_id) do update set code_hash = excluded.code_hash, created_at = excluded.created_at, expires_at = excluded.expires_at, tries = 0`.execute(
    db,
  );
}

/** Whether a code is the right one. A wrong one is counted in the same statement, so that guesses side by side are too. */
export async function tryInvitation(db: Db, person: PersonId | null, codeHash: string, now: Date, most: number): Promise<boolean> {
  const { rows } = await sql<{ isRight: boolean }>`
    update invitations set tries = tries + case when code_hash = ${codeHash} then 0 else 1 end
    where person_id is not distinct from ${person}::uuid and (expires_at is null or expires_at > ${now}) and tries < ${most}
    returning code_hash = ${codeHash} as "isRight"`.execute(db);
  return rows[0]?.isRight ?? false;
}

/** Uses an invitation up; false when somebody else did, or it is over. */
export async function useInvitation(db: Db, person: PersonId | null, codeHash: string, now: Date): Promise<boolean> {
  const { rows } = await sql`delete from invitations
    where person_id is not distinct from ${person}::uuid and code_hash = ${codeHash} and (expires_at is null or expires_at > ${now}) returning code_hash`.execute(
    db,
  );
  return rows.length === 1;
}

export async function dropFirstInvitation(db: Db): Promise<void> {
  await sql`delete from invitations where person_id is null`.execute(db);
}

export async function hasAdministrator(db: Db): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select exists (select 1 from roles where role = 'admin') as is`.execute(db);
  return rows[0]?.is ?? false;
}

// Sign-ins

export interface KeptSignIn {
  readonly id: string;
  readonly way: Way;
  readonly device: string | null;
  readonly provenAt: Date;
  readonly seenAt: Date;
  readonly tokenHash: string;
}

/** The sign-ins of somebody that still hold, the newest first. */
export async function signInsOf(db: Db, person: PersonId, now: Date): Promise<KeptSignIn[]> {
  const { rows } = await sql<KeptSignIn>`
    select id, way, device, created_at as "provenAt", coalesce(seen_at, created_at) as "seenAt", token_hash as "tokenHash"
    from sign_ins where person_id = ${person} and ended_at is null and expires_at > ${now} order by id desc`.execute(db);
  return rows;
}

/** Ends sign-ins of somebody: one, or all but one; answers which ended. */
export async function endSignIns(
  db: Db,
  person: PersonId,
  which: { readonly only: string } | { readonly not: string },
  now: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update sign_ins set ended_at = ${now}
    where person_id = ${person} and ended_at is null and ${'only' in which ? sql`id = ${which.only}` : sql`id <> ${which.not}`} returning id`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export async function endAllSignIns(db: Db, whose: PersonId | 'everybody', now: Date): Promise<{ id: string; person: PersonId }[]> {
  const { rows } = await sql<{ id: string; person: PersonId }>`update sign_ins set ended_at = ${now}
    where ended_at is null and expires_at > ${now} and ${whose === 'everybody' ? sql`true` : sql`person_id = ${whose}`} returning id, person_id as person`.execute(
    db,
  );
  return rows;
}
