import { sql, type Kysely, type RawBuilder } from 'kysely';
import { isId, type Id, type OrganisationId, type PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Language, Person, Role, Way } from '#ground/visit.ts';
import { mostTries } from './code.ts';
import type { Organisation } from './organisation.ts';
import type { Proof } from './proof.ts';
import type { RoleIn } from './role-list.ts';

type Db = Kysely<DB>;
export type CodeId = Id<'sign-in code'>;

// Codes

export interface NewCode {
  readonly id: CodeId;
  readonly email: string;
  readonly codeHash: string;
  readonly browserHash: string;
  readonly codeToSend: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const mostCodesAnHour = 10;
const mostCodesADay = 20;

/** Keeps a code, unless its address has had too many; then the moment at which it may have one again. Whoever asks for one address takes turns. */
export async function insertCode(db: Db, code: NewCode): Promise<{ readonly inserted: true } | { readonly againAt: Date }> {
  await sql`select pg_advisory_xact_lock(hashtextextended('sign-in code ' || ${code.email}, 0))`.execute(db);
  const {
    rows: [over],
  } = await sql<{ again_at: Date | null }>`
    select greatest(
      (select created_at + interval '1 hour' from sign_in_codes where email = ${code.email} and created_at > ${code.createdAt}::timestamptz - interval '1 hour'
        order by created_at desc offset ${mostCodesAnHour - 1} limit 1),
      (select created_at + interval '1 day' from sign_in_codes where email = ${code.email} and created_at > ${code.createdAt}::timestamptz - interval '1 day'
        order by created_at desc offset ${mostCodesADay - 1} limit 1)
    ) as again_at`.execute(db);
  if (over?.again_at) return { againAt: over.again_at };
  await db
    .insertInto('sign_in_codes')
    .values({
      id: code.id,
      email: code.email,
      code_hash: code.codeHash,
      browser_hash: code.browserHash,
      code_to_send: code.codeToSend,
      created_at: code.createdAt,
      expires_at: code.expiresAt,
    })
    .execute();
  return { inserted: true };
}

/**
 * One guess, decided in one statement: the newest code of this browser, counted whether right or wrong, closed when
 * right. Guesses side by side wait for each other at the row and look again, so that there are never more than `most`.
 */
export async function tryCode(
  db: Db,
  browserHash: string,
  guessHash: string,
  now: Date,
  most = mostTries,
): Promise<{ email: string; isRight: boolean } | null> {
  const {
    rows: [tried],
  } = await sql<{ email: string; isRight: boolean }>`
    update sign_in_codes set
      tries = tries + 1,
      closed_at = case when code_hash = ${saltedInDatabase(guessHash)} then ${now}::timestamptz end
    where id = (select id from sign_in_codes where browser_hash = ${browserHash} order by id desc limit 1)
      and closed_at is null and expires_at > ${now} and tries < ${most}
    returning email, closed_at is not null as "isRight"`.execute(db);
  return tried ?? null;
}

// As `saltedHash` in sign-in.server.ts.
const saltedInDatabase = (guessHash: string): RawBuilder<string> =>
  sql`encode(sha256(convert_to(id::text || ':' || ${guessHash}::text, 'UTF8')), 'hex')`;

export interface AskedCode {
  readonly id: CodeId;
  readonly email: string;
  readonly expiresAt: Date;
  readonly tries: number;
}

/** The newest code of a browser, unless it was used or put aside. */
export async function newestCode(db: Db, browserHash: string): Promise<AskedCode | null> {
  const row = await db
    .selectFrom('sign_in_codes')
    .select(['id', 'email', 'expires_at', 'tries', 'closed_at'])
    .where('browser_hash', '=', browserHash)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && row.closed_at === null ? { id: row.id as CodeId, email: row.email, expiresAt: row.expires_at, tries: row.tries } : null;
}

export async function closeCodes(db: Db, browserHash: string, now: Date): Promise<void> {
  await db
    .updateTable('sign_in_codes')
    .set({ closed_at: now, code_to_send: null })
    .where('browser_hash', '=', browserHash)
    .where('closed_at', 'is', null)
    .execute();
}

/** What a letter says, as long as that is of use: open, not expired, and the newest of its browser. */
export async function codeToSend(db: Db, id: string, now: Date): Promise<{ email: string; code: string; expiresAt: Date } | null> {
  const {
    rows: [row],
  } = await sql<{ email: string; code: string; expiresAt: Date }>`
    select c.email, c.code_to_send as code, c.expires_at as "expiresAt" from sign_in_codes c
    where c.id = ${id} and c.code_to_send is not null and c.closed_at is null and c.expires_at > ${now}
      and not exists (select 1 from sign_in_codes newer where newer.browser_hash = c.browser_hash and newer.id > c.id)`.execute(db);
  return row ?? null;
}

export async function wipeCode(db: Db, id: string): Promise<void> {
  await db.updateTable('sign_in_codes').set({ code_to_send: null }).where('id', '=', id).execute();
}

/** Takes away what no limit needs any more, a little at a time; addresses of people who never came in are not kept. */
export async function sweepCodes(db: Db, now: Date): Promise<void> {
  await sql`delete from sign_in_codes where id in (
    select id from sign_in_codes where created_at < ${now}::timestamptz - interval '1 day' order by created_at limit 100 for update skip locked)`.execute(
    db,
  );
}

// People

const personColumns = sql`
  p.id, p.email, p.is_internal as "isInternal", (select o.slug from organisations o where o.id = p.organisation_id) as organisation,
  coalesce((select json_agg(json_build_object('role', r.role, 'scope', r.scope) order by r.role, r.scope) from roles r where r.person_id = p.id), '[]') as roles`;

/** People by the hash of what they signed in with, as far as that still holds; and noted, once an hour, that they were here. */
export async function peopleBySignIn(db: Db, hashes: readonly string[], now: Date): Promise<Map<string, Proven>> {
  const { rows } = await sql<Person & { hash: string; way: Way; provenAt: Date; isStale: boolean; waits: { id: string; until: string } | null }>`
    select ${personColumns}, s.token_hash as hash, s.way, s.created_at as "provenAt",
      (select json_build_object('id', k.id, 'until', k.usable_at) from passkeys k where k.person_id = p.id and k.usable_at > ${now} order by k.id limit 1) as waits,
      coalesce(s.seen_at, s.created_at) < ${now}::timestamptz - interval '1 hour' as "isStale"
    from sign_ins s join people p on p.id = s.person_id
    where s.token_hash = any(${hashes}) and s.ended_at is null and s.expires_at > ${now}
      and coalesce(s.seen_at, s.created_at) > ${now}::timestamptz - ${daysWithoutUse} * interval '1 day'`.execute(db);
  const stale = rows.filter(({ isStale }) => isStale).map(({ hash }) => hash);
  if (stale.length > 0) await db.updateTable('sign_ins').set({ seen_at: now }).where('token_hash', 'in', stale).execute();
  return new Map(
    rows.map(({ hash, way, provenAt, isStale: _, waits, ...person }) => [
      hash,
      { person: { ...person, ...(waits && { newPasskey: { id: waits.id, usableAt: new Date(waits.until) } }) }, proof: { way, provenAt } },
    ]),
  );
}

/** People by the hash of a program's token, as far as that still holds. */
export async function peopleByToken(db: Db, hashes: readonly string[], now: Date): Promise<Map<string, Proven>> {
  const { rows } = await sql<Omit<Person, 'way'> & { hash: string; way: Way | 'operator'; isStale: boolean }>`
    select ${personColumns}, t.token_hash as hash, t.scopes, t.expires_at as "tokenUntil", t.way, coalesce(t.used_at < ${now}::timestamptz - interval '1 hour', true) as "isStale"
    from access_tokens t join people p on p.id = t.person_id
    where t.token_hash = any(${hashes}) and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now})`.execute(db);
  const stale = rows.filter(({ isStale }) => isStale).map(({ hash }) => hash);
  if (stale.length > 0) await db.updateTable('access_tokens').set({ used_at: now }).where('token_hash', 'in', stale).execute();
  // A token outlives the day it was made: what it may was decided then, and ends when the token does.
  return new Map(rows.map(({ hash, way, isStale: _, ...person }) => [hash, { person, proof: way === 'operator' ? null : { way, provenAt: now } }]));
}

/** Who does not come for two weeks signs in again; a guide of a month is not left open on a machine that nobody uses. */
const daysWithoutUse = 14;
interface Proven {
  readonly person: Person;
  readonly proof: Proof;
}

export async function peopleByEmail(db: Db, emails: readonly string[]): Promise<Person[]> {
  const { rows } = await sql<Person>`select ${personColumns} from people p where p.email = any(${emails})`.execute(db);
  return rows;
}

export async function addressesOf(db: Db, ids: readonly PersonId[]): Promise<{ id: PersonId; email: string }[]> {
  const { rows } = await sql<{ id: PersonId; email: string }>`select id, email from people where id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

export async function personById(db: Db, id: PersonId): Promise<(Person & { language: Language }) | null> {
  const { rows } = await sql<Person & { language: Language }>`select ${personColumns}, p.language from people p where p.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Makes who does not exist yet; answers the ids of those who are new. */
export async function insertPeople(db: Db, people: readonly { id: PersonId; email: string }[], language: Language, now: Date): Promise<PersonId[]> {
  const { rows } = await sql<{ id: PersonId }>`
    insert into people (id, email, language, created_at)
    select id, email, ${language}, ${now} from unnest(${people.map(({ id }) => id)}::uuid[], ${people.map(({ email }) => email)}::text[]) as new (id, email)
    on conflict (email) do nothing returning id`.execute(db);
  return rows.map(({ id }) => id);
}

export async function updateDetails(
  db: Db,
  id: PersonId,
  details: { organisationId?: OrganisationId | null; accessNeeds?: string | null; language?: Language },
): Promise<void> {
  const { organisationId, accessNeeds, language } = details;
  const changes = {
    ...(organisationId !== undefined && { organisation_id: organisationId }),
    ...(accessNeeds !== undefined && { access_needs: accessNeeds }),
    ...(language !== undefined && { language }),
  };
  if (Object.keys(changes).length > 0) await db.updateTable('people').set(changes).where('id', '=', id).execute();
}

/** How somebody wants to be called at the door. */
export async function nameOf(db: Db, id: PersonId): Promise<string | null> {
  const row = await db.selectFrom('people').select('name').where('id', '=', id).executeTakeFirst();
  return row?.name ?? null;
}

export async function updateName(db: Db, id: PersonId, name: string | null): Promise<void> {
  await db.updateTable('people').set({ name }).where('id', '=', id).execute();
}

/** Takes away what people need to take part, of whom the editions are over or who take part in none. */
export async function wipeNeeds(db: Db, now: Date): Promise<void> {
  await sql`
    with wiped as (
      update people p set access_needs = null where access_needs is not null and not exists (
        select 1 from seats join sessions s on s.id = seats.session_id join editions e on e.id = s.edition_id
        where seats.person_id = p.id and e.ends_on >= (${now}::timestamptz at time zone e.time_zone)::date)
      returning id)
    update consents c set withdrawn_at = ${now} from wiped where c.person_id = wiped.id and c.purpose = 'access-needs' and c.withdrawn_at is null`.execute(
    db,
  );
}

// Sign-ins and tokens

export interface NewSignIn {
  readonly id: string;
  readonly personId: PersonId;
  readonly tokenHash: string;
  readonly way: Way;
  readonly level: string | null;
  readonly providerSignIn: string | null;
  readonly device: string | null;
  readonly now: Date;
  readonly expiresAt: Date;
}
export async function insertSignIn(db: Db, signIn: NewSignIn): Promise<void> {
  await db
    .insertInto('sign_ins')
    .values({
      id: signIn.id,
      person_id: signIn.personId,
      token_hash: signIn.tokenHash,
      way: signIn.way,
      level: signIn.level,
      provider_sign_in: signIn.providerSignIn,
      device: signIn.device,
      created_at: signIn.now,
      expires_at: signIn.expiresAt,
    })
    .execute();
}

/** Forgets what has ended of somebody's; the journal keeps that they were here. */
export async function sweepSignIns(db: Db, person: PersonId, now: Date): Promise<void> {
  await db
    .deleteFrom('sign_ins')
    .where('person_id', '=', person)
    .where((or) => or.or([or('expires_at', '<=', now), or('ended_at', 'is not', null)]))
    .execute();
}

export async function endSignIn(db: Db, tokenHash: string, now: Date): Promise<PersonId | null> {
  const row = await db
    .updateTable('sign_ins')
    .set({ ended_at: now })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .returning('person_id')
    .executeTakeFirst();
  return row ? (row.person_id as PersonId) : null;
}

export async function insertTokens(
  db: Db,
  tokens: readonly { id: string; personId: PersonId; hash: string }[],
  scopes: readonly string[],
  now: Date,
): Promise<void> {
  await sql`insert into access_tokens (id, person_id, token_hash, scopes, created_at)
    select id, person_id, hash, ${scopes}::text[], ${now}
    from unnest(${tokens.map(({ id }) => id)}::uuid[], ${tokens.map(({ personId }) => personId)}::uuid[], ${tokens.map(({ hash }) => hash)}::text[]) as new (id, person_id, hash)`.execute(
    db,
  );
}

export interface MyToken {
  readonly id: string;
  /** Null for one that the operator made. */
  readonly name: string | null;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly usedAt: Date | null;
  readonly expiresAt: Date | null;
}
export async function tokensOf(db: Db, person: PersonId, now: Date): Promise<MyToken[]> {
  const { rows } = await sql<MyToken>`
    select id, name, scopes, created_at as "createdAt", used_at as "usedAt", expires_at as "expiresAt" from access_tokens
    where person_id = ${person} and revoked_at is null and (expires_at is null or expires_at > ${now}) order by id desc limit 200`.execute(db);
  return rows;
}

/** How many tokens somebody made that still hold. Whoever makes one for somebody takes turns. */
export async function countTokens(db: Db, person: PersonId, now: Date): Promise<number> {
  await sql`select 1 from people where id = ${person} for update`.execute(db);
  const { rows } = await sql<{ count: number }>`select count(*) as count from access_tokens
    where person_id = ${person} and revoked_at is null and expires_at > ${now}`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function insertMyToken(
  db: Db,
  token: MyToken & { readonly person: PersonId; readonly hash: string; readonly way: Way | 'operator' },
): Promise<void> {
  const { id, person, hash, name, scopes, way, createdAt, expiresAt } = token;
  await db
    .insertInto('access_tokens')
    .values({ id, person_id: person, token_hash: hash, name, scopes: [...scopes], way, created_at: createdAt, expires_at: expiresAt })
    .execute();
}

export async function endToken(db: Db, person: PersonId, id: string, now: Date): Promise<boolean> {
  if (!isId(id)) return false;
  const { numUpdatedRows } = await db
    .updateTable('access_tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('person_id', '=', person)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

// Roles

/** Grants a role to everybody who lacks it; answers who got it. */
export async function insertRoles(db: Db, people: readonly PersonId[], { role, scope }: Role, now: Date): Promise<PersonId[]> {
  const { rows } = await sql<{ id: PersonId }>`insert into roles (person_id, role, scope, granted_at)
    select id, ${role}, ${scope}, ${now} from unnest(${people}::uuid[]) as id on conflict do nothing returning person_id as id`.execute(db);
  return rows.map(({ id }) => id);
}

export async function deleteRole(db: Db, person: PersonId, { role, scope }: Role): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('roles')
    .where('person_id', '=', person)
    .where('role', '=', role)
    .where('scope', '=', scope)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * What a sign-in says about being a civil servant: null is nothing. What was said by hand stays, and so does what a
 * provider said when somebody comes in another way. Answers whether they are one.
 */
export async function updateInternal(db: Db, person: PersonId, by: 'domain' | 'provider' | null, way: Way): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`update people set
    internal_by = case when is_internal and internal_by is null then null when ${by}::text is null and ${way} <> 'provider' and internal_by = 'provider' then 'provider' else ${by} end,
    is_internal = (is_internal and internal_by is null) or ${by}::text is not null or (${way} <> 'provider' and internal_by is not distinct from 'provider')
    where id = ${person} returning is_internal as is`.execute(db);
  return rows[0]?.is ?? false;
}

/** Makes people internal or no longer so, by hand; answers for whom that changed. */
export async function setInternal(db: Db, people: readonly PersonId[], isInternal: boolean): Promise<PersonId[]> {
  const { rows } = await sql<{
    id: PersonId;
  }>`update people set is_internal = ${isInternal}, internal_by = null where id = any(${people}::uuid[]) and is_internal <> ${isInternal} returning id`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Whether what a role is for exists. Sessions and editions stand lower in the order; only their names are looked up here. */
export async function scopeExists(db: Db, { role, scope }: { role: string; scope: string }): Promise<boolean> {
  if (role === 'host' || role === 'moderator') return exists(db, sql`select 1 from sessions where code = ${scope}`);
  if (role === 'team' || role === 'reviewer') return exists(db, sql`select 1 from editions where slug = ${scope}`);
  return role !== 'manager' || exists(db, sql`select 1 from organisations where slug = ${scope}`);
}

/** A role or an offer `o` that is about an edition, one of its sessions, or an organisation. */
export const isOfEdition = (edition: string): RawBuilder<boolean> => sql`(
  (o.role in ('team', 'reviewer') and o.scope = ${edition}) or o.role = 'manager' or
  (o.role in ('host', 'moderator') and exists (select 1 from sessions s join editions e on e.id = s.edition_id where s.code = o.scope and e.slug = ${edition})))`;

export async function rolesWhere(db: Db, which: RawBuilder<unknown>, part: { readonly from: number; readonly limit: number }): Promise<RoleIn[]> {
  const { rows } = await sql<RoleIn>`
    select o.role, o.scope, o.granted_at as "grantedAt", p.id as person, p.email
    from roles o join people p on p.id = o.person_id where ${which}
    order by array_position(array['team', 'reviewer', 'manager', 'host', 'moderator'], o.role), o.scope, p.email offset ${part.from} limit ${part.limit}`.execute(
    db,
  );
  return rows;
}

export async function countRolesWhere(db: Db, which: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from roles o where ${which}`.execute(db);
  return rows[0]?.count ?? 0;
}

async function exists(db: Db, question: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select exists (${question}) as is`.execute(db);
  return rows[0]?.is ?? false;
}

// Organisations

export async function allOrganisations(db: Db): Promise<Organisation[]> {
  const { rows } = await sql<Organisation>`select slug, name from organisations order by slug limit 10000`.execute(db);
  return rows;
}

export async function organisationsWith(db: Db, slugs: readonly string[]): Promise<Organisation[]> {
  const { rows } = await sql<Organisation>`select slug, name from organisations where slug = any(${slugs}) order by slug limit 1000`.execute(db);
  return rows;
}

/** By slug, or by its name in any language, whatever the capitals. */
export async function organisationCalled(db: Db, name: string, slug: string): Promise<(Organisation & { id: OrganisationId }) | null> {
  const { rows } = await sql<Organisation & { id: OrganisationId }>`
    select id, slug, name from organisations o
    where slug = ${slug} or exists (select 1 from jsonb_each_text(o.name) as said where lower(said.value) = lower(${name}))
    order by slug = ${slug} desc, slug limit 1`.execute(db);
  return rows[0] ?? null;
}
