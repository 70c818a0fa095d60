import { sql, type Kysely } from 'kysely';
import type { PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import { byAddress, byPerson, type Kept } from './register.ts';

type Db = Kysely<DB>;
export interface Whom {
  readonly person: PersonId;
  /** Null when nobody knows it any more. */
  readonly email: string | null;
}

/** Whether a row of the register's table is this person's; null when it cannot be known by what is known of them. */
function isTheirs(kept: Kept, { person, email }: Whom) {
  const [number, address] = [byPerson(kept), byAddress(kept)];
  const mine =
    number !== null ? sql`${sql.ref(number)} = ${person}` : address !== null && email !== null ? sql`${sql.ref(address)} = ${email}` : null;
  return mine && sql`${mine} and ${isOfKind(kept)}`;
}

const isOfKind = ({ only }: Kept) =>
  !only ? sql`true` : only.is ? sql`${sql.ref(only.column)} = any(${only.is})` : sql`${sql.ref(only.column)} <> all(${only.not ?? []})`;

export type Told = Readonly<Record<string, unknown>>;

const mostRows = 10_000;
/** What somebody may read of themselves, of one entry of the register. */
export async function toldOf(db: Db, kept: Kept, whom: Whom): Promise<Told[]> {
  const theirs = isTheirs(kept, whom);
  if (theirs === null || kept.told.length === 0) return [];
  const columns = sql.join(kept.told.map((column) => sql.ref(column)));
  const { rows } = await sql<Told>`select ${columns} from ${sql.table(kept.table)} where ${theirs} order by ${columns} limit ${mostRows}`.execute(db);
  return rows;
}

/** How many rows of somebody an entry of the register has. */
export async function countOf(db: Db, kept: Kept, whom: Whom): Promise<number> {
  const theirs = isTheirs(kept, whom);
  if (theirs === null) return 0;
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(kept.table)} where ${theirs}`.execute(db);
  return rows[0]!.count;
}

/** Takes away what is somebody's of one entry, or empties the column by which it was. */
export async function takeAway(db: Db, kept: Kept, whom: Whom): Promise<void> {
  const theirs = isTheirs(kept, whom);
  const column = byPerson(kept) ?? byAddress(kept);
  if (theirs === null || column === null) return;
  if (kept.erased === 'row') await sql`delete from ${sql.table(kept.table)} where ${theirs}`.execute(db);
  if (kept.erased === 'emptied') await sql`update ${sql.table(kept.table)} set ${sql.ref(column)} = null where ${theirs}`.execute(db);
}

/** Takes away the rows of an entry whose days are over; answers how many. */
export async function takeAwayOver(db: Db, kept: Kept, now: Date, most: number): Promise<number> {
  if (kept.term.is !== 'rows') return 0;
  const since = sql`coalesce(${sql.join(kept.term.since.map((column) => sql.ref(column)))})`;
  const { numAffectedRows } = await sql`delete from ${sql.table(kept.table)} where ctid in (
    select ctid from ${sql.table(kept.table)} where ${since} <= ${now}::timestamptz - ${kept.term.days} * interval '1 day' and ${isOfKind(kept)}
    limit ${most} for update skip locked)`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Somebody's row is held until this transaction ends: nobody gets anything in their name meanwhile. Null when there is nobody. */
export async function holdPerson(db: Db, person: PersonId): Promise<{ readonly email: string; readonly language: 'nl' | 'en' } | null> {
  const { rows } = await sql<{
    email: string;
    language: 'nl' | 'en';
  }>`select email, language from people where id = ${person} for update`.execute(db);
  return rows[0] ?? null;
}

/** False when they had asked before. */
export async function insertErasure(db: Db, person: PersonId, now: Date): Promise<boolean> {
  const { rows } = await sql`insert into erasures (person_id, asked_at) values (${person}, ${now}) on conflict do nothing returning 1`.execute(db);
  return rows.length > 0;
}

export async function setErased(db: Db, person: PersonId, now: Date | null): Promise<void> {
  await db.updateTable('erasures').set({ erased_at: now }).where('person_id', '=', person).execute();
}

/** Who asked before a moment, and of whom it is not noted yet that nothing is left. */
export async function unfinished(db: Db, before: Date, most: number): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select person_id as person from erasures where erased_at is null and asked_at < ${before} order by asked_at limit ${most}`.execute(db);
  return rows.map(({ person }) => person);
}

/** Those of these people who are (still, or again) here. */
export async function hereAmong(db: Db, people: readonly string[]): Promise<PersonId[]> {
  const { rows } = await sql<{ id: PersonId }>`select id from people where id = any(${people}::uuid[]) order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Whether somebody is the only one who looks after the installation. */
export async function isLastAdministrator(db: Db, person: PersonId): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select bool_or(person_id = ${person}) and count(*) = 1 as is from roles where role = 'admin'`.execute(db);
  return rows[0]?.is ?? false;
}

/** Where this installation has made backups, as noted when they were made. */
export async function backupFolders(db: Db): Promise<string[]> {
  const row = await db.selectFrom('installation').select('value').where('fact', '=', 'backup-folders').executeTakeFirst();
  return Array.isArray(row?.value) ? row.value.filter((folder) => typeof folder === 'string') : [];
}

/** What numbers stand for, so that somebody can read what they take along. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, code || ' ' || coalesce(title ->> 'nl', title ->> 'en', '') as name from sessions where id = any(${ids}::uuid[])
    union all select id, slug from editions where id = any(${ids}::uuid[])
    union all select id, slug from organisations where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Before a sign-in is forgotten: when its owner was here last. */
export async function noteSeen(db: Db): Promise<void> {
  await sql`
    update people p set seen_at = s.at from (
      select person_id, max(coalesce(seen_at, created_at)) as at from sign_ins group by person_id) s
    where s.person_id = p.id and (p.seen_at is null or p.seen_at < s.at)`.execute(db);
}

/** When somebody was here last: signed in, by a program of theirs, or because they have something ahead. */
const lastHere = sql`greatest(p.seen_at, p.created_at,
  (select max(coalesce(t.used_at, t.created_at)) from access_tokens t where t.person_id = p.id),
  (select max(coalesce(s.seen_at, s.created_at)) from sign_ins s where s.person_id = p.id),
  (select max(coalesce(e.ends_at, x.claimed_at)) from seats x join sessions e on e.id = x.session_id where x.person_id = p.id))`;

/** Whose account nobody used for so long, and who was not told yet. */
export async function unusedSince(db: Db, before: Date, most: number): Promise<PersonId[]> {
  const { rows } = await sql<{ id: PersonId }>`
    select id from people p where p.created_at < ${before} and p.warned_at is null and ${lastHere} < ${before} order by id limit ${most}`.execute(db);
  return rows.map(({ id }) => id);
}

export async function markWarned(db: Db, people: readonly PersonId[], now: Date): Promise<void> {
  await sql`update people set warned_at = ${now} where id = any(${people}::uuid[])`.execute(db);
}

/** Who was told so long ago and did not come; who came is not warned any more. */
export async function warnedBefore(db: Db, before: Date, most: number): Promise<PersonId[]> {
  await sql`update people p set warned_at = null where p.warned_at is not null and ${lastHere} > p.warned_at`.execute(db);
  const { rows } = await sql<{ id: PersonId }>`select id from people where warned_at <= ${before} order by id limit ${most}`.execute(db);
  return rows.map(({ id }) => id);
}
